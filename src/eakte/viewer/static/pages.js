/* The pages before the reader, alone or two side by side. */

import { Column } from "./column.js";
import { make } from "./dom.js";
import { HEIGHT, Layout, STEPS, WHOLE, WIDTH, turnedBox } from "./layout.js";
import { Sheet } from "./sheet.js";

const GAP = 14;
const MARGIN = 14;
/** How much a notch of the wheel enlarges. */
const NOTCH = 1.15;

export class Pages extends Column {
  /**
   * `book` has sizes, labels, texts and image(page, width).
   * `onPage(page)` is told whenever another page is before the reader, `onZoom(zoom)`
   * when the reader zooms with the wheel, `onUpright(page)` when it has become known
   * how a page is to be turned.
   */
  constructor(book, { onPage, onZoom, onUpright }) {
    const holder = make("div", { class: "dv-column" });
    const element = make(
      "div",
      {
        class: "dv-scroller",
        tabindex: "0",
        role: "region",
        "aria-label": book.labels.pages,
      },
      holder,
    );
    super(element, holder, new Layout(book.sizes, GAP, book.rotations), 0.5);
    Object.assign(this, { book, onPage, onZoom, onUpright });
    this.hits = {};
    this.current = 1;
    this.chosen = null;
    this.zoom = WIDTH;
    this.abreast = 1;
    this.wide = 0;
    element.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
  }

  get room() {
    return {
      width: Math.max(40, this.element.clientWidth - 2 * MARGIN),
      height: Math.max(40, this.element.clientHeight - 2 * GAP),
    };
  }

  resized() {
    this.arrange();
  }

  /**
   * Lay everything out anew; what lies at a point of the sight stays there.
   *
   * `point` is [x, y] in CSS pixels from the upper left corner of the sight.
   */
  arrange(point = [this.element.clientWidth / 2, GAP]) {
    const { layout, element } = this;
    if (!element.clientWidth || !layout.count) return;
    const anchor = layout.height ? this.at(point) : null;
    layout.arrange(this.zoom, this.room, this.abreast);
    this.holder.style.height = `${layout.height}px`;
    this.holder.style.width = `${layout.width + 2 * MARGIN}px`;
    this.wide = Math.max(layout.width + 2 * MARGIN, element.clientWidth);
    for (const [page, sheet] of this.items) this.lay(page, sheet);
    if (anchor) this.hold(anchor, point);
    this.show();
    this.load();
  }

  /** What lies at a point: the page, and the point as fractions of the page's box. */
  at([x, y]) {
    const { layout, element, wide } = this;
    const left = element.scrollLeft + x;
    const top = element.scrollTop + y;
    const page = layout.pageAt(left, top, wide);
    const [width, height] = layout.box(page);
    return {
      page,
      across: (left - layout.left(page, wide)) / width,
      down: (top - layout.top(page)) / height,
    };
  }

  /** Scroll to where `at(point)` gives `anchor` again. */
  hold({ page, across, down }, [x, y]) {
    const { layout, element, wide } = this;
    const [width, height] = layout.box(page);
    element.scrollTop = layout.top(page) + down * height - y;
    element.scrollLeft = layout.left(page, wide) + across * width - x;
    this.chosen = { ...this.chosen, page: this.current, top: element.scrollTop };
  }

  lay(page, sheet) {
    const { layout } = this;
    const left = layout.left(page, this.wide);
    sheet.place(layout.top(page), layout.box(page), left, layout.turned(page));
  }

  show() {
    super.show();
    if (!this.isInSight) return;
    const { scrollTop, clientHeight } = this.element;
    let seen = this.layout.seen(scrollTop, clientHeight);
    // A page that was asked for is the current one even where the column ends
    // before it can come to the top, or where it lies beside another.
    if (this.chosen && Math.abs(this.chosen.top - scrollTop) < 2) {
      seen = this.chosen.page;
    } else {
      this.chosen = null;
    }
    if (seen !== this.current) {
      this.current = seen;
      this.onPage(seen);
    }
  }

  create(page) {
    const sheet = new Sheet(page, this.book);
    this.mark(page, sheet);
    return sheet;
  }

  drop(page, sheet) {
    sheet.leave();
    super.drop(page, sheet);
  }

  load() {
    this.loadSoon.cancel();
    for (const sheet of this.items.values()) {
      sheet.load();
      this.write(sheet);
    }
  }

  async write(sheet) {
    const found = await this.book.texts.get(sheet.number);
    if (found?.rotation !== undefined) this.learn(sheet.number, found.rotation);
    sheet.write(found);
  }

  /** Take over how a page must be turned to be read, and show it so. */
  learn(page, rotation) {
    const { layout } = this;
    const { rotations } = layout;
    const before = rotations.get(page);
    if (before === rotation) return;
    const usual = layout.usualWidth();
    rotations.set(page, rotation);
    const isTurned = (before ?? 0) !== rotation;
    if (!isTurned && usual === layout.usualWidth()) return;
    const box = this.chosen?.page === page ? this.chosen.box : null;
    this.arrange();
    if (box) this.reveal(page, box);
    if (isTurned) this.onUpright(page);
  }

  /** How far a page is turned, also one that nobody has looked at yet. */
  async turned(page) {
    const { book, layout } = this;
    const found = book.rotations.has(page) ? null : await book.texts.get(page);
    return layout.turned(page, book.rotations.get(page) ?? found?.rotation ?? 0);
  }

  /** Show anew what has to be known about the pages in sight. */
  renewHints() {
    for (const sheet of this.items.values()) sheet.hint();
  }

  /** Bring a page to the top of the sight. */
  go(page) {
    const wanted = Math.min(Math.max(1, page), this.layout.count);
    this.settleAt(wanted, this.layout.top(wanted) - GAP);
  }

  /** Go a page on or back, or with two side by side to the next two. */
  step(direction) {
    const { abreast, layout, current } = this;
    const first = layout.row(current) * abreast + 1;
    this.go(first + direction * abreast);
  }

  /** `box` is what is to be in sight there, if not the page as a whole. */
  settleAt(page, top, box = null) {
    this.element.scrollTop = top;
    this.chosen = { page, top: this.element.scrollTop, box };
    this.show();
  }

  /** Bring a box (fractions of a page) into sight, a third from the top. */
  reveal(page, box) {
    const { layout, element } = this;
    const [width, height] = layout.box(page);
    const [left, top] = turnedBox(box, layout.turned(page));
    const down = layout.top(page) + top * height;
    this.settleAt(page, down - element.clientHeight / 3, box);
    if (layout.width > element.clientWidth) {
      const across = layout.left(page, this.wide) + left * width;
      element.scrollLeft = across - element.clientWidth / 3;
    }
  }

  /** Zoom so that `point`, or else the middle, stays; a whole page comes to the top. */
  setZoom(zoom, point = null) {
    const { clientWidth, clientHeight } = this.element;
    this.zoom = zoom;
    this.arrange(point ?? [clientWidth / 2, clientHeight / 2]);
    if (zoom === HEIGHT || zoom === WHOLE) this.go(this.current);
  }

  /** The wheel with the control key, and two fingers on a pad, zoom where they are. */
  wheel(event) {
    if (!event.ctrlKey) return;
    event.preventDefault();
    const now = this.layout.factor(this.current);
    const wanted = now * NOTCH ** -Math.sign(event.deltaY);
    const factor = Math.min(Math.max(wanted, STEPS[0]), STEPS.at(-1));
    const { left, top } = this.element.getBoundingClientRect();
    this.setZoom(factor, [event.clientX - left, event.clientY - top]);
    this.onZoom(factor);
  }

  setAbreast(abreast) {
    const page = this.current;
    this.abreast = abreast;
    this.arrange();
    this.go(page);
  }

  /** Turn what is seen by a quarter, clockwise: all pages, or only the current one. */
  turn({ onlyThis = false } = {}) {
    const page = this.current;
    if (onlyThis) this.layout.turnPage(page);
    else this.layout.turnAll();
    this.arrange();
    this.go(page);
  }

  /** Show hits: {page: boxes}; `current` is {page, first, last} or null. */
  setHits(hits, current = null) {
    this.hits = hits;
    this.hit = current;
    for (const [page, sheet] of this.items) this.mark(page, sheet);
  }

  mark(page, sheet) {
    const { first, last } = this.hit?.page === page ? this.hit : { first: -1, last: -1 };
    sheet.mark(this.hits[page] ?? [], first, last);
  }
}
