/* Recognition that is still going on, or that somebody asks for once more. */

import { fill } from "./dom.js";
import { fetchJson, isUnfinished } from "./texts.js";
import { Watch } from "./watch.js";

export class Recognition {
  /** `viewer` has the data, the labels and the parts that show what is known. */
  constructor(viewer) {
    this.viewer = viewer;
    this.asked = null;
    this.watch = new Watch(
      viewer.data.eakte.status_url,
      () => viewer.root.isConnected && isUnfinished(viewer.data.eakte.status),
      (found) => this.follow(found),
    );
  }

  start() {
    this.watch.start();
  }

  /** Have the page before the reader recognised anew, where that is allowed. */
  async readAgain() {
    const { viewer } = this;
    const { labels } = viewer;
    const address = viewer.data.eakte.retry_url;
    const page = viewer.pages.current;
    if (!address || this.asked === page) return;
    this.asked = page;
    try {
      const found = await fetchJson(address, {
        method: "POST",
        headers: { Accept: "application/json", "Content-Type": "application/json" },
        body: JSON.stringify({ pages: [page] }),
      });
      viewer.book.texts.forget(page);
      // The notice first: what it says is not to be heard twice.
      await this.follow(found);
      if (this.asked) viewer.say(fill(labels.page_again_waiting, { page }), { isShown: true });
      this.watch.startAnew();
    } catch (error) {
      console.warn("Document viewer: recognise again", error);
      this.asked = null;
      const isOut = error.status === 401;
      viewer.say(isOut ? labels.logged_out : labels.page_again_refused, { isShown: true });
    }
  }

  /** Take over what has become known; page count and texts arrive by themselves. */
  async follow({ status, pages_done, page_count, problem, findings }) {
    const { viewer } = this;
    const { eakte } = viewer.data;
    const isNew = status !== eakte.status || pages_done !== eakte.pages_done;
    Object.assign(eakte, { status, pages_done, page_count, problem, findings });
    if (!viewer.data.pages && page_count) {
      viewer.data = await fetchJson(eakte.data_url);
      viewer.build();
      return true;
    }
    this.tell();
    if (!isNew || !viewer.pages) return isNew;
    if (viewer.book.setFindings(findings)) viewer.renewFindings();
    viewer.renewTexts();
    if (this.asked && !isUnfinished(status)) this.tellAgain(status);
    return true;
  }

  /** Say that the page which was asked for has its text, if it has. */
  tellAgain(status) {
    const { labels } = this.viewer;
    if (status === "done") {
      this.viewer.say(fill(labels.page_again_done, { page: this.asked }), { isShown: true });
    }
    this.asked = null;
  }

  /** Say how far recognition is, above the pages or in their place. */
  tell() {
    const { labels, data, empty, notice } = this.viewer;
    const { status, pages_done: page, problem } = data.eakte;
    const reason = problem && `${problem.title}. ${problem.explanation}`;
    if (!data.pages) {
      const waiting = isUnfinished(status) ? labels.pages_waiting : labels.no_pages;
      empty.textContent = reason ?? waiting;
      return;
    }
    const sentence = {
      waiting: this.asked
        ? fill(labels.page_again_waiting, { page: this.asked })
        : labels.recognition_waiting,
      running: fill(labels.recognition_running, { page, count: data.pages }),
      failed: reason ?? labels.recognition_failed,
    }[status];
    notice.hidden = !sentence;
    // Written anew, the same sentence would be spoken anew.
    if (notice.textContent !== (sentence ?? "")) notice.textContent = sentence ?? "";
    notice.dataset.status = status;
  }
}
