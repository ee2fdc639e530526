/* The list of shortcuts. */

import { make } from "./dom.js";
import { tool } from "./toolbar.js";

/** A dialog with a title and a button to close it; keys in it are its own. */
export function dialog(name, title, labels, ...content) {
  const element = make(
    "dialog",
    { class: `dv-dialog ${name}`, "aria-label": title },
    make(
      "div",
      { class: "dv-dialog-head" },
      make("h2", {}, title),
      tool("close", labels.close, "", () => element.close()),
    ),
    ...content,
  );
  element.addEventListener("keydown", (event) => event.stopPropagation());
  return element;
}

/** `rows` are [keys, meaning] each. */
export function helpDialog(labels, rows) {
  const half = Math.ceil(rows.length / 2);
  return dialog(
    "dv-help",
    labels.shortcuts,
    labels,
    make("p", { class: "dv-help-hint" }, labels.shortcuts_hint),
    make("div", { class: "dv-help-keys" }, table(rows.slice(0, half)), table(rows.slice(half))),
  );
}

function table(rows) {
  const lines = rows.map(([keys, meaning]) =>
    make(
      "tr",
      {},
      make("th", { scope: "row" }, ...keys.map((key) => make("kbd", {}, key))),
      make("td", {}, meaning),
    ),
  );
  return make("table", {}, make("tbody", {}, ...lines));
}
