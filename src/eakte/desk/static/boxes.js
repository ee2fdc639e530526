/**
 * A box that stands open says what has come in. The list itself stays as it is until
 * somebody asks for the new one: nothing moves away under the hand.
 */

import { watch } from "./asking.js";
import { tell } from "./changes.js";
import { startTools } from "./tools.js";

function startChanges() {
  const place = document.querySelector("[data-changes-url]");
  if (!place) return;
  const title = document.title;
  const look = watch(place.dataset.changesUrl, (body) => show(place, body, title));
  place.addEventListener("eakte:look", look);
}

function show(place, body, title) {
  for (const figure of document.querySelectorAll("[data-count-of]")) {
    const count = body.counts[figure.dataset.countOf];
    if (count !== undefined) figure.textContent = String(count);
  }
  document.title = body.new ? `(${body.new}) ${title}` : title;
  tell(place, body.text);
}

startChanges();
startTools();
