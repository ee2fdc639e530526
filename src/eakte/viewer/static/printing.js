/* Printing: the page images on sheets of their own, fetched in bounded steps. */

import { fill, make } from "./dom.js";
import { dialog } from "./help.js";
import { fetchJson } from "./texts.js";

/** Pages that are sent to the printer in one go; then the reader goes on. */
export const BATCH = 100;
/** Images that are fetched at the same time. */
const AT_ONCE = 4;
/** Width of a printed image in pixels: 240 dpi on A4. */
const PIXELS = 2000;

/** Wait until an image has come; says whether it has. */
function arrived(image) {
  return new Promise((done) => {
    image.onload = () => done(true);
    image.onerror = () => done(false);
  });
}

export class Printing {
  /** `pages` knows where the reader is and how pages are turned. */
  constructor(id, book, pages, { authenticator }) {
    Object.assign(this, { book, pages, authenticator });
    const { labels, count } = book;
    this.next = 1;
    this.run = 0;
    this.choices = {};
    const choice = (name, label, ...more) => {
      this.choices[name] = make("input", {
        type: "radio",
        name: `${id}-range`,
        value: name,
      });
      const text = make("label", {}, this.choices[name], label);
      return make("div", { class: "dv-choice" }, text, ...more);
    };
    const number = (name, label) =>
      make("input", {
        type: "number",
        class: "dv-field dv-range",
        "aria-label": label,
        min: "1",
        max: String(count),
        value: name === "from" ? "1" : String(count),
        input: () => (this.choices.range.checked = true),
      });
    this.from = number("from", labels.print_from);
    this.to = number("to", labels.print_to);
    this.state = make("p", { class: "dv-print-state", role: "status" });
    this.bar = make("progress", {
      class: "dv-progress",
      "aria-label": labels.print,
      hidden: true,
    });
    this.start = make(
      "button",
      { type: "submit", class: "dv-text-button dv-main-button" },
      labels.print,
    );
    this.form = make(
      "form",
      { method: "dialog", submit: (event) => this.submit(event) },
      make(
        "fieldset",
        {},
        make("legend", {}, labels.print_which),
        choice("all", fill(labels.print_all, { count })),
        choice("current", labels.print_current),
        choice(
          "range",
          labels.print_range,
          make("span", { class: "dv-ends" }, this.from, "–", this.to),
        ),
      ),
      this.bar,
      this.state,
      make("p", { class: "dv-dialog-end" }, this.start),
    );
    this.dialog = dialog("dv-printing", labels.print, labels, this.form);
    this.dialog.addEventListener("close", () => this.stop());
    this.choices.all.checked = true;
  }

  open() {
    this.reset();
    this.dialog.showModal();
    this.choices[this.checked].focus();
  }

  get checked() {
    return Object.keys(this.choices).find((name) => this.choices[name].checked);
  }

  reset() {
    this.rest = null;
    this.state.textContent = "";
    this.bar.hidden = true;
    this.start.disabled = false;
    this.start.textContent = this.book.labels.print;
  }

  /** Whoever closes the dialog does not want the rest. */
  stop() {
    this.run += 1;
    this.reset();
  }

  /** First and last page that are asked for, the first not after the last. */
  wanted() {
    const { count } = this.book;
    if (this.rest) return this.rest;
    if (this.checked === "all") return [1, count];
    if (this.checked === "current") return [this.pages.current, this.pages.current];
    const bounded = (field, otherwise) =>
      Math.min(Math.max(1, Number.parseInt(field.value, 10) || otherwise), count);
    const ends = [bounded(this.from, 1), bounded(this.to, count)];
    return ends.sort((a, b) => a - b);
  }

  async submit(event) {
    event.preventDefault();
    const [first, last] = this.wanted();
    const end = Math.min(last, first + BATCH - 1);
    this.run += 1;
    const { run } = this;
    this.start.disabled = true;
    const sheets = await this.prepare(first, end, () => this.run === run);
    if (this.run !== run) return;
    const isNoted = await this.note(first, end);
    if (this.run !== run) return;
    const { labels } = this.book;
    this.start.disabled = false;
    this.bar.hidden = true;
    if (!isNoted) {
      this.state.textContent = labels.print_refused;
      return;
    }
    this.print(sheets);
    if (end === last) {
      this.dialog.close();
      return;
    }
    this.rest = [end + 1, last];
    this.state.textContent = fill(labels.print_part, { from: first, to: end });
    const next = { from: end + 1, to: Math.min(end + BATCH, last) };
    this.start.textContent = fill(labels.print_next, next);
    this.start.focus();
  }

  /** Fetch the images, a few at a time, while `isWanted()`. */
  async prepare(first, last, isWanted) {
    const { labels } = this.book;
    const count = last - first + 1;
    const sheets = [];
    let next = first;
    let done = 0;
    this.bar.hidden = false;
    this.bar.max = count;
    this.bar.value = 0;
    const fetchSome = async () => {
      while (next <= last && isWanted()) {
        const page = next;
        next += 1;
        sheets[page - first] = await this.sheet(page);
        done += 1;
        this.bar.value = done;
        this.state.textContent = fill(labels.print_loading, { page: done, count });
      }
    };
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, count) }, fetchSome));
    return sheets;
  }

  /** Say which pages are printed, before they are; says whether that is known now. */
  async note(first, last) {
    if (!this.book.printed) return true;
    const body = new URLSearchParams({ _authenticator: this.authenticator, first, last });
    try {
      await fetchJson(this.book.printed, { method: "POST", body });
      return true;
    } catch (error) {
      console.warn("Document viewer: printing", error);
      return false;
    }
  }

  async sheet(page) {
    const { book } = this;
    const turned = await this.pages.turned(page);
    const sides = book.sizes[page - 1];
    const [width, height] = turned % 180 ? [sides[1], sides[0]] : sides;
    const image = make("img", { alt: fill(book.labels.page, { page }) });
    const waiting = arrived(image);
    image.src = book.image(page, PIXELS);
    const content = (await waiting)
      ? image
      : make("p", {}, fill(book.labels.page_failed, { page }));
    const lies = width > height ? "dv-print-page dv-print-across" : "dv-print-page";
    return make("div", { class: `${lies} dv-print-${turned}` }, content);
  }

  /** Have the browser print the sheets and nothing else of the page. */
  print(sheets) {
    const all = make("div", { class: "dv-print" }, ...sheets);
    const root = document.documentElement;
    // What stands in a dialog is above everything, on paper too.
    document.body.append(all);
    root.classList.add("dv-printing-pages");
    window.addEventListener(
      "afterprint",
      () => {
        all.remove();
        root.classList.remove("dv-printing-pages");
      },
      { once: true },
    );
    window.print();
  }
}
