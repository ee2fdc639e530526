/* How recognition of the files goes: asked a few at a time, while the page is seen. */

/** Between two rounds, milliseconds. */
const ROUND = 3000;
const A_ROUND = 8;
const ENDED = new Set(["done", "failed", "none"]);

export class Reading {
  constructor() {
    this.rows = [];
    this.timer = 0;
  }

  /** Follow the letter at the address and tell its row. */
  follow(row, address) {
    this.rows.push({ row, address });
    if (!this.timer) this.timer = setTimeout(() => this.round(), ROUND / 3);
  }

  async round() {
    if (!document.hidden) {
      const asked = this.rows.splice(0, A_ROUND);
      const open = await Promise.all(asked.map((each) => this.ask(each)));
      this.rows.push(...open.filter(Boolean));
    }
    this.timer = this.rows.length ? setTimeout(() => this.round(), ROUND) : 0;
  }

  /** Tell the row; give it back when there is more to come. */
  async ask(followed) {
    try {
      const answer = await fetch(`${followed.address}/@@scan-status`, {
        headers: { Accept: "application/json" },
        credentials: "same-origin",
      });
      // Another person may have sent the letter on, out of sight.
      if (!answer.ok) return null;
      const status = await answer.json();
      followed.row.recognised(status);
      return ENDED.has(status.status) ? null : followed;
    } catch {
      return followed;
    }
  }
}
