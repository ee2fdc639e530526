/* One page before the reader: its image, marks on it, its text to select and to hear. */

import { fill, icon, make, percent } from "./dom.js";
import { paragraphs, wordSpans } from "./words.js";

export class Sheet {
  /** `book` has the labels, the addresses and what has to be known about a page. */
  constructor(number, book) {
    this.number = number;
    this.book = book;
    this.imageAddress = null;
    this.text = null;
    this.rotation = 0;
    const { labels, count, language } = book;
    const named = { page: number, count };
    this.image = make("img", {
      alt: fill(labels.page_image, named),
      class: "dv-image",
      draggable: "false",
      hidden: true,
    });
    this.note = make("p", { class: "dv-note" }, fill(labels.page, named));
    this.words = make("div", {
      class: "dv-words",
      "aria-hidden": "true",
      lang: language,
    });
    this.marks = make("div", { class: "dv-marks", "aria-hidden": "true" });
    this.hints = make("p", { class: "dv-unseen", hidden: true });
    this.spoken = make("div", { class: "dv-unseen dv-spoken", lang: language });
    this.failure = make("div", { class: "dv-failure", hidden: true });
    this.paper = make(
      "div",
      { class: "dv-paper" },
      this.note,
      this.image,
      this.marks,
      this.words,
    );
    this.element = make(
      "section",
      { class: "dv-page", "data-page": number },
      make("h2", { class: "dv-unseen" }, fill(labels.page_of, named)),
      this.paper,
      this.failure,
      this.hints,
      this.spoken,
    );
    this.hint();
  }

  /** Lay the sheet at its place: CSS pixels in the column. */
  place(top, [width, height], left, turned) {
    const style = this.element.style;
    style.top = `${top}px`;
    style.left = `${left}px`;
    style.width = `${width}px`;
    style.height = `${height}px`;
    const [across, down] = turned % 180 ? [height, width] : [width, height];
    this.across = across;
    this.down = down;
    this.paper.style.width = `${across}px`;
    this.paper.style.height = `${down}px`;
    this.paper.style.transform = `translate(-50%, -50%) rotate(${turned}deg)`;
    this.layWords();
  }

  /** Lay the upright field of the words over the page as it lies; gives its sides. */
  layWords() {
    const { across, down, rotation } = this;
    const [width, height] = rotation % 180 ? [down, across] : [across, down];
    const { style } = this.words;
    style.width = `${width}px`;
    style.height = `${height}px`;
    style.setProperty("--dv-words-height", `${height}px`);
    style.transform = `translate(-50%, -50%) rotate(${-rotation}deg)`;
    return [width, height];
  }

  /** Show the image in the size that the place needs; the old one stays until then. */
  load() {
    const address = this.book.image(this.number, this.across * window.devicePixelRatio);
    if (address !== this.imageAddress) this.fetch(address);
  }

  fetch(address) {
    this.imageAddress = address;
    const fresh = new Image();
    this.loading = fresh;
    fresh.decoding = "async";
    fresh.onload = () => {
      if (this.imageAddress !== address) return;
      this.image.src = address;
      this.image.hidden = false;
      this.note.hidden = true;
      this.forgive();
    };
    fresh.onerror = () => {
      if (this.imageAddress === address && this.image.hidden) this.refuse(address);
    };
    fresh.src = address;
  }

  /** Say in the place of the image that there is none, why, and offer another try. */
  async refuse(address) {
    const { labels } = this.book;
    const again = make(
      "button",
      {
        type: "button",
        class: "dv-text-button",
        "aria-label": fill(labels.try_page_again, { page: this.number }),
        click: () => this.fetch(this.imageAddress),
      },
      labels.try_again,
    );
    const reason = make("p", { class: "dv-failure-reason" });
    const hadFocus = this.failure.contains(document.activeElement);
    this.failure.replaceChildren(
      icon("notice"),
      make("p", {}, fill(labels.page_failed, { page: this.number })),
      reason,
      again,
    );
    this.note.hidden = true;
    this.failure.hidden = false;
    this.element.classList.add("dv-page-failed");
    if (hadFocus) again.focus({ preventScroll: true });
    const { text, again: wait } = await this.book.reason(this.number, address);
    reason.textContent = text;
    if (wait !== undefined) setTimeout(() => this.retry(address), wait);
  }

  /** Try again what the server had no time for, if the page is still looked at. */
  retry(address) {
    const isWanted = this.imageAddress === address && this.element.isConnected;
    if (isWanted && !this.failure.hidden) this.fetch(address);
  }

  /** The image has come after all; whoever asked for it again reads on. */
  forgive() {
    const hadFocus = this.failure.contains(document.activeElement);
    this.failure.hidden = true;
    this.failure.replaceChildren();
    this.element.classList.remove("dv-page-failed");
    if (hadFocus) this.element.closest(".dv-scroller").focus({ preventScroll: true });
  }

  /** Lay the recognised text over the image. `found` is what Texts gives, or null. */
  write(found) {
    if (!found || this.text === found) return;
    this.text = found;
    this.spoken.replaceChildren(...paragraphs(this.book.spoken(found)));
    // A sentence of ours is in the language of the page around.
    if (found.text) this.spoken.lang = this.book.language;
    else this.spoken.removeAttribute("lang");
    this.rotation = found.rotation ?? 0;
    const [width, height] = this.layWords();
    const spans = wordSpans(found.words ?? [], width / height, this.rotation);
    this.words.replaceChildren(...spans);
  }

  /** Say what has to be known about the page before its text is heard. */
  hint() {
    const { labels } = this.book;
    const titles = this.book.hints(this.number).map((finding) => finding.title);
    this.hints.hidden = !titles.length;
    this.hints.textContent = titles.length
      ? `${labels.notice}: ${titles.join(", ")}.`
      : "";
  }

  /** Mark hits: boxes [left, top, right, bottom] as fractions; first to last is current. */
  mark(boxes, first, last) {
    this.marks.replaceChildren(
      ...boxes.map(([left, top, right, bottom], index) => {
        const mark = make("div", { class: "dv-mark" });
        mark.classList.toggle("dv-mark-current", index >= first && index <= last);
        mark.style.left = percent(left);
        mark.style.top = percent(top);
        mark.style.width = percent(right - left);
        mark.style.height = percent(bottom - top);
        return mark;
      }),
    );
  }

  /** What is no longer in sight need not come through the wire. */
  leave() {
    this.imageAddress = null;
    if (this.loading) this.loading.src = "";
  }
}
