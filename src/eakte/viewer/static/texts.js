/* The recognised text of the pages, fetched once it is looked at. */

const KEPT = 60;
/** Wait before a text that could not be fetched is asked for again, milliseconds. */
const RETRY = 5000;
const UNFINISHED = new Set(["waiting", "running"]);

export function isUnfinished(status) {
  return UNFINISHED.has(status);
}

/** An answer that is not what was asked for; `status` is HTTP's. */
export class Refused extends Error {
  constructor(status, address) {
    super(`${status} ${address}`);
    this.status = status;
  }
}

/** Fetch JSON; a login page that came in its place is an error too. */
export async function fetchJson(address, options = {}) {
  const answer = await fetch(address, {
    headers: { Accept: "application/json" },
    credentials: "same-origin",
    ...options,
  });
  const type = answer.headers.get("Content-Type") ?? "";
  if (!answer.ok || !type.includes("json")) throw new Refused(answer.status, address);
  return answer.json();
}

/** The page texts of one document; the latest ones are kept. */
export class Texts {
  constructor(template) {
    this.template = template;
    this.kept = new Map();
    this.unfinished = new Set();
  }

  /**
   * The text of a page: {text, words, status}, or null when it cannot be had.
   *
   * Words are [text, left, top, right, bottom, confidence]; the box as fractions
   * of the page as it is displayed, origin top left.
   */
  get(page) {
    const known = this.kept.get(page);
    this.kept.delete(page);
    const answer = known ?? this.fetch(page);
    this.kept.set(page, answer);
    if (this.kept.size > KEPT) this.kept.delete(this.kept.keys().next().value);
    return answer;
  }

  async fetch(page) {
    try {
      const found = await fetchJson(this.template.replace("{page}", page));
      if (isUnfinished(found.status)) this.unfinished.add(page);
      return found;
    } catch {
      // The network or the session may be back by then.
      setTimeout(() => this.kept.delete(page), RETRY);
      return null;
    }
  }

  /** Ask again for a page that is recognised anew. */
  forget(page) {
    this.kept.delete(page);
  }

  /** Ask again for the pages whose recognition was not finished. */
  renew() {
    for (const page of this.unfinished) this.kept.delete(page);
    this.unfinished.clear();
  }
}
