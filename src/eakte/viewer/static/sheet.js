/* One page before the reader: its image, marks on it, its text to select and to hear. */

import { fill, make, percent } from "./dom.js";

const TYPEFACE = "sans-serif";
const ruler = document.createElement("canvas").getContext("2d");

/** Width of a word in CSS pixels when it is set one pixel high. */
function measured(word) {
  ruler.font = `100px ${TYPEFACE}`;
  return ruler.measureText(word).width / 100;
}

export class Sheet {
  /** `source(width)` is the address of the page image for a width in pixels. */
  constructor(page, count, labels, source) {
    this.page = page;
    this.labels = labels;
    this.source = source;
    this.imageAddress = null;
    this.text = null;
    const title = fill(labels.page_of, { page, count });
    this.image = make("img", { alt: "", class: "dv-image", draggable: "false" });
    this.note = make("p", { class: "dv-note" }, fill(labels.page, { page }));
    this.words = make("div", { class: "dv-words", "aria-hidden": "true" });
    this.marks = make("div", { class: "dv-marks", "aria-hidden": "true" });
    this.spoken = make("div", { class: "dv-unseen" });
    this.paper = make(
      "div",
      { class: "dv-paper" },
      this.note,
      this.image,
      this.marks,
      this.words,
    );
    this.element = make(
      "section",
      { class: "dv-page", "data-page": page },
      make("h2", { class: "dv-unseen" }, title),
      this.paper,
      this.spoken,
    );
    this.image.hidden = true;
  }

  /** Lay the sheet at its place: CSS pixels in the column. */
  place(top, [width, height], left, turned) {
    const style = this.element.style;
    style.top = `${top}px`;
    style.left = `${left}px`;
    style.width = `${width}px`;
    style.height = `${height}px`;
    const [across, down] = turned % 180 ? [height, width] : [width, height];
    this.across = across;
    this.paper.style.width = `${across}px`;
    this.paper.style.height = `${down}px`;
    this.paper.style.setProperty("--dv-paper-height", `${down}px`);
    this.paper.style.transform = `translate(-50%, -50%) rotate(${turned}deg)`;
  }

  /** Show the image in the size that the place needs; the old one stays until then. */
  load() {
    const address = this.source(this.across * window.devicePixelRatio);
    if (address === this.imageAddress) return;
    this.imageAddress = address;
    const fresh = new Image();
    this.loading = fresh;
    fresh.decoding = "async";
    fresh.onload = () => {
      if (this.imageAddress !== address) return;
      this.image.src = address;
      this.image.hidden = false;
      this.note.hidden = true;
      this.paper.classList.remove("dv-paper-failed");
    };
    fresh.onerror = () => {
      if (this.imageAddress !== address) return;
      if (this.image.hidden) this.refuse();
    };
    fresh.src = address;
  }

  /** Say in the place of the image that there is none. */
  refuse() {
    this.note.hidden = false;
    this.paper.classList.add("dv-paper-failed");
    this.note.textContent = fill(this.labels.page_failed, { page: this.page });
  }

  /** Lay the recognised text over the image. `found` is what Texts gives, or null. */
  write(found) {
    if (!found || this.text === found) return;
    this.text = found;
    this.spoken.textContent = found.text || this.labels.no_text;
    this.words.replaceChildren(...this.spans(found.words ?? []));
  }

  *spans(words) {
    const ratio = parseFloat(this.paper.style.width) / parseFloat(this.paper.style.height);
    let before = null;
    for (const [text, left, top, right, bottom] of words) {
      const high = bottom - top;
      const natural = measured(text) * high;
      if (!(high > 0 && right > left && natural > 0)) continue;
      if (before !== null && left < before) yield make("br");
      before = left;
      const span = make("span", {}, `${text} `);
      span.style.left = percent(left);
      span.style.top = percent(top);
      span.style.fontSize = `calc(var(--dv-paper-height) * ${high.toFixed(5)})`;
      const stretch = ((right - left) * ratio) / natural;
      span.style.transform = `scaleX(${stretch.toFixed(3)})`;
      yield span;
    }
  }

  /** Mark hits: boxes [left, top, right, bottom] as fractions; `current` is an index. */
  mark(boxes, current) {
    this.marks.replaceChildren(
      ...boxes.map(([left, top, right, bottom], index) => {
        const mark = make("div", { class: "dv-mark" });
        mark.classList.toggle("dv-mark-current", index === current);
        mark.style.left = percent(left);
        mark.style.top = percent(top);
        mark.style.width = percent(right - left);
        mark.style.height = percent(bottom - top);
        return mark;
      }),
    );
  }

  remove() {
    // What is no longer in sight need not come through the wire.
    this.imageAddress = null;
    if (this.loading) this.loading.src = "";
    this.element.remove();
  }
}
