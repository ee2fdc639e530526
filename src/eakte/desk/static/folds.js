/** What is folded is fetched when somebody unfolds it. */

export function startFolds() {
  for (const fold of document.querySelectorAll("details[data-loads]")) {
    fold.addEventListener("toggle", () => load(fold), { once: true });
  }
}

async function load(fold) {
  const response = await fetch(fold.dataset.loads, { credentials: "same-origin" });
  if (!response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const full = page.getElementById(fold.id);
  if (!full) return;
  const parts = [...full.children].filter((part) => part.localName !== "summary");
  for (const part of [...fold.children]) if (part.localName !== "summary") part.remove();
  fold.append(...parts.map((part) => document.adoptNode(part)));
}
