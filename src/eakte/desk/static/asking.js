/** Asking the server for a short answer. */

/**
 * Return the answer, or null when there is none: the connection is gone, or the
 * session has ended. Nothing on the screen depends on it.
 */
export async function ask(address) {
  try {
    const response = await fetch(address, {
      credentials: "same-origin",
      headers: { Accept: "application/json" },
    });
    const type = response.headers.get("Content-Type") || "";
    return response.ok && type.includes("json") ? await response.json() : null;
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** Call `act` every `seconds`, but not while nobody looks at the page. */
export function repeatedly(act, seconds) {
  const id = window.setInterval(() => {
    if (!document.hidden) act(() => window.clearInterval(id));
  }, seconds * 1000);
}

const FIRST = 15;
const LONGEST = 180;

/**
 * Ask the address again and again and call `act` with each answer that is new.
 *
 * The longer nothing changes, the longer the pauses: 15 seconds to three minutes. Nobody
 * asks while nobody looks at the page, nor any more once the session has ended. Returns
 * a function that asks at once.
 */
export function watch(address, act) {
  let seconds = FIRST;
  let tag = null;
  let timer = null;
  let over = false;

  const wait = () => {
    window.clearTimeout(timer);
    if (!document.hidden) timer = window.setTimeout(look, seconds * 1000);
  };

  const look = async () => {
    const answer = await changed(address, tag);
    over = Boolean(answer.over);
    if (over) return;
    if (answer.body) {
      tag = answer.tag;
      seconds = FIRST;
      act(answer.body);
    } else {
      seconds = Math.min(seconds * (answer.failed ? 2 : 1.5), LONGEST);
    }
    wait();
  };

  document.addEventListener("visibilitychange", () => {
    window.clearTimeout(timer);
    if (document.hidden || over) return;
    seconds = FIRST;
    look();
  });
  wait();
  return look;
}

async function changed(address, tag) {
  const headers = { Accept: "application/json" };
  if (tag) headers["If-None-Match"] = tag;
  try {
    const options = { credentials: "same-origin", cache: "no-store", headers };
    const response = await fetch(address, options);
    if (response.status === 304) return {};
    if (response.status >= 500) return { failed: true };
    const type = response.headers.get("Content-Type") || "";
    // Logged out meanwhile: there is nothing more to ask for.
    if (!response.ok || !type.includes("json")) return { over: true };
    return { body: await response.json(), tag: response.headers.get("ETag") };
  } catch (error) {
    if (error instanceof TypeError) return { failed: true };
    throw error;
  }
}
