/* The row of tools above the pages. */

import { fill, icon, make } from "./dom.js";
import { STEPS, WHOLE, WIDTH } from "./layout.js";

const KEY_NAMES = { "←": "ArrowLeft", "→": "ArrowRight" };

/** A button with a picture; `key` is its shortcut, shown with the name. */
export function tool(picture, label, key, click) {
  return make(
    "button",
    {
      type: "button",
      class: "dv-button",
      title: key ? `${label} (${key})` : label,
      "aria-label": label,
      "aria-keyshortcuts": KEY_NAMES[key] ?? (key || null),
      click,
    },
    icon(picture),
  );
}

/** The field for the page number, with the steps back and forth. */
export class PageField {
  constructor(count, labels, onGo) {
    this.count = count;
    this.field = make("input", {
      class: "dv-field dv-number",
      inputmode: "numeric",
      "aria-label": labels.go_to_page,
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
    this.back = tool("previous", labels.previous_page, "←", () => onGo(this.current - 1));
    this.forth = tool("next", labels.next_page, "→", () => onGo(this.current + 1));
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
    this.back.disabled = page <= 1;
    this.forth.disabled = page >= this.count;
  }
}

/** Zoom: fit width, whole page, or a factor. */
export class ZoomField {
  /** `factor()` says at which factor the current page lies there now. */
  constructor(labels, factor, onZoom) {
    this.factor = factor;
    this.onZoom = onZoom;
    this.select = make(
      "select",
      {
        class: "dv-field dv-zoom",
        "aria-label": labels.zoom,
        change: () => onZoom(this.value),
      },
      make("option", { value: WIDTH }, labels.fit_width),
      make("option", { value: WHOLE }, labels.fit_page),
      ...STEPS.map((step) => make("option", { value: step }, this.name(step))),
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
    return chosen === WIDTH || chosen === WHOLE ? chosen : Number(chosen);
  }

  set(zoom) {
    this.select.value = zoom;
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

/** The list of shortcuts. */
export class Help {
  constructor(labels) {
    const rows = [
      [["←", "→"], labels.key_page],
      [["Home", "End"].map((key) => labels[`key_name_${key.toLowerCase()}`]), labels.key_ends],
      [["↑", "↓"], labels.key_scroll],
      [["G"], labels.go_to_page],
      [["/"], labels.search],
      [["N", "⇧ N"], labels.key_hits],
      [["+", "−"], labels.key_zoom],
      [["W"], labels.fit_width],
      [["P"], labels.fit_page],
      [["1"], labels.actual_size],
      [["R"], labels.turn],
      [["T"], labels.text],
      [["S"], labels.sidebar],
      [["F"], labels.full_screen],
      [["?"], labels.shortcuts],
    ];
    this.dialog = make(
      "dialog",
      { class: "dv-help", "aria-label": labels.shortcuts },
      make(
        "div",
        { class: "dv-help-head" },
        make("h2", {}, labels.shortcuts),
        tool("close", labels.close, "", () => this.dialog.close()),
      ),
      make(
        "table",
        {},
        make(
          "tbody",
          {},
          ...rows.map(([keys, meaning]) =>
            make(
              "tr",
              {},
              make("th", { scope: "row" }, ...keys.map((key) => make("kbd", {}, key))),
              make("td", {}, meaning),
            ),
          ),
        ),
      ),
    );
    this.dialog.addEventListener("keydown", (event) => event.stopPropagation());
  }

  show() {
    this.dialog.showModal();
  }
}
