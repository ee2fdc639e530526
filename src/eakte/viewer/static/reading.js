/* The text of one page in place of its image, in the reader's own type size. */

import { fill, make } from "./dom.js";
import { paragraphs } from "./words.js";

/** Fold as the server does: case, accents and ß do not tell words apart. */
function folded(word) {
  const plain = word.normalize("NFKD").replace(/\p{M}/gu, "");
  return plain.toLocaleLowerCase("de").replaceAll("ß", "ss");
}

export class Reading {
  /**
   * `onStep(direction)` is told that the reader goes on to the next page or back,
   * `onAgain()` that the page is to be recognised anew; null: that is not allowed.
   */
  constructor(book, { onStep, onAgain }) {
    this.book = book;
    this.page = 0;
    this.terms = [];
    const { labels } = book;
    this.title = make("h2", { class: "dv-reading-title", tabindex: "-1" });
    this.hint = make("p", { class: "dv-reading-hint", hidden: true });
    this.body = make("div", { class: "dv-reading-text" });
    this.back = this.turner(labels.previous_page, -1, onStep);
    this.forth = this.turner(labels.next_page, 1, onStep);
    this.element = make(
      "div",
      {
        class: "dv-reading",
        tabindex: "0",
        role: "region",
        "aria-label": labels.text,
        hidden: true,
      },
      make(
        "article",
        {},
        this.title,
        this.hint,
        this.body,
        make("p", { class: "dv-reading-turn" }, this.back, this.forth, ...this.again(onAgain)),
      ),
    );
  }

  turner(label, direction, onStep) {
    const click = () => {
      onStep(direction);
      // Who listens goes on reading at the top of the next page.
      this.title.focus({ preventScroll: true });
    };
    return make("button", { type: "button", class: "dv-text-button", click }, label);
  }

  again(click) {
    if (!click) return [];
    const { page_again: label } = this.book.labels;
    return [make("button", { type: "button", class: "dv-text-button", click }, label)];
  }

  /** Show the text of a page; marks the words that hold one of `terms`. */
  async show(page, terms) {
    const { labels, texts, count } = this.book;
    if (page !== this.page) this.element.scrollTop = 0;
    this.page = page;
    this.terms = terms.map(folded).filter(Boolean);
    this.title.textContent = fill(labels.page_of, { page, count });
    this.back.disabled = page <= 1;
    this.forth.disabled = page >= count;
    const titles = this.book.hints(page).map((finding) => finding.title);
    this.hint.hidden = !titles.length;
    this.hint.textContent = `${labels.notice}: ${titles.join(", ")}.`;
    const found = await texts.get(page);
    if (this.page === page) this.write(found);
  }

  write(found) {
    const { book, body } = this;
    const text = book.spoken(found);
    const isText = Boolean(found?.text);
    body.classList.toggle("dv-reading-none", !isText);
    if (isText && book.language) body.lang = book.language;
    else body.removeAttribute("lang");
    const parts = paragraphs(text, (part) => (isText ? this.marked(part) : [part]));
    body.replaceChildren(...parts);
  }

  marked(text) {
    if (!this.terms.length) return [text];
    return text.split(/(\s+)/).map((word) => {
      const plain = folded(word);
      const isHit = this.terms.some((term) => plain.includes(term));
      return isHit ? make("mark", {}, word) : word;
    });
  }
}
