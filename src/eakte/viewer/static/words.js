/* The recognised words, laid over the image unseen: to be selected and copied. */

import { make, percent } from "./dom.js";
import { turnedBox } from "./layout.js";

const TYPEFACE = "sans-serif";
const ruler = document.createElement("canvas").getContext("2d");

/** Width of a word in CSS pixels when it is set one pixel high. */
function measured(word) {
  ruler.font = `100px ${TYPEFACE}`;
  return ruler.measureText(word).width / 100;
}

/** Say whether a word begins a line: it stands further left, or clearly lower. */
function beginsLine([, left, top, , bottom], [, leftBefore, , , bottomBefore]) {
  return left < leftBefore || (top + bottom) / 2 > bottomBefore;
}

/**
 * Yield the elements of a page's words, in reading order.
 *
 * Words are [text, left, top, right, bottom, confidence] in fractions of the page as it
 * lies; `rotation` is how far it must be turned clockwise to be read, `ratio` its width
 * by its height then. The elements are placed on the upright page: only there does a
 * line run from left to right. A space follows each word and a break each line, so that
 * what is copied has both.
 */
export function* wordSpans(words, ratio, rotation) {
  let before = null;
  let last = null;
  for (const [text, ...box] of words) {
    const word = [text, ...turnedBox(box, rotation)];
    const [, left, top, right, bottom] = word;
    const high = bottom - top;
    const natural = measured(text) * high;
    if (!(high > 0 && right > left && natural > 0)) continue;
    if (before && beginsLine(word, before)) yield make("br");
    else last?.append(" ");
    before = word;
    const span = make("span", {}, text);
    span.style.left = percent(left);
    span.style.top = percent(top);
    span.style.fontSize = `calc(var(--dv-words-height) * ${high.toFixed(5)})`;
    const stretch = ((right - left) * ratio) / natural;
    span.style.transform = `scaleX(${stretch.toFixed(3)})`;
    last = span;
    yield span;
  }
}

/** Yield a text as paragraphs: the pieces between empty lines. */
export function* paragraphs(text, children = (part) => [part]) {
  for (const part of text.split(/\n\s*\n/)) {
    if (part.trim()) yield make("p", {}, ...children(part));
  }
}
