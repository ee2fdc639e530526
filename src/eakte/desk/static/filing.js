/**
 * The combobox for the case file, as the ARIA Authoring Practices describe it:
 * typing suggests, arrows walk, Enter chooses, Escape closes.
 */

import { ask } from "./asking.js";

const TYPING = 150;
/** Milliseconds of rest before the server is asked. */

const SHORTEST = 2;

export function startFiling() {
  for (const form of document.querySelectorAll("[data-filing]")) new Filing(form);
}

class Filing {
  constructor(form) {
    this.form = form;
    this.field = form.querySelector("[role=combobox]");
    this.list = form.querySelector("[role=listbox]");
    this.chosen = form.querySelector("[data-chosen]");
    this.found = form.querySelector("[data-found]");
    this.button = form.querySelector("[data-submit]");
    this.items = [];
    this.at = -1;
    this.asked = 0;
    this.field.addEventListener("input", () => this.typed());
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.field.addEventListener("blur", () => this.close());
    // A press on the list must not take the focus before the click is seen.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.choose(Number(option.dataset.index));
    });
    // Who types fast has begun before this ran.
    if (document.activeElement === this.field && !this.chosen.value) this.typed();
    for (const named of form.querySelectorAll("[data-choose]")) {
      named.addEventListener("click", (event) => {
        event.preventDefault();
        this.take(named.dataset.choose, named.dataset.shown);
      });
    }
    const details = form.parentElement.querySelector(".eakte-new-case-file");
    if (details) {
      details.addEventListener("toggle", () => {
        if (details.open) this.handOver(details);
      });
    }
  }

  typed() {
    this.chosen.value = "";
    window.clearTimeout(this.timer);
    if (this.field.value.trim().length < SHORTEST) {
      this.close();
      return;
    }
    this.timer = window.setTimeout(() => this.suggest(), TYPING);
  }

  async suggest() {
    const asked = (this.asked += 1);
    const text = encodeURIComponent(this.field.value.trim());
    const answer = await ask(`${this.form.dataset.filing}?text=${text}`);
    // A slow answer to an earlier question is of no use any more.
    if (!answer || asked !== this.asked || this.chosen.value) return;
    this.items = answer.items;
    this.show();
  }

  show() {
    this.list.replaceChildren(...this.items.map((item, index) => option(item, index)));
    const many = this.items.length;
    const { foundNone, foundOne, foundMany } = this.found.dataset;
    this.found.textContent =
      many === 0 ? foundNone : many === 1 ? foundOne : foundMany.replace("${count}", many);
    if (!many) {
      const none = document.createElement("li");
      none.className = "eakte-option-none";
      none.textContent = foundNone;
      this.list.append(none);
    }
    this.list.hidden = document.activeElement !== this.field;
    this.field.setAttribute("aria-expanded", String(many > 0 && !this.list.hidden));
    // The only one is meant; of several the person says which.
    this.mark(many === 1 ? 0 : -1);
  }

  mark(at) {
    this.at = at;
    for (const option of this.list.querySelectorAll("[role=option]")) {
      const isMarked = Number(option.dataset.index) === at;
      option.setAttribute("aria-selected", String(isMarked));
      if (isMarked) option.scrollIntoView({ block: "nearest" });
    }
    if (at < 0) this.field.removeAttribute("aria-activedescendant");
    else this.field.setAttribute("aria-activedescendant", `filing-option-${at}`);
  }

  key(event) {
    const isOpen = !this.list.hidden && this.items.length > 0;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!isOpen) {
        if (this.items.length) this.show();
        return;
      }
      const last = this.items.length - 1;
      if (event.key === "ArrowDown") this.mark(this.at === last ? 0 : this.at + 1);
      else this.mark(this.at <= 0 ? last : this.at - 1);
    } else if (event.key === "Enter" && isOpen && this.at >= 0) {
      event.preventDefault();
      this.choose(this.at);
    } else if (event.key === "Enter" && !this.chosen.value) {
      // Enter before anything was chosen files nothing by chance.
      event.preventDefault();
      if (!isOpen && this.field.value.trim().length >= SHORTEST) this.suggest();
    } else if (event.key === "Escape") {
      if (isOpen) event.preventDefault();
      this.close();
    }
  }

  choose(index) {
    const item = this.items[index];
    const shown = [item.reference, item.person].filter(Boolean).join(" ");
    this.take(item.uid, shown);
  }

  take(uid, shown) {
    this.asked += 1;
    this.chosen.value = uid;
    this.field.value = shown;
    this.close();
    this.button.focus();
  }

  close() {
    this.list.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
    this.field.removeAttribute("aria-activedescendant");
  }

  /** What was typed in vain goes into the fields of the new case file. */
  handOver(details) {
    const text = this.field.value.trim();
    if (!text || this.chosen.value) return;
    const set = (name, value) => {
      const field = details.querySelector(`[name=${name}]`);
      if (field && !field.value) field.value = value;
    };
    if (/^\d{12}$/.test(text)) {
      set("azr_number", text);
    } else if (!/\d/.test(text)) {
      const [family, given] = text.includes(",")
        ? text.split(",", 2)
        : [text.split(" ").slice(-1)[0], text.split(" ").slice(0, -1).join(" ")];
      set("family_name", family.trim());
      set("given_name", (given || "").trim());
    }
  }
}

function option(item, index) {
  const element = document.createElement("li");
  element.id = `filing-option-${index}`;
  element.dataset.index = String(index);
  element.setAttribute("role", "option");
  element.setAttribute("aria-selected", "false");
  element.append(
    part("eakte-reference", item.reference),
    " ",
    part("eakte-option-person", item.person),
    " ",
    part("eakte-muted", item.born ? `* ${item.born}` : ""),
    part("eakte-option-title", `${item.title} · ${item.team}`),
  );
  if (item.via) element.append(part("eakte-via", item.via));
  if (item.closed) element.append(part("eakte-badge eakte-tone-quiet", item.state));
  return element;
}

function part(name, text) {
  const element = document.createElement("span");
  element.className = name;
  element.textContent = text || "";
  return element;
}
