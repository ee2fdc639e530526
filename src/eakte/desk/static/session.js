/**
 * Before somebody who did nothing is logged out, the screen asks.
 *
 * Keys and clicks count as work, also without a new page: the server is told of them
 * once a minute. What scripts ask for by themselves does not keep a login alive.
 */

import { ask } from "./asking.js";

const TOLD_EVERY = 60_000;
const WORK = ["keydown", "pointerdown", "input", "wheel", "touchmove"];

export function startSession() {
  const dialog = document.getElementById("eakte-session");
  if (dialog) new Session(dialog).start();
}

class Session {
  constructor(dialog) {
    this.dialog = dialog;
    this.timer = dialog.querySelector("[data-session-timer]");
    this.warning = Number(dialog.dataset.warning);
    this.told = 0;
    this.looking = false;
  }

  start() {
    this.set(Number(this.dialog.dataset.left));
    for (const kind of WORK) {
      document.addEventListener(kind, (event) => this.worked(event), { capture: true, passive: true });
    }
    this.dialog.querySelector("[data-session-stay]").addEventListener("click", () => this.stay());
    // The escape key is an answer too; when it is too late there is none.
    this.dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      if (!this.ended) this.stay();
    });
    // Some browsers close at a second escape whatever is said.
    this.dialog.addEventListener("close", () => {
      if (this.ended) this.dialog.showModal();
    });
    // A machine that slept comes back late; somebody may have logged in in another tab.
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.look();
    });
    window.setInterval(() => this.tick(), 1000);
  }

  set(left) {
    this.end = Date.now() + left * 1000;
  }

  get left() {
    return Math.max(0, Math.round((this.end - Date.now()) / 1000));
  }

  get ended() {
    return "ended" in this.dialog.dataset;
  }

  tick() {
    if (this.ended) return;
    if (this.dialog.open) {
      this.timer.textContent = `${Math.floor(this.left / 60)}:${String(this.left % 60).padStart(2, "0")}`;
      if (this.left === 0) this.look();
    } else if (this.left <= this.warning) {
      this.look();
    }
  }

  /** Ask the server: another tab may have kept the login alive. */
  async look() {
    if (this.looking) return;
    this.looking = true;
    const answer = await ask(this.dialog.dataset.leftUrl);
    this.looking = false;
    // Without an answer nothing is known; the next second asks again.
    if (!answer) return;
    this.set(answer.left);
    if (answer.left > this.warning) this.close();
    else if (answer.left > 0) this.warn();
    else this.finish();
  }

  worked(event) {
    if (!event.isTrusted || this.dialog.open) return;
    if (Date.now() - this.told > TOLD_EVERY) this.stay();
  }

  async stay() {
    this.told = Date.now();
    let left = 0;
    try {
      const response = await fetch(this.dialog.dataset.stayUrl, {
        method: "POST",
        credentials: "same-origin",
        headers: { Accept: "application/json" },
      });
      if (!response.ok) return;
      left = (await response.json()).left;
    } catch (error) {
      if (error instanceof TypeError) return;
      throw error;
    }
    this.set(left);
    if (left > 0) this.close();
    else this.finish();
  }

  warn() {
    if (this.dialog.open) return;
    this.dialog.showModal();
    this.dialog.querySelector("[data-session-stay]").focus();
  }

  close() {
    delete this.dialog.dataset.ended;
    this.show("warning");
    if (this.dialog.open) this.dialog.close();
  }

  /** What was typed stays; without it, nothing of the office stays on the screen. */
  finish() {
    const back = `${this.dialog.dataset.loginUrl}?came_from=${encodeURIComponent(window.location.href)}`;
    if (!hasTyped()) {
      window.location.assign(back);
      return;
    }
    this.dialog.dataset.ended = "";
    this.dialog.querySelector("[data-session-login]").href = back;
    this.show("ended");
    if (!this.dialog.open) this.dialog.showModal();
    this.dialog.querySelector("[data-session-login]").focus();
  }

  show(part) {
    for (const each of this.dialog.querySelectorAll("[data-session]")) {
      each.hidden = each.dataset.session !== part;
    }
    const name = part === "ended" ? "eakte-session-ended" : "eakte-session";
    this.dialog.setAttribute("aria-labelledby", `${name}-title`);
    this.dialog.setAttribute("aria-describedby", `${name}-text`);
  }
}

/** Say whether a field holds what nobody has saved; the search does not count. */
function hasTyped() {
  const fields = document.querySelectorAll("#eakte-main input:not([type=hidden]), #eakte-main textarea, #eakte-main select");
  return [...fields].some((field) => {
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    if (field.type === "file") return field.files.length > 0;
    if (field instanceof HTMLSelectElement) {
      const sent = [...field.options].filter((option) => option.defaultSelected);
      return sent.length > 0 && !sent.some((option) => option.selected);
    }
    return field.value !== field.defaultValue;
  });
}
