/* What the parts of the viewer share: addresses, sizes, texts, words, what is known. */

import { unrolled } from "./layout.js";
import { Texts, isUnfinished } from "./texts.js";

export class Book {
  /** `data` is what dv_data answers, `labels` the translated words. */
  constructor(data, labels) {
    const { image, language, sizes, text, widths } = data.eakte;
    this.labels = labels;
    this.language = language;
    this.count = data.pages;
    this.sizes = unrolled(sizes, data.pages);
    /** {page: degrees clockwise by which it must be turned to be read}, where known. */
    this.rotations = new Map();
    this.template = image;
    this.printed = data.eakte.printed_url;
    this.widths = [...widths].sort((a, b) => a - b);
    this.texts = new Texts(text);
    this.findings = [];
    this.setFindings(data.eakte.findings);
  }

  /** Address of the smallest image that is wide enough, or of the widest there is. */
  image(page, pixels) {
    const width = this.widths.find((w) => w >= pixels * 0.95) ?? this.widths.at(-1);
    return this.template.replace("{page}", page).replace("{width}", width);
  }

  thumbnail(page) {
    return this.image(page, this.widths[0]);
  }

  /** Take over the findings about the scan; says whether they have changed. */
  setFindings(findings = []) {
    const before = JSON.stringify(this.findings);
    this.findings = findings;
    this.flags = new Map();
    for (const finding of findings) {
      const pages = finding.pages ?? [];
      // What holds for all pages is said once, about the document.
      if (pages.length === this.count) continue;
      for (const page of pages) {
        this.flags.set(page, [...(this.flags.get(page) ?? []), finding]);
      }
    }
    return JSON.stringify(findings) !== before;
  }

  /** The findings about a page in particular. */
  hints(page) {
    return this.flags.get(page) ?? [];
  }

  /** What is to be read for a page's text, also where there is none. */
  spoken(found) {
    const { labels } = this;
    if (!found) return labels.text_failed;
    if (found.text) return found.text;
    if (found.problem) return `${found.problem.title}. ${found.problem.explanation}`;
    return isUnfinished(found.status) ? labels.text_waiting : labels.no_text;
  }

  /**
   * Why the image of a page cannot be had: `text` in the reader's language, may be empty,
   * and `again`, milliseconds after which to try again, if that may help by itself.
   */
  async reason(page, address) {
    const { labels, texts } = this;
    const known = (await texts.get(page))?.problem;
    if (known) return { text: `${known.title}. ${known.explanation}` };
    try {
      const answer = await fetch(address, { credentials: "same-origin" });
      if (answer.ok) return { text: "", again: 0 };
      if (answer.status === 401) return { text: labels.logged_out };
      const wait = answer.headers.get("Retry-After");
      const found = await answer.json();
      const text = found.title ? `${found.title}. ${found.explanation}` : "";
      return wait ? { text, again: 1000 * Number(wait) } : { text };
    } catch {
      return { text: "" };
    }
  }
}
