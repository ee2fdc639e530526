/* A column as high as all that stands in it, holding only what is in sight. */

import { settled } from "./dom.js";

/** Wait before loading while the reader flies through the column, milliseconds. */
const REST = 140;

/**
 * What pages, small pages and hits have in common. A subclass says what stands there:
 *
 * - `create(number)` makes an item, an object with an `element`;
 * - `lay(number, item)` puts it at its place;
 * - `load()` fetches what the items in sight are to show;
 * - `resized()` is told when the column got another size.
 */
export class Column {
  /**
   * `element` scrolls, `holder` in it is as high as all; `reach` is how much above
   * and below the sight is kept too, in heights of the sight.
   */
  constructor(element, holder, layout, reach = 0) {
    this.element = element;
    this.holder = holder;
    this.layout = layout;
    this.reach = reach;
    this.items = new Map();
    this.loadSoon = settled(() => this.load(), REST);
    element.addEventListener("scroll", () => this.scrolled());
    this.sized = new ResizeObserver(() => this.resized());
    this.sized.observe(element);
  }

  /** Whether there is a column to be looked at: it is shown, and not empty. */
  get isInSight() {
    return this.element.clientHeight > 0 && this.layout.count > 0;
  }

  /** Kept although it is out of sight: the stop of the Tab key, for example. */
  isKept() {
    return false;
  }

  load() {}

  scrolled() {
    const top = this.element.scrollTop;
    const leap = Math.abs(top - (this.lastTop ?? 0)) > this.element.clientHeight / 2;
    this.lastTop = top;
    this.show();
    if (leap) this.loadSoon();
    else this.load();
  }

  /** First and last number in sight, with what is kept above and below. */
  sight(reach = this.reach) {
    const { scrollTop, clientHeight } = this.element;
    const height = clientHeight * (1 + 2 * reach);
    return this.layout.between(scrollTop - clientHeight * reach, height);
  }

  /** Have items for what is in sight, and no others. */
  show() {
    if (!this.isInSight) return;
    const [first, last] = this.sight();
    for (const [number, item] of this.items) {
      const isOut = number < first || number > last;
      if (isOut && !this.isKept(number)) this.drop(number, item);
    }
    for (let number = first; number <= last; number += 1) this.add(number);
  }

  add(number) {
    if (this.items.has(number)) return;
    const item = this.create(number);
    const after = [...this.items.keys()].filter((other) => other > number);
    const next = after.length ? this.items.get(Math.min(...after)).element : null;
    this.items.set(number, item);
    this.lay(number, item);
    this.holder.insertBefore(item.element, next);
  }

  drop(number, item) {
    item.element.remove();
    this.items.delete(number);
  }

  clear() {
    for (const [number, item] of this.items) this.drop(number, item);
  }

  /** Scroll no further than needed to have a row in sight, with the gap around it. */
  bringIntoSight(number) {
    const { element, layout } = this;
    if (!this.isInSight) return;
    const top = layout.top(number) - layout.gap;
    const bottom = top + layout.box(number)[1] + 2 * layout.gap;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (bottom > element.scrollTop + element.clientHeight) {
      element.scrollTop = bottom - element.clientHeight;
    }
  }
}

const STEPS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/** A column of which one entry is the current one, and the stop of the Tab key. */
export class List extends Column {
  constructor(element, holder, layout) {
    super(element, holder, layout);
    this.current = 1;
    element.addEventListener("keydown", (event) => this.walk(event));
  }

  isKept(number) {
    return number === this.current;
  }

  resized() {
    if (!this.isInSight) return;
    this.bringIntoSight(this.current);
    this.show();
    this.load();
  }

  show() {
    super.show();
    if (this.isInSight) this.add(this.current);
  }

  setCurrent(number) {
    const hadFocus = this.holder.contains(document.activeElement);
    this.current = number;
    this.bringIntoSight(number);
    this.show();
    for (const [other, item] of this.items) this.point(other, item);
    // Whoever is in the list goes along: the former entry may be gone.
    if (hadFocus) this.items.get(number)?.stop.focus({ preventScroll: true });
    this.loadSoon();
  }

  /** Show whether an item is the current one. */
  point(number, { stop }) {
    const isCurrent = number === this.current;
    stop.tabIndex = isCurrent ? 0 : -1;
    if (isCurrent) stop.setAttribute("aria-current", this.kind);
    else stop.removeAttribute("aria-current");
  }

  /** Arrow keys go through the entries. */
  walk(event) {
    const step = STEPS[event.key];
    if (!step || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    this.choose(Math.min(Math.max(1, this.current + step), this.layout.count));
  }
}
