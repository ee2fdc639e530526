/** The figures in the navigation stay true while the page stands open. */

import { watch } from "./asking.js";

export function startCounts() {
  const list = document.querySelector("[data-counts-url]");
  if (!list) return;
  watch(list.dataset.countsUrl, (counts) => {
    for (const place of list.querySelectorAll("[data-count]")) {
      const count = counts[place.dataset.count];
      const figure = place.childNodes[1];
      if (count !== undefined && figure) figure.textContent = String(count);
    }
  });
}
