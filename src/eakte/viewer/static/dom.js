/* Building elements: text goes in as text, never as markup. */

const SVG = "http://www.w3.org/2000/svg";

/* Strokes on a field of 16 by 16. */
const STROKES = {
  pages: "M2 2.5h4v11H2zM8.5 3.5H14M8.5 8H14M8.5 12.5H14",
  previous: "M3.5 10.5 8 6l4.5 4.5",
  next: "M3.5 5.5 8 10l4.5-4.5",
  out: "M3.5 8h9",
  in: "M3.5 8h9M8 3.5v9",
  turn: "M12.9 9.2A5 5 0 1 1 11.6 4.4L13.5 6.3M13.6 2.6v3.8H9.8",
  text: "M3 4V2.5h10V4M8 2.5v11M6 13.5h4",
  search: "M7 2.2a4.8 4.8 0 1 1 0 9.6 4.8 4.8 0 0 1 0-9.6M10.5 10.5 14 14",
  save: "M8 2v8M4.5 7 8 10.5 11.5 7M2.5 13.5h11",
  whole: "M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10",
  help: "M5.6 5.8a2.4 2.4 0 1 1 3.5 2.1C8.4 8.300 8 8.800 8 9.800M8 12.400v.2",
  again: "M3 6V2.500h2.500M10.500 2.500H13V6M13 10v3.500h-2.500M5.500 13.500H3V10M5.500 6.500h5M5.500 9.500h3",
  close: "M4 4l8 8M12 4l-8 8",
  spread: "M2 2.500h5.200v11H2zM8.800 2.500H14v11H8.800z",
  print: "M4.500 6V2.500h7V6M4.500 11.500h-2.500V6h12v5.500h-2.500M4.500 9.500h7v4h-7z",
  link: "M6.800 9.200a2.600 2.600 0 0 0 3.700 0l2.300-2.300a2.600 2.600 0 0 0-3.700-3.700l-.8.8M9.200 6.800a2.600 2.600 0 0 0-3.700 0L3.200 9.100a2.600 2.600 0 0 0 3.700 3.700l.8-.8",
  notice: "M8 2.200a5.800 5.800 0 1 1 0 11.600A5.800 5.800 0 0 1 8 2.200M8 7.500v3.500M8 4.900v.2",
};

/**
 * Make an element.
 *
 * `properties` are attributes; a function is a listener for the event of that name,
 * false and null leave an attribute away, true sets it empty.
 */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", "dv-icon");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", STROKES[name]);
  svg.append(path);
  return svg;
}

/** Put values in the places of a translated sentence: "Page ${page}". */
export function fill(sentence, values) {
  return sentence.replace(/\$\{(\w+)\}/g, (place, name) => values[name] ?? place);
}

/** A number between 0 and 1 as CSS percent. */
export function percent(fraction) {
  return `${(fraction * 100).toFixed(3)}%`;
}

/** Call `work` once, when nothing has asked again for `wait` milliseconds. */
export function settled(work, wait) {
  let timer = 0;
  const ask = (...values) => {
    clearTimeout(timer);
    timer = setTimeout(work, wait, ...values);
  };
  ask.cancel = () => clearTimeout(timer);
  return ask;
}
