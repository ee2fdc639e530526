/* The small pages beside the large ones. */

import { List } from "./column.js";
import { fill, icon, make } from "./dom.js";
import { Layout } from "./layout.js";

const GAP = 10;
const LABEL = 22;
const WIDTH = 108;
const TALLEST = 168;

function blank(width, height) {
  const page = make("span", { class: "dv-thumbnail-image" });
  page.style.width = `${width}px`;
  page.style.height = `${height}px`;
  return page;
}

/** Turn a small image within the place, [width, height], that it takes upright. */
function upright(image, [width, height], turned) {
  if (turned % 180) Object.assign(image, { width: height, height: width });
  image.style.transform = `translate(-50%, -50%) rotate(${turned}deg)`;
  const place = make("span", { class: "dv-thumbnail-upright" }, image);
  place.style.width = `${width}px`;
  place.style.height = `${height}px`;
  return place;
}

export class Thumbnails extends List {
  kind = "page";

  /**
   * `onChoose(page)` is told which page the reader asks for; `hints(page)` says what
   * has to be known about a page.
   */
  constructor(book, onChoose) {
    const holder = make("div", { class: "dv-thumbnail-column" });
    const element = make(
      "nav",
      { class: "dv-thumbnails", "aria-label": book.labels.thumbnails },
      holder,
    );
    super(element, holder, new Layout(book.sizes, GAP, book.rotations));
    this.book = book;
    this.choose = onChoose;
    this.measure();
  }

  measure() {
    this.layout.place((page) => [WIDTH, this.picture(page)[1] + LABEL]);
    this.holder.style.height = `${this.layout.height}px`;
  }

  /** Show a page upright, now that it is known how it lies. */
  turn(page) {
    this.measure();
    const item = this.items.get(page);
    const hadFocus = item?.element.contains(document.activeElement);
    if (item) this.drop(page, item);
    for (const [other, kept] of this.items) this.lay(other, kept);
    this.show();
    this.load();
    if (hadFocus) this.items.get(page)?.stop.focus({ preventScroll: true });
  }

  /** Size of the small image in CSS pixels, upright. */
  picture(page) {
    const [width, height] = this.layout.size(page);
    const factor = Math.min(WIDTH / width, TALLEST / height);
    return [Math.round(width * factor), Math.round(height * factor)];
  }

  create(page) {
    const { labels } = this.book;
    const [width, height] = this.picture(page);
    const image = make("img", { alt: "", width, height, class: "dv-thumbnail-image" });
    const turned = this.layout.turned(page);
    // A white page for one whose image cannot be made.
    image.addEventListener("error", () => image.replaceWith(blank(width, height)));
    const isFlagged = this.book.hints(page).length > 0;
    const name = fill(labels.page, { page });
    const element = make(
      "a",
      {
        class: "dv-thumbnail",
        href: `#document/p${page}`,
        "data-page": page,
        "aria-label": isFlagged ? `${name}, ${labels.has_notice}` : name,
        click: (event) => {
          event.preventDefault();
          this.choose(page);
        },
      },
      turned ? upright(image, [width, height], turned) : image,
      make(
        "span",
        { class: "dv-thumbnail-number" },
        String(page),
        ...(isFlagged ? [icon("notice")] : []),
      ),
    );
    return { element, stop: element, image };
  }

  lay(page, item) {
    item.element.style.top = `${this.layout.top(page)}px`;
    this.point(page, item);
  }

  load() {
    this.loadSoon.cancel();
    if (!this.isInSight) return;
    const [first, last] = this.sight();
    for (const [page, { image }] of this.items) {
      if (page < first || page > last || image.hasAttribute("src")) continue;
      image.src = this.book.thumbnail(page);
    }
  }

  /** Show anew which pages something has to be known about. */
  renew() {
    this.clear();
    this.show();
    this.load();
  }
}
