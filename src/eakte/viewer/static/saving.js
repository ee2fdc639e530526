/* The menu to save the document: the file as it came, or a searchable PDF/A. */

import { ArchiveCopy } from "./archivecopy.js";
import { make } from "./dom.js";
import { tool } from "./toolbar.js";

/** Room to the edge of the viewer in CSS pixels. */
const EDGE = 6;

/** A size in bytes for people, in the language of the page. */
function inMegabytes(bytes) {
  if (!bytes) return "";
  const [unit, size] = bytes < 1e6 ? ["kilobyte", bytes / 1e3] : ["megabyte", bytes / 1e6];
  const digits = { maximumFractionDigits: size < 10 ? 1 : 0, style: "unit", unit };
  return size.toLocaleString(document.documentElement.lang || undefined, digits);
}

export class SaveMenu {
  /** `id` is the element's; `save` is the file as it came: {address, name, bytes}. */
  constructor(id, data, labels, authenticator) {
    const { save, archive_url: address } = data.eakte;
    this.button = tool("save", labels.save, "E", () => this.toggle());
    this.button.setAttribute("aria-expanded", "false");
    this.button.setAttribute("aria-controls", id);
    this.copy = new ArchiveCopy(address, labels, authenticator);
    const known = [save.name, inMegabytes(save.bytes)].filter(Boolean).join(", ");
    this.original = make(
      "a",
      { class: "dv-menu-entry", href: save.address },
      make("strong", {}, labels.save_original),
      make("span", {}, known || labels.save_original_hint),
    );
    this.menu = make(
      "div",
      {
        id,
        class: "dv-menu",
        role: "group",
        "aria-label": labels.save,
        hidden: true,
        keydown: (event) => this.key(event),
      },
      this.original,
      this.copy.element,
    );
    this.element = make(
      "div",
      { class: "dv-menu-place", focusout: (event) => this.left(event) },
      this.button,
      this.menu,
    );
  }

  get isOpen() {
    return !this.menu.hidden;
  }

  toggle() {
    if (this.isOpen) this.close();
    else this.open();
  }

  open() {
    this.menu.hidden = false;
    this.button.setAttribute("aria-expanded", "true");
    this.place();
    this.original.focus();
    this.copy.look();
  }

  /** Under the button, below all tools, and not over the edge of the viewer. */
  place() {
    const { button, menu } = this;
    const room = menu.offsetParent.getBoundingClientRect();
    const from = button.getBoundingClientRect();
    const rightmost = room.width - menu.offsetWidth - EDGE;
    menu.style.left = `${Math.max(EDGE, Math.min(from.left - room.left, rightmost))}px`;
    menu.style.top = `${room.height + 2}px`;
  }

  close({ toButton = true } = {}) {
    const hadFocus = this.menu.contains(document.activeElement);
    this.menu.hidden = true;
    this.button.setAttribute("aria-expanded", "false");
    if (hadFocus && toButton) this.button.focus();
  }

  key(event) {
    // The shortcuts of the viewer are not meant while somebody is in the menu.
    event.stopPropagation();
    if (event.key === "Escape") this.close();
  }

  left(event) {
    const next = event.relatedTarget;
    if (this.isOpen && next && !this.element.contains(next)) this.close({ toButton: false });
  }
}
