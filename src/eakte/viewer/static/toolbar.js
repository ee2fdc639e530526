/* The row of tools above the pages: one stop of the Tab key, arrows lead through it. */

import { icon, make } from "./dom.js";

const KEY_NAMES = { "←": "ArrowLeft", "→": "ArrowRight", "⇧ A": "Shift+A", "⇧ R": "Shift+R" };
const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

/** A button with a picture; `key` is its shortcut, shown with the name. */
export function tool(picture, label, key, click) {
  const button = make(
    "button",
    {
      type: "button",
      class: "dv-button",
      title: key ? `${label} (${key})` : label,
      "aria-label": label,
      "aria-keyshortcuts": KEY_NAMES[key] ?? (key || null),
      click: () => {
        if (button.getAttribute("aria-disabled") !== "true") click();
      },
    },
    icon(picture),
  );
  return button;
}

/** Switch a tool off or on; it keeps the focus, and its place in the row. */
export function setUsable(button, isUsable) {
  button.setAttribute("aria-disabled", String(!isUsable));
}

export class Toolbar {
  constructor(label, ...groups) {
    this.element = make(
      "div",
      {
        class: "dv-tools",
        role: "toolbar",
        "aria-label": label,
        keydown: (event) => this.walk(event),
        focusin: (event) => this.point(event.target),
      },
      ...groups,
    );
    this.point(this.stops[0]);
    // What a narrow viewer hides cannot be where the Tab key stops.
    this.sized = new ResizeObserver(() => {
      const stop = this.stops.find((control) => control.tabIndex === 0);
      if (!stop && this.shown.length) this.point(this.shown[0]);
      else if (stop && !isShown(stop) && this.shown.length) this.point(this.shown[0]);
    });
    this.sized.observe(this.element);
  }

  get stops() {
    const controls = [...this.element.querySelectorAll("button, input, select")];
    return controls.filter((control) => !control.closest(".dv-menu"));
  }

  get shown() {
    return this.stops.filter(isShown);
  }

  point(control) {
    const { stops } = this;
    if (!stops.includes(control)) return;
    for (const stop of stops) stop.tabIndex = stop === control ? 0 : -1;
  }

  walk(event) {
    const step = STEPS[event.key];
    if (!step || event.ctrlKey || event.altKey || event.metaKey) return;
    const { target } = event;
    const { shown } = this;
    if (!shown.includes(target) || isAmidst(target, step)) return;
    event.preventDefault();
    event.stopPropagation();
    const at = shown.indexOf(target);
    shown[(at + step + shown.length) % shown.length].focus();
  }
}

function isShown(control) {
  return control.getClientRects().length > 0;
}

/** Whether the arrow has a way to go in the text of a field. */
function isAmidst(field, step) {
  const { selectionStart: start, selectionEnd: end, value } = field;
  if (field.tagName !== "INPUT" || start === null) return false;
  const isWhole = start === 0 && end === value.length;
  return !isWhole && (step > 0 ? end < value.length : start > 0);
}
