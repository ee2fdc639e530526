/* The fields among the tools: the page number and the zoom. */

import { fill, make } from "./dom.js";
import { FITS, HEIGHT, STEPS, WHOLE, WIDTH } from "./layout.js";
import { setUsable, tool } from "./toolbar.js";

const CUSTOM = "custom";

/** The field for the page number, with the steps back and forth. */
export class PageField {
  /** `onGo(page)` and `onStep(direction)` are told where the reader wants to go. */
  constructor(count, labels, { onGo, onStep }) {
    this.count = count;
    this.field = make("input", {
      class: "dv-field dv-number",
      inputmode: "numeric",
      "aria-label": labels.go_to_page,
      "aria-keyshortcuts": "G",
      title: `${labels.go_to_page} (G)`,
      maxlength: "5",
      autocomplete: "off",
      value: "1",
      focus: () => this.field.select(),
      blur: () => this.set(this.current),
      keydown: (event) => {
        if (event.key !== "Enter") return;
        event.preventDefault();
        const page = Number.parseInt(this.field.value, 10);
        if (page) onGo(Math.min(Math.max(1, page), count));
        this.field.select();
      },
    });
    this.back = tool("previous", labels.previous_page, "←", () => onStep(-1));
    this.forth = tool("next", labels.next_page, "→", () => onStep(1));
    this.element = make(
      "div",
      { class: "dv-group", role: "group", "aria-label": labels.page_choice },
      this.back,
      this.field,
      make("span", { class: "dv-count" }, fill(labels.of_pages, { count })),
      this.forth,
    );
    this.field.style.width = `${Math.max(2, String(count).length) + 1.6}ch`;
    this.set(1);
  }

  set(page) {
    this.current = page;
    this.field.value = page;
    setUsable(this.back, page > 1);
    setUsable(this.forth, page < this.count);
  }
}

/** Zoom: fit width, height or the whole page, or a factor. */
export class ZoomField {
  /** `factor()` says at which factor the current page lies there now. */
  constructor(labels, factor, onZoom) {
    this.factor = factor;
    this.onZoom = onZoom;
    this.custom = make("option", { value: CUSTOM, hidden: true });
    this.select = make(
      "select",
      {
        class: "dv-field dv-zoom",
        "aria-label": labels.zoom,
        change: () => onZoom(this.value),
      },
      make("option", { value: WIDTH }, labels.fit_width),
      make("option", { value: HEIGHT }, labels.fit_height),
      make("option", { value: WHOLE }, labels.fit_page),
      ...STEPS.map((step) => make("option", { value: step }, this.name(step))),
      this.custom,
    );
    this.element = make(
      "div",
      { class: "dv-group dv-zoom-group", role: "group", "aria-label": labels.zoom },
      tool("out", labels.zoom_out, "-", () => this.step(-1)),
      this.select,
      tool("in", labels.zoom_in, "+", () => this.step(1)),
    );
  }

  name(factor) {
    return `${Math.round(factor * 100)} %`;
  }

  get value() {
    const chosen = this.select.value;
    return FITS.includes(chosen) ? chosen : Number(chosen);
  }

  /** Show a zoom that is there already. */
  show(zoom) {
    const isListed = FITS.includes(zoom) || STEPS.includes(zoom);
    if (!isListed) this.custom.textContent = this.name(zoom);
    this.select.value = isListed ? zoom : CUSTOM;
  }

  set(zoom) {
    this.show(zoom);
    this.onZoom(zoom);
  }

  /** The next larger or smaller step from where the page is now. */
  step(direction) {
    const now = this.factor();
    const beyond = STEPS.filter((s) => (s - now) * direction > 0.01 * now);
    if (!beyond.length) return;
    this.set(direction > 0 ? beyond[0] : beyond.at(-1));
  }
}
