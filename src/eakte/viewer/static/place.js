/* The address bar: where the reader is, kept by the viewer that was there first. */

import { copied, hitAddress, pageAddress, parsed } from "./address.js";
import { fill, settled } from "./dom.js";

let owner = null;

export class Place {
  /** `viewer` has the pages and the search, and can be sent somewhere. */
  constructor(viewer) {
    this.viewer = viewer;
  }

  /** Keep the page number in the address, once the reader has come to rest. */
  write = settled(() => this.put(), 200);

  /** Go where the address says: to a page, or to a hit. */
  open() {
    const { viewer } = this;
    if (!owner?.viewer.root.isConnected) owner = this;
    if (owner !== this || !viewer.pages) return;
    const place = parsed(window.location.hash);
    if (!place || window.location.hash === this.hash) return;
    viewer.go(place.page);
    if (place.query) viewer.search.look(place.query, place);
  }

  /** The part of the address after the # that leads back here. */
  get hash() {
    const { pages, search } = this.viewer;
    const hit = search.current;
    const isHit = hit?.page === pages.current;
    return isHit ? hitAddress(hit, search.query) : pageAddress(pages.current);
  }

  put() {
    if (owner !== this) return;
    const { pathname, search } = window.location;
    window.history.replaceState(window.history.state, "", pathname + search + this.hash);
  }

  async copy() {
    const { hash, viewer } = this;
    const { data, labels, pages } = viewer;
    const [here] = window.location.href.split("#");
    const address = owner === this ? here : data.eakte.viewer_url;
    const isHit = hash !== pageAddress(pages.current);
    const done = isHit ? labels.hit_link_copied : labels.page_link_copied;
    const sentence = (await copied(address + hash)) ? done : labels.link_not_copied;
    viewer.say(fill(sentence, { page: pages.current }), { isShown: true });
  }
}

window.addEventListener("hashchange", () => owner?.open());
