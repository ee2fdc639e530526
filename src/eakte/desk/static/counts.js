/** The figures in the navigation stay true while the page stands open. */

import { ask, repeatedly } from "./asking.js";

const SECONDS = 30;

export function startCounts() {
  const list = document.querySelector("[data-counts-url]");
  if (!list) return;
  repeatedly(async () => {
    const counts = await ask(list.dataset.countsUrl);
    if (!counts) return;
    for (const place of list.querySelectorAll("[data-count]")) {
      const count = counts[place.dataset.count];
      const figure = place.childNodes[1];
      if (count !== undefined && figure) figure.textContent = String(count);
    }
  }, SECONDS);
}
