/* The small pages beside the large ones; only those in sight exist. */

import { fill, make, settled } from "./dom.js";
import { Layout } from "./layout.js";

const GAP = 10;
const LABEL = 22;
const WIDTH = 108;
const TALLEST = 168;
const REST = 140;
/** A white page for one whose image cannot be made. */
const BLANK = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>";

export class Thumbnails {
  /** `onChoose(page)` is told which page the reader asks for. */
  constructor(book, onChoose) {
    this.book = book;
    this.onChoose = onChoose;
    this.layout = new Layout(book.sizes, GAP);
    this.layout.place((page) => [WIDTH, this.picture(page)[1] + LABEL]);
    this.cells = new Map();
    this.current = 1;
    this.column = make("div", { class: "dv-thumbnail-column" });
    this.column.style.height = `${this.layout.height}px`;
    this.element = make(
      "nav",
      { class: "dv-thumbnails", "aria-label": book.labels.thumbnails },
      this.column,
    );
    this.element.addEventListener("scroll", () => this.scrolled());
    this.element.addEventListener("keydown", (event) => this.walk(event));
    this.loadSoon = settled(() => this.load(), REST);
    this.sized = new ResizeObserver(() => {
      this.bringIntoSight();
      this.show();
      this.load();
    });
    this.sized.observe(this.element);
  }

  /** Size of the small image in CSS pixels. */
  picture(page) {
    const [width, height] = this.layout.size(page);
    const factor = Math.min(WIDTH / width, TALLEST / height);
    return [Math.round(width * factor), Math.round(height * factor)];
  }

  scrolled() {
    const top = this.element.scrollTop;
    const leap = Math.abs(top - (this.lastTop ?? 0)) > this.element.clientHeight / 2;
    this.lastTop = top;
    this.show();
    if (leap) this.loadSoon();
    else this.load();
  }

  show() {
    const { scrollTop, clientHeight } = this.element;
    if (!clientHeight || !this.layout.count) return;
    const [first, last] = this.layout.between(scrollTop, clientHeight);
    const kept = this.cells.get(this.current);
    for (const [page, cell] of this.cells) {
      // The current one stays: it is the stop of the Tab key.
      if ((page < first || page > last) && cell !== kept) {
        cell.remove();
        this.cells.delete(page);
      }
    }
    for (let page = first; page <= last; page += 1) this.add(page);
    this.add(this.current);
  }

  add(page) {
    if (this.cells.has(page)) return;
    const [width, height] = this.picture(page);
    const image = make("img", { alt: "", width, height });
    const cell = make(
      "a",
      {
        class: "dv-thumbnail",
        href: `#document/p${page}`,
        "data-page": page,
        "aria-label": fill(this.book.labels.page, { page }),
        tabindex: "-1",
        click: (event) => {
          event.preventDefault();
          this.onChoose(page);
        },
      },
      image,
      make("span", { class: "dv-thumbnail-number" }, String(page)),
    );
    const leaveBlank = () => (image.src = BLANK);
    image.addEventListener("error", leaveBlank, { once: true });
    cell.style.top = `${this.layout.top(page)}px`;
    this.cells.set(page, cell);
    const after = [...this.column.children].find((e) => Number(e.dataset.page) > page);
    this.column.insertBefore(cell, after ?? null);
    this.point(page, cell);
  }

  load() {
    this.loadSoon.cancel();
    const { scrollTop, clientHeight } = this.element;
    if (!clientHeight) return;
    const [first, last] = this.layout.between(scrollTop, clientHeight);
    for (const [page, cell] of this.cells) {
      const image = cell.firstChild;
      if (page < first || page > last || image.hasAttribute("src")) continue;
      image.src = this.book.thumbnail(page);
    }
  }

  point(page, cell) {
    const isCurrent = page === this.current;
    cell.classList.toggle("dv-thumbnail-current", isCurrent);
    cell.tabIndex = isCurrent ? 0 : -1;
    if (isCurrent) cell.setAttribute("aria-current", "page");
    else cell.removeAttribute("aria-current");
  }

  setCurrent(page) {
    this.current = page;
    this.bringIntoSight();
    this.show();
    for (const [number, cell] of this.cells) this.point(number, cell);
    this.loadSoon();
  }

  bringIntoSight() {
    const { element, layout } = this;
    if (!element.clientHeight || !layout.count) return;
    const top = layout.top(this.current) - GAP;
    const bottom = top + layout.box(this.current)[1] + 2 * GAP;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (bottom > element.scrollTop + element.clientHeight) {
      element.scrollTop = bottom - element.clientHeight;
    }
  }

  /** Arrow keys go through the small pages, as in a list. */
  walk(event) {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (!step || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    const next = Math.min(Math.max(1, this.current + step), this.layout.count);
    this.onChoose(next);
    this.cells.get(next)?.focus({ preventScroll: true });
  }
}
