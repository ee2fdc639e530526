/* The column of pages: as high as the whole document, holding only what is in sight. */

import { make, settled } from "./dom.js";
import { Layout, WIDTH } from "./layout.js";
import { Sheet } from "./sheet.js";

const GAP = 14;
const MARGIN = 14;
/** Wait before loading while the reader flies through the document, milliseconds. */
const REST = 140;

export class Pages {
  /**
   * `book` has sizes, labels, texts and image(page, width).
   * `onPage(page)` is told whenever another page is before the reader.
   */
  constructor(book, onPage) {
    this.book = book;
    this.onPage = onPage;
    this.layout = new Layout(book.sizes, GAP);
    this.sheets = new Map();
    this.hits = {};
    this.current = 1;
    this.chosen = null;
    this.zoom = WIDTH;
    this.column = make("div", { class: "dv-column" });
    this.element = make(
      "div",
      {
        class: "dv-scroller",
        tabindex: "0",
        role: "region",
        "aria-label": book.labels.pages,
      },
      this.column,
    );
    this.loadSoon = settled(() => this.load(), REST);
    this.element.addEventListener("scroll", () => this.scrolled());
    this.sized = new ResizeObserver(() => this.arrange());
    this.sized.observe(this.element);
  }

  get room() {
    return {
      width: Math.max(40, this.element.clientWidth - 2 * MARGIN),
      height: Math.max(40, this.element.clientHeight - 2 * GAP),
    };
  }

  /** Lay everything out anew; the place that the reader looks at stays where it is. */
  arrange() {
    const { layout, element } = this;
    if (!element.clientWidth || !layout.count) return;
    const anchor = layout.height ? this.anchor() : null;
    layout.arrange(this.zoom, this.room);
    this.column.style.height = `${layout.height}px`;
    this.column.style.width = `${layout.width + 2 * MARGIN}px`;
    for (const [page, sheet] of this.sheets) this.place(page, sheet);
    if (anchor) {
      const [page, share] = anchor;
      element.scrollTop = layout.top(page) + share * layout.box(page)[1] - GAP;
      this.chosen = { page: this.current, top: element.scrollTop };
    }
    this.show();
    this.load();
  }

  /** The page at the top of the sight and how much of it is above, as a share. */
  anchor() {
    const y = this.element.scrollTop + GAP;
    const page = this.layout.pageAt(y);
    return [page, (y - this.layout.top(page)) / this.layout.box(page)[1]];
  }

  place(page, sheet) {
    const box = this.layout.box(page);
    const wide = Math.max(this.layout.width + 2 * MARGIN, this.element.clientWidth);
    const left = Math.round((wide - box[0]) / 2);
    sheet.place(this.layout.top(page), box, left, this.layout.turned(page));
  }

  scrolled() {
    const top = this.element.scrollTop;
    const leap = Math.abs(top - (this.lastTop ?? 0)) > this.element.clientHeight / 2;
    this.lastTop = top;
    this.show();
    if (leap) this.loadSoon();
    else this.load();
  }

  /** Have sheets for what is in sight and half a screen around it, no others. */
  show() {
    const { scrollTop, clientHeight } = this.element;
    if (!clientHeight || !this.layout.count) return;
    const [first, last] = this.layout.between(
      scrollTop - clientHeight / 2,
      clientHeight * 2,
    );
    for (const [page, sheet] of this.sheets) {
      if (page < first || page > last) {
        sheet.remove();
        this.sheets.delete(page);
      }
    }
    for (let page = last; page >= first; page -= 1) {
      if (!this.sheets.has(page)) this.add(page);
    }
    let seen = this.layout.seen(scrollTop, clientHeight);
    // A page that was asked for is the current one even where the column ends
    // before it can come to the top.
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

  add(page) {
    const sheet = new Sheet(page, this.layout.count, this.book.labels, (width) =>
      this.book.image(page, width),
    );
    this.sheets.set(page, sheet);
    this.place(page, sheet);
    this.mark(page, sheet);
    const after = [...this.column.children].find((e) => Number(e.dataset.page) > page);
    this.column.insertBefore(sheet.element, after ?? null);
  }

  load() {
    this.loadSoon.cancel();
    for (const sheet of this.sheets.values()) {
      sheet.load();
      this.write(sheet);
    }
  }

  async write(sheet) {
    sheet.write(await this.book.texts.get(sheet.page));
  }

  /** Bring a page to the top of the sight. */
  go(page) {
    const wanted = Math.min(Math.max(1, page), this.layout.count);
    this.settleAt(wanted, this.layout.top(wanted) - GAP);
  }

  settleAt(page, top) {
    this.element.scrollTop = top;
    this.chosen = { page, top: this.element.scrollTop };
    this.show();
  }

  /** Bring a box (fractions of a page) into sight, a third from the top. */
  reveal(page, box) {
    const { layout, element } = this;
    const [, height] = layout.box(page);
    const top = layout.turned(page) ? 0 : box[1] * height;
    this.settleAt(page, layout.top(page) + top - element.clientHeight / 3);
    const across = layout.turned(page) ? 0 : box[0] * layout.box(page)[0];
    if (layout.width > element.clientWidth) {
      element.scrollLeft = across - element.clientWidth / 3;
    }
  }

  setZoom(zoom) {
    this.zoom = zoom;
    this.arrange();
  }

  /** Turn the current page by a quarter, clockwise. */
  turn() {
    const page = this.current;
    this.layout.turn(page);
    this.arrange();
    this.go(page);
  }

  /** Show hits: {page: boxes}; `current` is {page, index} or null. */
  setHits(hits, current = null) {
    this.hits = hits;
    this.hit = current;
    for (const [page, sheet] of this.sheets) this.mark(page, sheet);
  }

  mark(page, sheet) {
    const index = this.hit?.page === page ? this.hit.index : -1;
    sheet.mark(this.hits[page] ?? [], index);
  }
}
