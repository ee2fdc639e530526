/**
 * The document viewer: starts on every .pat-documentviewer element.
 *
 * The element's data-pat-documentviewer holds what collective.documentviewer hands to
 * its viewer (height, width, sidebar, search, data) and `labels`, the translated words.
 */

import { fill, make, settled } from "./dom.js";
import { A4, WHOLE, WIDTH } from "./layout.js";
import { Pages } from "./pages.js";
import { Reading } from "./reading.js";
import { Search } from "./search.js";
import { Sidebar } from "./sidebar.js";
import { Texts, fetchJson, isUnfinished } from "./texts.js";
import { Thumbnails } from "./thumbnails.js";
import { Help, PageField, ZoomField, tool } from "./toolbar.js";

/** How often a running recognition is asked about, milliseconds. */
const POLL = 4000;
/** Narrower than this, the column at the left would leave no room: CSS pixels. */
const NARROW = 640;
const ADDRESS = /^#(document|search)\/p(\d+)(?:\/(.+))?$/;

const started = new WeakSet();
let number = 0;
let owner = null;

/** What the parts of the viewer share: addresses, sizes, texts, words. */
class Book {
  constructor(data, labels) {
    const { image, sizes, text, widths } = data.eakte;
    this.labels = labels;
    this.sizes = Array.from({ length: data.pages }, (_, index) => sizes[index] ?? A4);
    this.template = image;
    this.widths = [...widths].sort((a, b) => a - b);
    this.texts = new Texts(text);
  }

  /** Address of the smallest image that is wide enough, or of the widest there is. */
  image(page, pixels) {
    const width = this.widths.find((w) => w >= pixels * 0.95) ?? this.widths.at(-1);
    return this.template.replace("{page}", page).replace("{width}", width);
  }

  thumbnail(page) {
    return this.image(page, this.widths[0]);
  }
}

class Viewer {
  constructor(root) {
    const options = JSON.parse(root.dataset.patDocumentviewer);
    this.root = root;
    this.options = options;
    this.data = options.data;
    this.labels = options.labels;
    this.status = this.data.eakte.status;
    this.id = `dv-${(number += 1)}`;
    root.classList.add("dv");
    root.removeAttribute("aria-hidden");
    root.setAttribute("role", "region");
    root.setAttribute("aria-label", `${this.labels.viewer}: ${this.data.title}`);
    if (options.height) root.style.setProperty("--dv-height", `${options.height}px`);
    const width = options.width;
    if (width) root.style.maxWidth = /^\d+$/.test(width) ? `${width}px` : width;
    root.addEventListener("keydown", (event) => this.key(event));
    this.build();
    this.watch();
  }

  build() {
    const { labels, data } = this;
    this.notice = make("p", { class: "dv-notice", role: "status" });
    if (!data.pages) {
      this.empty = make("p", { class: "dv-empty", role: "status" });
      this.root.replaceChildren(this.empty);
      return;
    }
    this.book = new Book(data, labels);
    this.pages = new Pages(this.book, (page) => this.turnedTo(page));
    this.thumbnails = new Thumbnails(this.book, (page) => this.go(page));
    this.search = new Search(data.resources.search, labels, {
      onHits: (hits, current) => this.pages.setHits(hits, current),
      onHit: (page, box) => this.showHit(page, box),
      onAnswer: (asked) => this.sidebar.choose(asked ? "hits" : "pages"),
    });
    this.reading = new Reading(this.book);
    this.sidebar = new Sidebar(
      this.id,
      labels.sidebar,
      {
        pages: [labels.thumbnails, this.thumbnails.element],
        hits: [labels.hits, this.search.panel],
      },
      (open) => this.pagesTool.setAttribute("aria-expanded", String(open)),
    );
    this.help = new Help(labels);
    this.spoken = make("div", { class: "dv-unseen", "aria-live": "polite" });
    this.root.replaceChildren(
      this.tools(),
      this.notice,
      make(
        "div",
        { class: "dv-body" },
        this.sidebar.element,
        this.pages.element,
        this.reading.element,
      ),
      this.spoken,
      this.help.dialog,
    );
    this.search.element.hidden = this.options.search === false;
    this.sidebar.isOpen = Boolean(this.options.sidebar) && this.root.clientWidth > NARROW;
    this.pages.arrange();
    this.openAddress();
  }

  tools() {
    const { labels, data } = this;
    this.pagesTool = tool("pages", labels.sidebar, "S", () => this.toggleSidebar());
    this.textTool = tool("text", labels.text, "T", () => this.toggleText());
    this.textTool.setAttribute("aria-pressed", "false");
    this.pageField = new PageField(data.pages, labels, (page) => this.go(page));
    this.zoomField = new ZoomField(
      labels,
      () => this.pages.layout.factor(this.pages.current),
      (zoom) => this.pages.setZoom(zoom),
    );
    this.turnTool = tool("turn", labels.turn, "R", () => this.pages.turn());
    this.wholeTool = tool("whole", labels.full_screen, "F", () => this.toggleWhole());
    this.wholeTool.classList.add("dv-wide-only");
    const save = tool("save", labels.download, "", () => {
      window.location.assign(data.resources.pdf);
    });
    return make(
      "div",
      { class: "dv-tools", role: "group", "aria-label": labels.tools },
      make("div", { class: "dv-group" }, this.pagesTool),
      this.pageField.element,
      this.zoomField.element,
      make("div", { class: "dv-group dv-page-tools" }, this.turnTool, this.textTool),
      this.search.element,
      make(
        "div",
        { class: "dv-group dv-group-end" },
        save,
        this.wholeTool,
        tool("help", labels.shortcuts, "?", () => this.help.show()),
      ),
    );
  }

  /* Where the reader is */

  /** Keep the page number in the address, once the reader has come to rest. */
  writeAddress = settled(() => this.putAddress(), 200);

  /** Another page came before the reader, by scrolling or by a jump. */
  turnedTo(page) {
    this.pageField.set(page);
    this.thumbnails.setCurrent(page);
    if (this.isReading) this.reading.show(page, this.terms);
    this.writeAddress();
  }

  go(page) {
    this.pages.go(page);
    if (this.isReading) this.reading.show(this.pages.current, this.terms);
    this.speak();
  }

  speak() {
    const page = this.pages.current;
    this.spoken.textContent = fill(this.labels.page_of, {
      page,
      count: this.data.pages,
    });
  }

  showHit(page, box) {
    this.pages.reveal(page, box);
    if (this.isReading) this.reading.show(page, this.terms);
  }

  get terms() {
    return this.search.query.replaceAll('"', " ").split(/\s+/).filter(Boolean);
  }

  /** Go where the address says: documentviewer's #document/p12 or #search/p12/word. */
  openAddress() {
    if (!owner?.root.isConnected) owner = this;
    if (owner !== this) return;
    const [, kind, page, query] = ADDRESS.exec(window.location.hash) ?? [];
    if (!page) return;
    this.go(Number(page));
    if (kind === "search" && query) this.search.look(decodeURIComponent(query));
  }

  putAddress() {
    if (owner !== this) return;
    const { pathname, search } = window.location;
    const address = `${pathname}${search}#document/p${this.pages.current}`;
    window.history.replaceState(window.history.state, "", address);
  }

  /* What the reader switches */

  get isReading() {
    return !this.reading.element.hidden;
  }

  toggleText() {
    const reading = !this.isReading;
    const hadFocus = this.root.querySelector(".dv-body").contains(document.activeElement);
    this.reading.element.hidden = !reading;
    this.pages.element.classList.toggle("dv-behind", reading);
    this.pages.element.inert = reading;
    this.textTool.setAttribute("aria-pressed", String(reading));
    if (reading) this.reading.show(this.pages.current, this.terms);
    if (hadFocus) (reading ? this.reading : this.pages).element.focus();
  }

  toggleSidebar() {
    this.sidebar.isOpen = !this.sidebar.isOpen;
  }

  toggleWhole() {
    if (document.fullscreenElement) document.exitFullscreen();
    else this.root.requestFullscreen();
  }

  key(event) {
    if (!this.pages || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.closest("input, select, textarea")) {
      if (event.key === "Escape") this.pages.element.focus();
      return;
    }
    const { pages, zoomField } = this;
    const acts = {
      ArrowLeft: () => this.go(pages.current - 1),
      ArrowRight: () => this.go(pages.current + 1),
      Home: () => this.go(1),
      End: () => this.go(this.data.pages),
      "+": () => zoomField.step(1),
      "-": () => zoomField.step(-1),
      1: () => zoomField.set(1),
      w: () => zoomField.set(WIDTH),
      p: () => zoomField.set(WHOLE),
      r: () => pages.turn(),
      t: () => this.toggleText(),
      s: () => this.toggleSidebar(),
      f: () => this.toggleWhole(),
      g: () => this.pageField.field.focus(),
      n: () => this.search.step(event.shiftKey ? -1 : 1),
      "/": () => this.search.field.focus(),
      "?": () => this.help.show(),
    };
    const act = acts[event.key] ?? acts[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act();
  }

  /* Recognition that is still going on */

  watch() {
    this.tell(this.data.eakte);
    if (isUnfinished(this.status)) setTimeout(() => this.ask(), POLL);
    else if (this.status === "failed") this.ask();
  }

  async ask() {
    if (!this.root.isConnected) return;
    if (document.hidden) {
      setTimeout(() => this.ask(), POLL);
      return;
    }
    try {
      this.follow(await fetchJson(this.data.eakte.status_url));
    } catch (error) {
      console.warn("Document viewer: status", error);
    }
    if (isUnfinished(this.status)) setTimeout(() => this.ask(), POLL);
  }

  /** Take over what has become known; page count and texts arrive by themselves. */
  async follow(found) {
    const { eakte } = this.data;
    const isNew = found.status !== this.status || found.pages_done !== eakte.pages_done;
    this.status = found.status;
    Object.assign(eakte, found);
    this.tell(eakte);
    if (!this.data.pages && found.page_count) {
      this.data = await fetchJson(eakte.data_url);
      this.build();
      this.tell(this.data.eakte);
    } else if (isNew && this.pages) {
      this.book.texts.renew();
      this.pages.load();
      this.search.renew();
      if (this.isReading) this.reading.show(this.pages.current, this.terms);
    }
  }

  tell({ status, pages_done: page, problem }) {
    const { labels, data } = this;
    const reason = problem && `${problem.title}. ${problem.explanation}`;
    if (!data.pages) {
      const waiting = isUnfinished(status) ? labels.pages_waiting : labels.no_pages;
      this.empty.textContent = reason ?? waiting;
      return;
    }
    const sentence = {
      waiting: labels.recognition_waiting,
      running: fill(labels.recognition_running, { page, count: data.pages }),
      failed: reason ?? labels.recognition_failed,
    }[status];
    this.notice.hidden = !sentence;
    this.notice.textContent = sentence ?? "";
    this.notice.dataset.status = status;
  }
}

/** Start the viewers in a part of the document that do not run yet. */
export function start(part = document) {
  for (const root of part.querySelectorAll(".pat-documentviewer")) {
    if (started.has(root)) continue;
    started.add(root);
    new Viewer(root);
  }
}

window.addEventListener("hashchange", () => {
  owner?.openAddress();
});
start();
// A list that shows one item after the other puts in a new pane each time.
new MutationObserver((changes) => {
  if (changes.some((change) => change.addedNodes.length)) start();
}).observe(document.body, { childList: true, subtree: true });
