/* Which file is sent next: one after the other, with a pause. Knows no page. */

/** Files sent at once: the letters are numbered in the order of the files. */
const AT_ONCE = 1;

/**
 * A queue of entries. `send(entry)` returns a promise that is settled when the
 * entry is through, be it taken in or failed.
 */
export class Queue {
  constructor(send) {
    this.send = send;
    this.waiting = [];
    this.sending = new Set();
    this.paused = false;
  }

  get busy() {
    return this.sending.size > 0 || this.waiting.length > 0;
  }

  add(entry) {
    this.waiting.push(entry);
    this.next();
  }

  /** Take an entry out that is not being sent; say whether it was there. */
  remove(entry) {
    const place = this.waiting.indexOf(entry);
    if (place >= 0) this.waiting.splice(place, 1);
    return place >= 0;
  }

  /** Send nothing further; what is being sent is sent to its end. */
  pause() {
    this.paused = true;
  }

  resume() {
    this.paused = false;
    this.next();
  }

  next() {
    while (!this.paused && this.sending.size < AT_ONCE && this.waiting.length) {
      const entry = this.waiting.shift();
      this.sending.add(entry);
      this.send(entry).finally(() => {
        this.sending.delete(entry);
        this.next();
      });
    }
  }
}
