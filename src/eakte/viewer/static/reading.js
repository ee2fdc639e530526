/* The text of one page in place of its image, in the reader's own type size. */

import { fill, make } from "./dom.js";
import { isUnfinished } from "./texts.js";

/** Fold as the server does: case, accents and ß do not tell words apart. */
function folded(word) {
  const plain = word.normalize("NFKD").replace(/\p{M}/gu, "");
  return plain.toLocaleLowerCase("de").replaceAll("ß", "ss");
}

export class Reading {
  constructor(book) {
    this.book = book;
    this.page = 1;
    this.terms = [];
    this.title = make("h2", { class: "dv-reading-title" });
    this.body = make("div", { class: "dv-reading-text" });
    this.element = make(
      "div",
      {
        class: "dv-reading",
        tabindex: "0",
        role: "region",
        "aria-label": book.labels.text,
        hidden: true,
      },
      make("article", {}, this.title, this.body),
    );
  }

  /** Show the text of a page; marks the words that hold one of `terms`. */
  async show(page, terms) {
    const { labels, texts, sizes } = this.book;
    const isNew = page !== this.page;
    this.page = page;
    this.terms = terms.map(folded).filter(Boolean);
    this.title.textContent = fill(labels.page_of, { page, count: sizes.length });
    const found = await texts.get(page);
    if (this.page !== page) return;
    if (isNew) this.element.scrollTop = 0;
    this.body.replaceChildren(...this.paragraphs(found));
  }

  *paragraphs(found) {
    const { labels } = this.book;
    if (found?.text) {
      for (const part of found.text.split(/\n\s*\n/)) {
        yield make("p", {}, ...this.marked(part));
      }
      return;
    }
    let reason = labels.no_text;
    if (!found) reason = labels.text_failed;
    else if (found.problem) reason = found.problem.explanation;
    else if (isUnfinished(found.status)) reason = labels.text_waiting;
    yield make("p", { class: "dv-reading-none" }, reason);
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
