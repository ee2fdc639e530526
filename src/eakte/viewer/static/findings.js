/* What has to be known about a scan: a quiet line, which opens. */

import { fill, icon, make } from "./dom.js";

/** Pages that can be jumped to from one finding; the others are counted. */
const MOST = 24;

export class Findings {
  /** `onGo(page)` is told which page the reader asks for. */
  constructor(book, onGo) {
    this.book = book;
    this.onGo = onGo;
    this.summary = make("span", { class: "dv-findings-now" });
    this.list = make("ul", {});
    this.element = make(
      "details",
      { class: "dv-findings", hidden: true },
      make("summary", {}, icon("notice"), this.summary),
      this.list,
    );
    this.renew(1);
  }

  /** Show the findings as they are now, to somebody at `page`. */
  renew(page) {
    const { findings } = this.book;
    this.element.hidden = !findings.length;
    this.list.replaceChildren(...findings.map((finding) => this.entry(finding)));
    this.show(page);
  }

  /** Say in the line what holds for the page that the reader looks at. */
  show(page) {
    const { book } = this;
    const here = book.hints(page).map((finding) => finding.title);
    const all = book.findings.map((finding) => finding.title);
    this.summary.textContent = here.length
      ? `${fill(book.labels.page, { page })}: ${here.join(", ")}`
      : `${book.labels.notices}: ${all.join(", ")}`;
  }

  entry({ title, explanation, pages = [] }) {
    return make(
      "li",
      {},
      make("strong", {}, title),
      make("p", {}, explanation),
      ...(pages.length ? [this.pages(pages)] : []),
    );
  }

  pages(pages) {
    const { labels } = this.book;
    const jumps = pages.slice(0, MOST).map((page) =>
      make(
        "button",
        {
          type: "button",
          class: "dv-jump",
          "aria-label": fill(labels.page, { page }),
          click: () => this.onGo(page),
        },
        String(page),
      ),
    );
    const rest = pages.length - MOST;
    return make(
      "p",
      { class: "dv-jumps" },
      make("span", {}, `${labels.thumbnails}:`),
      ...jumps,
      ...(rest > 0 ? [fill(labels.and_more, { count: rest })] : []),
    );
  }
}
