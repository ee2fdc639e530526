/* The column at the left: small pages, or the pages with hits. */

import { make } from "./dom.js";

export class Sidebar {
  /** `panels`: {name: [label, element]}; the first is shown. */
  constructor(id, label, panels, onToggle) {
    this.onToggle = onToggle;
    this.tabs = {};
    this.panels = {};
    const list = make("div", { class: "dv-tabs", role: "tablist", "aria-label": label });
    this.element = make(
      "div",
      { class: "dv-sidebar", role: "group", "aria-label": label },
      list,
    );
    for (const [name, [title, content]] of Object.entries(panels)) {
      this.tabs[name] = make(
        "button",
        {
          type: "button",
          role: "tab",
          class: "dv-tab",
          id: `${id}-tab-${name}`,
          "aria-controls": `${id}-panel-${name}`,
          click: () => this.choose(name),
        },
        title,
      );
      this.panels[name] = make(
        "div",
        {
          role: "tabpanel",
          class: "dv-panel",
          id: `${id}-panel-${name}`,
          "aria-labelledby": `${id}-tab-${name}`,
        },
        content,
      );
      list.append(this.tabs[name]);
      this.element.append(this.panels[name]);
    }
    list.addEventListener("keydown", (event) => this.walk(event));
    this.choose(Object.keys(panels)[0]);
  }

  choose(name) {
    for (const key of Object.keys(this.tabs)) {
      const isChosen = key === name;
      this.tabs[key].setAttribute("aria-selected", String(isChosen));
      this.tabs[key].tabIndex = isChosen ? 0 : -1;
      this.panels[key].hidden = !isChosen;
    }
  }

  walk(event) {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    event.stopPropagation();
    const names = Object.keys(this.tabs);
    const at = names.findIndex((name) => !this.panels[name].hidden);
    const next = names[(at + 1) % names.length];
    this.choose(next);
    this.tabs[next].focus();
  }

  get hasFocus() {
    return this.element.contains(document.activeElement);
  }

  get isOpen() {
    return !this.element.hidden;
  }

  set isOpen(open) {
    this.element.hidden = !open;
    this.onToggle(open);
  }
}
