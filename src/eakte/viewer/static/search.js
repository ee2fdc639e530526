/* Searching in the document: the field, the list of hits, from hit to hit. */

import { fill, icon, make, settled } from "./dom.js";
import { Hits } from "./hits.js";
import { fetchJson } from "./texts.js";

/** Shorter words are on every page; the server does not look for them either. */
export const SHORTEST = 2;
const TYPING = 350;

/** Make a list of hits out of an answer: {page, nth, first, last, boxes, snippet}. */
function listed({ hits = {}, divided = {}, snippets = {} }) {
  const list = [];
  for (const page of Object.keys(hits).map(Number).sort((a, b) => a - b)) {
    const goesOn = new Set(divided[page] ?? []);
    let nth = 0;
    hits[page].forEach((box, index) => {
      if (goesOn.has(index) && nth) {
        list.at(-1).boxes.push(box);
        list.at(-1).last = index;
        return;
      }
      const snippet = snippets[page]?.[nth] ?? [];
      nth += 1;
      list.push({ page, nth, first: index, last: index, boxes: [box], snippet });
    });
  }
  return list;
}

export class Search {
  /**
   * `template` is the search address with {query}. `onHits(hits, current)` is told
   * what to mark, `onHit(hit)` what to bring into sight, `onAnswer(asked)` that the
   * list has changed: hits are asked for, or no longer; `say(sentence)` speaks.
   * `page()` is where the reader is.
   */
  constructor(template, book, { onHits, onHit, onAnswer, say, page }) {
    const { labels } = book;
    Object.assign(this, { template, labels, onHits, onHit, onAnswer, say, page });
    this.query = "";
    this.hits = [];
    this.index = -1;
    this.wanted = null;
    this.field = make("input", {
      type: "search",
      class: "dv-field dv-query",
      placeholder: labels.search,
      "aria-label": labels.search,
      "aria-keyshortcuts": "/",
      autocomplete: "off",
      spellcheck: "false",
      maxlength: "200",
      input: settled(() => this.find(), TYPING),
      keydown: (event) => this.key(event),
    });
    this.state = make("span", { class: "dv-found" });
    this.back = this.stepper("previous", labels.previous_hit, "⇧ N", -1);
    this.forth = this.stepper("next", labels.next_hit, "N", 1);
    this.element = make(
      "form",
      { class: "dv-search", role: "search", submit: (event) => event.preventDefault() },
      icon("search"),
      this.field,
      this.state,
      this.back,
      this.forth,
    );
    this.list = new Hits(labels, book.language, (index) => this.choose(index));
    this.count();
  }

  stepper(name, label, key, step) {
    return make(
      "button",
      {
        type: "button",
        class: "dv-button",
        title: `${label} (${key})`,
        "aria-label": label,
        click: () => this.step(step),
      },
      icon(name),
    );
  }

  key(event) {
    if (event.key === "Enter") {
      event.preventDefault();
      if (this.field.value.trim() === this.query && this.hits.length) {
        this.step(event.shiftKey ? -1 : 1);
      } else {
        this.find();
      }
    } else if (event.key === "Escape" && this.field.value) {
      event.preventDefault();
      event.stopPropagation();
      this.clear();
    }
  }

  /** Look for a term as if the reader had typed it; then go to `place`'s hit. */
  look(query, place) {
    this.field.value = query;
    this.wanted = place;
    if (query.trim() === this.query) this.begin();
    else this.find();
  }

  clear() {
    this.field.value = "";
    this.find();
  }

  get isAsked() {
    return this.query.length >= SHORTEST;
  }

  get current() {
    return this.hits[this.index] ?? null;
  }

  async find({ again = false } = {}) {
    const query = this.field.value.trim();
    if (query === this.query && !again) return;
    this.running?.abort();
    this.query = query;
    if (!this.isAsked) {
      this.take({});
      return;
    }
    this.running = new AbortController();
    const { signal } = this.running;
    const address = this.template.replace("{query}", encodeURIComponent(query));
    try {
      const found = await fetchJson(address, { signal });
      if (!signal.aborted) this.take(found, again);
    } catch (error) {
      if (!signal.aborted) this.fail(error);
    }
  }

  take(found, again = false) {
    const standing = again ? this.current : null;
    const had = this.hits.length;
    this.pages = found.hits ?? {};
    this.truncated = Boolean(found.truncated);
    this.hits = listed(found);
    this.index = standing
      ? this.hits.findIndex((h) => h.page === standing.page && h.nth === standing.nth)
      : -1;
    const { labels } = this;
    this.list.fill(this.hits, this.isAsked ? labels.no_hits : labels.search_hint);
    if (this.index >= 0) this.list.setCurrent(this.index + 1);
    this.count();
    this.onHits(this.pages, this.current);
    if (again) {
      // More has been recognised meanwhile; who reads is not led elsewhere.
      if (this.hits.length !== had) this.say(this.total());
      return;
    }
    this.onAnswer(this.isAsked);
    if (this.hits.length) this.begin();
    else if (this.isAsked) this.say(labels.no_hits);
  }

  /** Go to the hit that the address names, or to the next from where the reader is. */
  begin() {
    const { page, nth } = this.wanted ?? { page: this.page(), nth: 1 };
    this.wanted = null;
    const exact = this.hits.findIndex((hit) => hit.page === page && hit.nth === nth);
    const next = this.hits.findIndex((hit) => hit.page >= page);
    if (this.hits.length) this.choose(Math.max(exact >= 0 ? exact : next, 0));
  }

  fail(error) {
    console.error("Document viewer: search", error);
    this.pages = {};
    this.hits = [];
    this.index = -1;
    this.query = "";
    this.list.fill([], this.labels.search_failed);
    this.count();
    this.state.textContent = this.labels.search_failed;
    this.say(this.labels.search_failed);
    this.onHits({}, null);
  }

  /** Again with the same words: recognition has gone on meanwhile. */
  renew() {
    if (this.isAsked) this.find({ again: true });
  }

  step(step) {
    if (!this.hits.length) return;
    const from = this.index < 0 && step < 0 ? 0 : this.index;
    this.choose((from + step + this.hits.length) % this.hits.length);
  }

  choose(index) {
    this.index = index;
    const hit = this.current;
    this.list.setCurrent(index + 1);
    this.count();
    this.onHits(this.pages, hit);
    this.onHit(hit);
    this.say(fill(this.labels.hit_spoken, { hit: index + 1, ...this.totals, ...hit }));
  }

  get totals() {
    return { hits: this.truncated ? `${this.hits.length}+` : this.hits.length };
  }

  total() {
    const { labels, hits } = this;
    return fill(hits.length === 1 ? labels.one_hit : labels.some_hits, this.totals);
  }

  count() {
    const { labels, hits } = this;
    let text = "";
    if (this.isAsked && !hits.length) text = labels.no_hits;
    else if (hits.length && this.index < 0) text = this.total();
    else if (hits.length) text = fill(labels.hit_of, { hit: this.index + 1, ...this.totals });
    this.state.textContent = text;
    this.back.disabled = this.forth.disabled = !hits.length;
  }
}
