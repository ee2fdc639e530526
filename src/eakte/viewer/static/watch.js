/* Recognition that goes on while somebody reads: asked about, ever less often. */

import { fetchJson } from "./texts.js";

/** Milliseconds until the first question, and at most between two. */
const FIRST = 2000;
const LONGEST = 30_000;
const SLOWER = 1.4;

/**
 * Ask an address again and again, while `isWanted()`.
 *
 * `onAnswer(answer)` says whether something has changed: then the next question comes
 * soon again. Nobody is asked while the window is hidden.
 */
export class Watch {
  constructor(address, isWanted, onAnswer) {
    Object.assign(this, { address, isWanted, onAnswer, wait: FIRST });
  }

  start() {
    clearTimeout(this.timer);
    if (this.isWanted()) this.timer = setTimeout(() => this.ask(), this.wait);
  }

  /** Something was set off: the first question comes soon. */
  startAnew() {
    this.wait = FIRST;
    this.start();
  }

  async ask() {
    if (!document.hidden) {
      try {
        const hasChanged = await this.onAnswer(await fetchJson(this.address));
        this.wait = hasChanged ? FIRST : Math.min(this.wait * SLOWER, LONGEST);
      } catch (error) {
        this.wait = Math.min(this.wait * 2, LONGEST);
        console.warn("Document viewer: status", error);
      }
    }
    this.start();
  }
}
