/* The list of hits: each with its page and the text around it. */

import { List } from "./column.js";
import { fill, make } from "./dom.js";
import { Layout } from "./layout.js";

/** Height of an entry in ems of the list: page and three lines. */
const ENTRY = 5.75;

export class Hits extends List {
  kind = "true";

  /** `onChoose(index)` is told which hit, from 0, the reader asks for. */
  constructor(labels, language, onChoose) {
    const holder = make("ol", { class: "dv-hits", "aria-label": labels.hits });
    const nothing = make("p", { class: "dv-hits-none" }, labels.search_hint);
    const element = make("div", { class: "dv-hits-panel" }, nothing, holder);
    super(element, holder, new Layout([], 0));
    Object.assign(this, { labels, language, nothing, onChoose });
    this.hits = [];
  }

  /** Show hits; without any, the sentence `otherwise`. */
  fill(hits, otherwise) {
    const hadFocus = this.holder.contains(document.activeElement);
    this.hits = hits;
    this.current = 1;
    this.clear();
    this.nothing.hidden = hits.length > 0;
    this.nothing.textContent = otherwise;
    this.measure();
    this.element.scrollTop = 0;
    this.show();
    if (hadFocus) this.items.get(1)?.stop.focus({ preventScroll: true });
  }

  /** Lay the entries out; their height follows the size of the type. */
  measure() {
    const em = parseFloat(getComputedStyle(this.element).fontSize) || 13;
    const height = Math.round(ENTRY * em);
    this.layout.sizes = this.hits;
    this.layout.place(() => [1, height]);
    this.holder.style.height = `${this.layout.height}px`;
    for (const [number, item] of this.items) this.lay(number, item);
  }

  resized() {
    this.measure();
    super.resized();
  }

  choose(number) {
    this.onChoose(number - 1);
  }

  create(number) {
    const { page, snippet } = this.hits[number - 1];
    const stop = make(
      "button",
      { type: "button", class: "dv-hit", click: () => this.choose(number) },
      make("strong", { class: "dv-hit-page" }, fill(this.labels.page, { page })),
      make(
        "span",
        { class: "dv-hit-text", lang: this.language },
        ...snippet.map(([text, isHit]) => (isHit ? make("mark", {}, text) : text)),
      ),
    );
    const element = make(
      "li",
      { "aria-posinset": number, "aria-setsize": this.hits.length },
      stop,
    );
    return { element, stop };
  }

  lay(number, item) {
    item.element.style.top = `${this.layout.top(number)}px`;
    item.element.style.height = `${this.layout.box(number)[1]}px`;
    this.point(number, item);
  }
}
