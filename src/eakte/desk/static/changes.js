/** Saying that a page is not what it was, with a link to what it is now. */

/** Show the text in the place, once; nothing when there is nothing to say. */
export function tell(place, text) {
  if ((place.dataset.said || "") === text) return;
  place.dataset.said = text;
  place.textContent = "";
  if (!text) return;
  const link = document.createElement("a");
  link.href = place.dataset.here;
  link.textContent = place.dataset.show;
  place.append(`${text} – `, link);
}
