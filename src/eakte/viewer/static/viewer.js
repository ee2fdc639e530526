/**
 * The document viewer: starts on every .pat-documentviewer element.
 *
 * The element's data-pat-documentviewer holds what collective.documentviewer hands to
 * its viewer (height, width, sidebar, search, data), `labels`, the translated words,
 * and `authenticator`, Plone's token for what changes something.
 */

import { Book } from "./book.js";
import { fill, make } from "./dom.js";
import { PageField, ZoomField } from "./fields.js";
import { Findings } from "./findings.js";
import { helpDialog } from "./help.js";
import { actFor, shortcuts } from "./keys.js";
import { FITS, WIDTH } from "./layout.js";
import { recalled, remember } from "./memory.js";
import { Pages } from "./pages.js";
import { Place } from "./place.js";
import { Printing } from "./printing.js";
import { Reading } from "./reading.js";
import { Recognition } from "./recognition.js";
import { SaveMenu } from "./saving.js";
import { Search } from "./search.js";
import { Sidebar } from "./sidebar.js";
import { Thumbnails } from "./thumbnails.js";
import { Toolbar, tool } from "./toolbar.js";

/** Narrower than this, the column at the left would leave no room: CSS pixels. */
const NARROW = 640;
/** How long a message stays to be seen, milliseconds. */
const MESSAGE = 4000;

const started = new WeakSet();
let number = 0;

class Viewer {
  constructor(root) {
    const options = JSON.parse(root.dataset.patDocumentviewer);
    this.root = root;
    this.options = options;
    this.data = options.data;
    this.labels = options.labels;
    this.id = `dv-${(number += 1)}`;
    root.classList.add("dv");
    root.removeAttribute("aria-hidden");
    root.setAttribute("role", "region");
    root.setAttribute("aria-label", `${this.labels.viewer}: ${this.data.title}`);
    if (options.height) root.style.setProperty("--dv-height", `${options.height}px`);
    const width = options.width;
    if (width) root.style.maxWidth = /^\d+$/.test(width) ? `${width}px` : width;
    root.addEventListener("keydown", (event) => this.key(event));
    root.addEventListener("mousedown", (event) => this.keepKeys(event));
    this.place = new Place(this);
    this.recognition = new Recognition(this);
    this.build();
    this.recognition.start();
  }

  build() {
    const { labels, data } = this;
    this.notice = make("p", { class: "dv-notice", role: "status" });
    if (!data.pages) {
      this.empty = make("p", { class: "dv-empty", role: "status" });
      this.root.replaceChildren(this.empty);
      this.recognition.tell();
      return;
    }
    this.book = new Book(data, labels);
    const { book } = this;
    this.pages = new Pages(book, {
      onPage: (page) => this.turnedTo(page),
      onZoom: (zoom) => this.zoomField.show(zoom),
      onUpright: (page) => this.thumbnails.turn(page),
    });
    this.thumbnails = new Thumbnails(book, (page) => this.go(page));
    this.search = new Search(data.resources.search, book, {
      onHits: (hits, current) => this.pages.setHits(hits, current),
      onHit: (hit) => this.showHit(hit),
      onAnswer: (asked) => {
        this.sidebar.choose(asked ? "hits" : "pages");
        if (!asked) this.place.write();
      },
      say: (sentence) => this.say(sentence),
      page: () => this.pages.current,
    });
    this.reading = new Reading(book, {
      onStep: (direction) => this.go(this.pages.current + direction),
      onAgain: this.mayReadAgain ? () => this.recognition.readAgain() : null,
    });
    this.findings = new Findings(book, (page) => this.go(page));
    this.printing = new Printing(this.id, book, this.pages, this.options);
    this.sidebar = new Sidebar(
      this.id,
      labels.sidebar,
      {
        pages: [labels.thumbnails, this.thumbnails.element],
        hits: [labels.hits, this.search.list.element],
      },
      (open) => this.pagesTool.setAttribute("aria-expanded", String(open)),
    );
    this.spoken = make("div", { class: "dv-unseen", "aria-live": "polite" });
    this.message = make("p", { class: "dv-message", "aria-hidden": "true", hidden: true });
    const head = make("div", { class: "dv-head" }, this.tools(), this.search.element);
    this.shortcuts = shortcuts(this);
    this.help = helpDialog(
      labels,
      this.shortcuts.map(([, keys, meaning]) => [keys, meaning]),
    );
    this.root.replaceChildren(
      head,
      this.notice,
      this.findings.element,
      make(
        "div",
        { class: "dv-body" },
        this.sidebar.element,
        this.pages.element,
        this.reading.element,
      ),
      this.message,
      this.spoken,
      this.help,
      this.printing.dialog,
    );
    this.search.element.hidden = this.options.search === false;
    this.recall();
    this.recognition.tell();
    this.pages.arrange();
    this.place.open();
  }

  /** Take up what this person has chosen before. */
  recall() {
    const fit = recalled("fit", WIDTH);
    this.pages.zoom = FITS.includes(fit) || fit === 1 ? fit : WIDTH;
    this.zoomField.show(this.pages.zoom);
    this.fitRoom();
    new ResizeObserver(() => this.fitRoom()).observe(this.root);
  }

  /** A browser that zooms leaves little room: only pages then, and one at a time. */
  fitRoom() {
    const isWide = this.root.clientWidth > NARROW;
    if (isWide === this.isWide) return;
    this.isWide = isWide;
    const isOpen = recalled("sidebar", Boolean(this.options.sidebar));
    this.sidebar.isOpen = isWide ? isOpen : this.sidebar.hasFocus;
    this.setSpread(isWide && recalled("spread", false));
  }

  tools() {
    const { labels, data, options } = this;
    const group = (label, ...content) =>
      make("div", { class: "dv-group", role: "group", "aria-label": label }, ...content);
    this.pagesTool = tool("pages", labels.sidebar, "S", () => this.toggleSidebar());
    this.pageField = new PageField(data.pages, labels, {
      onGo: (page) => this.go(page),
      onStep: (direction) => this.step(direction),
    });
    this.zoomField = new ZoomField(
      labels,
      () => this.pages.layout.factor(this.pages.current),
      (zoom) => this.setZoom(zoom),
    );
    this.spreadTool = tool("spread", labels.spread, "2", () => this.toggleSpread());
    this.turnTool = tool("turn", labels.turn, "R", () => this.pages.turn());
    this.textTool = tool("text", labels.text_tool, "T", () => this.toggleText());
    this.textTool.setAttribute("aria-pressed", "false");
    this.wholeTool = tool("whole", labels.full_screen, "F", () => this.toggleWhole());
    this.saving = new SaveMenu(`${this.id}-save`, data, labels, options.authenticator);
    for (const wide of [this.spreadTool, this.wholeTool]) wide.classList.add("dv-wide-only");
    const view = group(labels.view, this.spreadTool, this.turnTool, this.textTool);
    view.classList.add("dv-page-tools");
    if (this.mayReadAgain) view.append(this.againTool());
    const more = group(
      labels.document,
      tool("link", labels.copy_link, "L", () => this.place.copy()),
      tool("print", labels.print, "D", () => this.printing.open()),
      this.saving.element,
      this.wholeTool,
      tool("help", labels.shortcuts, "?", () => this.help.showModal()),
    );
    this.toolbar = new Toolbar(
      labels.tools,
      this.pagesTool,
      this.pageField.element,
      view,
      this.zoomField.element,
      more,
    );
    return this.toolbar.element;
  }

  /** Whether this person may have a page recognised anew. */
  get mayReadAgain() {
    return Boolean(this.data.eakte.retry_url);
  }

  /** Where there is little room, the button under the text does it. */
  againTool() {
    const act = () => this.recognition.readAgain();
    const again = tool("again", this.labels.page_again, "⇧ A", act);
    again.classList.add("dv-wide-only");
    return again;
  }

  /* Where the reader is */

  /** Another page came before the reader, by scrolling or by a jump. */
  turnedTo(page) {
    this.pageField.set(page);
    this.thumbnails.setCurrent(page);
    this.findings.show(page);
    if (this.isReading) this.reading.show(page, this.terms);
    this.place.write();
  }

  go(page) {
    this.pages.go(page);
    this.tellPage();
  }

  step(direction) {
    if (this.isReading) this.pages.go(this.pages.current + direction);
    else this.pages.step(direction);
    this.tellPage();
  }

  tellPage() {
    const page = this.pages.current;
    this.say(fill(this.labels.page_of, { page, count: this.data.pages }));
  }

  /**
   * Have a sentence spoken; `isShown` shows it for a while too. What the notice above
   * the pages tells already is not spoken a second time.
   */
  say(sentence, { isShown = false } = {}) {
    this.spoken.textContent = this.notice.textContent === sentence ? "" : sentence;
    if (!isShown) return;
    this.message.textContent = sentence;
    this.message.hidden = false;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (this.message.hidden = true), MESSAGE);
  }

  showHit(hit) {
    this.pages.reveal(hit.page, hit.boxes[0]);
    if (this.isReading) this.reading.show(hit.page, this.terms);
    this.place.write();
  }

  get terms() {
    return this.search.query.replaceAll('"', " ").split(/\s+/).filter(Boolean);
  }

  /* What the reader switches */

  setZoom(zoom) {
    this.pages.setZoom(zoom);
    if (FITS.includes(zoom) || zoom === 1) remember("fit", zoom);
  }

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
    remember("sidebar", this.sidebar.isOpen);
  }

  setSpread(isSpread) {
    this.spreadTool.setAttribute("aria-pressed", String(isSpread));
    this.pages.setAbreast(isSpread ? 2 : 1);
  }

  toggleSpread() {
    const isSpread = this.pages.abreast === 1;
    this.setSpread(isSpread);
    remember("spread", isSpread);
  }

  toggleWhole() {
    if (document.fullscreenElement) document.exitFullscreen();
    else this.root.requestFullscreen();
  }

  /** A click on a tool leaves the keys where they are, or gives them to the pages. */
  keepKeys(event) {
    const isTool = event.target.closest(".dv-tools button, .dv-search button");
    if (!isTool || event.target.closest(".dv-menu")) return;
    event.preventDefault();
    if (this.root.contains(document.activeElement)) return;
    (this.isReading ? this.reading : this.pages).element.focus({ preventScroll: true });
  }

  key(event) {
    if (!this.pages || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.closest("input, select, textarea")) {
      if (event.key === "Escape") this.pages.element.focus();
      return;
    }
    const act = actFor(event, this.shortcuts);
    if (!act) return;
    event.preventDefault();
    act();
  }

  /* What arrives while somebody reads */

  renewFindings() {
    this.findings.renew(this.pages.current);
    this.thumbnails.renew();
    this.pages.renewHints();
  }

  renewTexts() {
    this.book.texts.renew();
    this.pages.load();
    this.search.renew();
    if (this.isReading) this.reading.show(this.pages.current, this.terms);
  }
}

/** Start the viewers in a part of the document that do not run yet. */
export function start(part = document) {
  for (const root of part.querySelectorAll(".pat-documentviewer")) {
    if (!started.has(root)) new Viewer(root);
    started.add(root);
  }
}

start();
// A list that shows one item after the other puts in a new pane each time.
new MutationObserver((changes) => {
  if (changes.some((change) => change.addedNodes.length)) start();
}).observe(document.body, { childList: true, subtree: true });
