/** The numbers of the teams stay true while the page stands open. */

import { watch } from "./asking.js";
import { tell } from "./changes.js";
import { startTools } from "./tools.js";

function startCounters() {
  const place = document.querySelector("[data-counters-url]");
  if (!place) return;
  watch(place.dataset.countersUrl, (body) => {
    for (const cell of document.querySelectorAll("[data-figure]")) {
      const number = body.figures[cell.dataset.figure];
      if (number === undefined) continue;
      cell.textContent = String(number);
      const alarming = cell.dataset.old === "yes" && number > 0;
      cell.classList.toggle("eakte-counters-old", alarming);
    }
    tell(place, body.text);
  });
}

startCounters();
startTools();
