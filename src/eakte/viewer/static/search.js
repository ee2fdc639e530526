/* Searching in the document: the field, the list of pages with hits, from hit to hit. */

import { fill, icon, make, settled } from "./dom.js";
import { fetchJson } from "./texts.js";

/** Shorter words are on every page; the server does not look for them either. */
export const SHORTEST = 2;
const TYPING = 350;

export class Search {
  /**
   * `template` is the search address with {query}. `onHits(hits, current)` is told
   * what to mark, `onHit(page, box)` what to bring into sight, `onAnswer(asked)` that
   * the list has changed: hits are asked for, or no longer.
   */
  constructor(template, labels, { onHits, onHit, onAnswer }) {
    Object.assign(this, { template, labels, onHits, onHit, onAnswer });
    this.query = "";
    this.hits = [];
    this.index = -1;
    this.field = make("input", {
      type: "search",
      class: "dv-field dv-query",
      placeholder: labels.search,
      "aria-label": labels.search,
      autocomplete: "off",
      spellcheck: "false",
      maxlength: "200",
      input: settled(() => this.find(), TYPING),
      keydown: (event) => this.key(event),
    });
    this.state = make("output", { class: "dv-found" });
    this.back = this.stepper("previous", labels.previous_hit, -1);
    this.forth = this.stepper("next", labels.next_hit, 1);
    this.element = make(
      "form",
      { class: "dv-search", role: "search", submit: (event) => event.preventDefault() },
      icon("search"),
      this.field,
      this.state,
      this.back,
      this.forth,
    );
    this.list = make("ol", { class: "dv-hits", "aria-label": labels.hits });
    this.nothing = make("p", { class: "dv-hits-none" }, labels.search_hint);
    this.panel = make("div", { class: "dv-hits-panel" }, this.nothing, this.list);
    this.show();
  }

  stepper(name, label, step) {
    return make(
      "button",
      {
        type: "button",
        class: "dv-button",
        title: label,
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

  /** Look for a term as if the reader had typed it. */
  look(query) {
    this.field.value = query;
    return this.find();
  }

  clear() {
    this.field.value = "";
    this.find();
  }

  async find({ again = false } = {}) {
    const query = this.field.value.trim();
    if (query === this.query && !again) return;
    this.running?.abort();
    this.query = query;
    if (query.length < SHORTEST) {
      this.take({ hits: {} });
      return;
    }
    this.running = new AbortController();
    const { signal } = this.running;
    const address = this.template.replace("{query}", encodeURIComponent(query));
    try {
      const found = await fetchJson(address, signal);
      if (!signal.aborted) this.take(found, again);
    } catch (error) {
      if (!signal.aborted) this.fail(error);
    }
  }

  take(found, again = false) {
    const standing = again ? this.hits[this.index] : null;
    this.pages = found.hits ?? {};
    this.snippets = found.snippets ?? {};
    this.truncated = Boolean(found.truncated);
    const numbers = Object.keys(this.pages).map(Number);
    this.hits = numbers
      .sort((a, b) => a - b)
      .flatMap((page) => this.pages[page].map((box, index) => ({ page, index, box })));
    this.index = standing
      ? this.hits.findIndex((h) => h.page === standing.page && h.index === standing.index)
      : -1;
    this.show(numbers);
    this.onHits(this.pages, this.hits[this.index] ?? null);
    if (again) return;
    this.onAnswer(this.query.length >= SHORTEST);
    this.step(1);
  }

  fail(error) {
    console.error("Document viewer: search", error);
    this.pages = {};
    this.hits = [];
    this.index = -1;
    this.query = "";
    this.show([]);
    this.state.textContent = this.labels.search_failed;
    this.onHits({}, null);
  }

  /** Again with the same words: recognition has gone on meanwhile. */
  renew() {
    if (this.query.length >= SHORTEST) this.find({ again: true });
  }

  step(step) {
    if (!this.hits.length) return;
    const from = this.index < 0 && step < 0 ? 0 : this.index;
    this.choose((from + step + this.hits.length) % this.hits.length);
  }

  choose(index) {
    this.index = index;
    const hit = this.hits[index];
    this.count();
    for (const entry of this.list.querySelectorAll("[aria-current]")) {
      entry.removeAttribute("aria-current");
    }
    const entry = this.list.querySelector(`[data-page="${hit.page}"]`);
    entry?.setAttribute("aria-current", "true");
    if (entry) this.bringIntoSight(entry);
    this.onHits(this.pages, hit);
    this.onHit(hit.page, hit.box);
  }

  /** Scroll the list only: the page around must not jump while somebody types. */
  bringIntoSight(entry) {
    const { panel } = this;
    const bottom = entry.offsetTop + entry.offsetHeight;
    if (entry.offsetTop < panel.scrollTop) panel.scrollTop = entry.offsetTop;
    else if (bottom > panel.scrollTop + panel.clientHeight) {
      panel.scrollTop = bottom - panel.clientHeight;
    }
  }

  count() {
    const { labels, hits } = this;
    const total = this.truncated ? `${hits.length}+` : hits.length;
    let text = "";
    if (this.query.length >= SHORTEST) {
      text = hits.length
        ? fill(labels.hit_of, { hit: this.index + 1, hits: total })
        : labels.no_hits;
    }
    this.state.textContent = text;
    this.back.disabled = this.forth.disabled = !hits.length;
  }

  show(numbers = []) {
    this.count();
    const asked = this.query.length >= SHORTEST;
    this.nothing.hidden = numbers.length > 0;
    this.nothing.textContent = asked ? this.labels.no_hits : this.labels.search_hint;
    this.list.replaceChildren(...numbers.map((page) => this.entry(page)));
  }

  entry(page) {
    const hits = this.pages[page].length;
    const label = fill(hits === 1 ? this.labels.one_hit : this.labels.some_hits, { hits });
    return make(
      "li",
      {},
      make(
        "button",
        {
          type: "button",
          class: "dv-hit",
          "data-page": page,
          click: () => this.choose(this.hits.findIndex((hit) => hit.page === page)),
        },
        make(
          "span",
          { class: "dv-hit-page" },
          make("strong", {}, fill(this.labels.page, { page })),
          make("span", {}, label),
        ),
        make("span", { class: "dv-hit-text" }, ...this.marked(this.snippets[page])),
      ),
    );
  }

  /** A snippet is [[text, is a hit], …]. */
  marked(snippet = []) {
    return snippet.map(([text, isHit]) => (isHit ? make("mark", {}, text) : text));
  }
}
