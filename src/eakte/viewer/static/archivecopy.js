/* The searchable PDF/A: made when somebody asks for it, and saved once it is there. */

import { fill, make } from "./dom.js";
import { fetchJson } from "./texts.js";

/** Milliseconds between two questions, growing from the first to the second. */
const SOON = 800;
const LATE = 6000;
/** Most pages that are named of those that something is said about. */
const NAMED = 10;

const UNFINISHED = new Set(["waiting", "running"]);

export class ArchiveCopy {
  /** `authenticator` is Plone's token, without which nothing is begun. */
  constructor(address, labels, authenticator) {
    Object.assign(this, { address, labels, authenticator });
    this.isWanted = false;
    this.button = make(
      "button",
      { type: "button", class: "dv-menu-entry", click: () => this.want() },
      make("strong", {}, labels.save_archive),
      make("span", {}, labels.save_archive_hint),
    );
    this.bar = make("progress", {
      class: "dv-progress",
      "aria-label": labels.save_archive,
      hidden: true,
    });
    this.state = make("p", { class: "dv-menu-state", role: "status" });
    this.element = make("div", {}, this.button, this.bar, this.state);
  }

  /** Ask how far it is; nothing is begun. */
  look() {
    return this.ask();
  }

  /** Have it made, and saved as soon as it is there. */
  want() {
    this.isWanted = true;
    if (this.known?.status === "ready") this.take(this.known);
    else if (!UNFINISHED.has(this.known?.status)) this.ask({ method: "POST" });
    else this.take(this.known);
  }

  async ask({ method = "GET" } = {}) {
    clearTimeout(this.timer);
    const body = new URLSearchParams({ _authenticator: this.authenticator });
    try {
      this.take(await fetchJson(this.address, method === "POST" ? { method, body } : {}));
    } catch (error) {
      console.warn("Document viewer: archive copy", error);
      this.isWanted = false;
      this.tell(method === "POST" ? this.labels.archive_unavailable : "", null);
    }
  }

  take(found) {
    const hasMoved = found.pages_done !== this.known?.pages_done;
    this.known = found;
    const { labels } = this;
    const { status, pages_done: page, page_count: count, address, problem } = found;
    if (status === "ready") {
      const findings = (found.findings ?? []).map(inWords);
      this.tell([labels.archive_ready, ...findings].join(" "), null);
      if (this.isWanted) {
        this.isWanted = false;
        window.location.assign(address);
      }
    } else if (status === "failed") {
      this.isWanted = false;
      const reason = problem ? `${problem.title}. ${problem.explanation}` : "";
      this.tell(`${labels.archive_failed} ${reason}`.trim(), null);
    } else if (status === "running") {
      this.tell(fill(labels.archive_running, { page, count }), [page, count]);
    } else if (status === "waiting") {
      this.tell(labels.archive_waiting, []);
    } else {
      this.tell("", null);
    }
    if (UNFINISHED.has(status)) this.askLater(hasMoved);
  }

  askLater(hasMoved) {
    this.wait = hasMoved ? SOON : Math.min((this.wait ?? SOON) * 1.5, LATE);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (this.element.isConnected) this.ask();
    }, this.wait);
  }

  /** `progress` is [pages done, pages], empty while that is not known, or null. */
  tell(sentence, progress) {
    this.state.textContent = sentence;
    this.bar.hidden = progress === null;
    const [done, count] = progress ?? [];
    if (count) {
      this.bar.max = count;
      this.bar.value = done;
    } else {
      this.bar.removeAttribute("value");
    }
  }
}

/** What is to be known of a copy, and of which pages. */
function inWords({ title, explanation, pages = [] }) {
  const named = pages.slice(0, NAMED).join(", ") + (pages.length > NAMED ? " …" : "");
  return `${title}${named && ` (${named})`}. ${explanation}`;
}
