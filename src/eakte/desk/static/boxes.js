/**
 * A box that stands open says what has come in. The list itself stays as it is until
 * somebody asks for the new one: nothing moves away under the hand.
 */

const FIRST = 15;
const LONGEST = 180;
/** Seconds from one question to the next; the longer nothing happens, the more. */

export function startChanges() {
  const place = document.querySelector("[data-changes-url]");
  if (!place) return;
  const title = document.title;
  let seconds = FIRST;
  let tag = null;
  let timer = null;

  const wait = () => {
    window.clearTimeout(timer);
    if (!document.hidden) timer = window.setTimeout(look, seconds * 1000);
  };

  const look = async () => {
    const answer = await asked(place.dataset.changesUrl, tag);
    if (answer.over) return;
    if (answer.body) {
      tag = answer.tag;
      seconds = FIRST;
      show(place, answer.body, title);
    } else {
      // Unchanged, or nobody there: no hurry.
      seconds = Math.min(seconds * (answer.failed ? 2 : 1.5), LONGEST);
    }
    wait();
  };

  document.addEventListener("visibilitychange", () => {
    window.clearTimeout(timer);
    if (document.hidden) return;
    seconds = FIRST;
    look();
  });
  place.addEventListener("eakte:look", look);
  wait();
}

async function asked(address, tag) {
  const headers = { Accept: "application/json" };
  if (tag) headers["If-None-Match"] = tag;
  try {
    const options = { credentials: "same-origin", cache: "no-store", headers };
    const response = await fetch(address, options);
    if (response.status === 304) return {};
    const type = response.headers.get("Content-Type") || "";
    // Logged out meanwhile: there is nothing more to ask for.
    if (!type.includes("json")) return { over: response.ok, failed: true };
    if (!response.ok) return { over: response.status < 500, failed: true };
    return { body: await response.json(), tag: response.headers.get("ETag") };
  } catch (error) {
    if (error instanceof TypeError) return { failed: true };
    throw error;
  }
}

function show(place, body, title) {
  for (const figure of document.querySelectorAll("[data-count-of]")) {
    const count = body.counts[figure.dataset.countOf];
    if (count !== undefined) figure.textContent = String(count);
  }
  document.title = body.new ? `(${body.new}) ${title}` : title;
  if (place.dataset.said === body.text) return;
  place.dataset.said = body.text;
  place.textContent = "";
  if (!body.text) return;
  const link = document.createElement("a");
  link.href = place.dataset.here;
  link.textContent = place.dataset.show;
  place.append(`${body.text} – `, link);
}

/** A tool that is reached by its key opens, and the first field has the focus. */
export function startTools() {
  for (const tool of document.querySelectorAll(".eakte-tool")) {
    tool.addEventListener("toggle", () => {
      if (!tool.open) return;
      const field = tool.querySelector("input:not([type=hidden]), select");
      if (field) field.focus();
    });
    tool.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !tool.open) return;
      tool.open = false;
      tool.querySelector("summary").focus();
    });
  }
}

startChanges();
startTools();
