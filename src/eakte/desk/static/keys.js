/**
 * Single keys as shortcuts. They can be switched off (WCAG 2.1.4), and they never
 * work while somebody types or reads in the viewer, which has keys of its own.
 */

import { openDialog } from "./dialogs.js";

const SWITCH = "eakte.shortcuts";

export function startKeys() {
  const toggle = document.querySelector("[data-shortcuts-switch]");
  if (toggle) {
    toggle.checked = isOn();
    toggle.addEventListener("change", () => {
      window.localStorage.setItem(SWITCH, toggle.checked ? "on" : "off");
    });
  }
  document.addEventListener("keydown", pressed);
}

function isOn() {
  return window.localStorage.getItem(SWITCH) !== "off";
}

function pressed(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  const place = event.target;
  if (place.closest("input, textarea, select, dialog, [contenteditable], .dv")) return;
  if (document.querySelector("dialog:modal")) return;
  if (arrow(event)) return;
  if (!isOn()) return;
  const act = ACTS[event.key] || (/^[1-9]$/.test(event.key) && openTab);
  if (act && act(event.key) !== false) event.preventDefault();
  else if (!act) follow(event);
}

/** The arrows walk only once a row has the focus: else they scroll. */
function arrow(event) {
  const isArrow = event.key === "ArrowDown" || event.key === "ArrowUp";
  if (!isArrow || !event.target.closest("[data-rows]")) return false;
  event.preventDefault();
  walk(event.key === "ArrowDown" ? 1 : -1);
  return true;
}

const ACTS = {
  j: () => walk(1),
  k: () => walk(-1),
  s: () => focusOn("#eakte-next-steps button, #eakte-next-steps select"),
  "?": () => {
    const dialog = document.getElementById("eakte-shortcuts");
    if (dialog) openDialog(dialog);
  },
};

/** Go to the next row, or on a letter's screen to the next letter. */
function walk(step) {
  const rows = [...document.querySelectorAll("[data-rows] .eakte-row-link")];
  if (!rows.length) return go(step > 0 ? "j" : "k");
  const at = rows.findIndex((row) => row.closest("li").contains(document.activeElement));
  const next = rows[Math.min(Math.max(at + step, 0), rows.length - 1)];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
  return true;
}

function openTab(key) {
  const tab = document.querySelectorAll(".eakte-tab")[Number(key) - 1];
  if (!tab) return false;
  window.location.assign(tab.href);
  return true;
}

function follow(event) {
  if (go(event.key)) event.preventDefault();
}

/** Do what the element with this key does: follow it, or focus the field. */
function go(key) {
  const element = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!element) return false;
  if (element.href) window.location.assign(element.href);
  else element.focus();
  return true;
}

function focusOn(selector) {
  const element = document.querySelector(selector);
  if (element) element.focus();
}
