/* Where the reader is, as the part of the address after the #. */

const ADDRESS = /^#(document|search)\/p(\d+)(?:\/(.+?))?(?:\/h(\d+))?$/;

/**
 * Read documentviewer's #document/p12 or #search/p12/word, where /h3 may follow for
 * the third hit of the page.
 *
 * Gives {page, query, nth}; null when it says nothing that can be understood.
 */
export function parsed(hash) {
  const [, kind, page, query, nth] = ADDRESS.exec(hash) ?? [];
  if (!page) return null;
  const place = { page: Number(page), query: "", nth: Number(nth ?? 1) };
  if (kind === "search" && query) {
    try {
      place.query = decodeURIComponent(query);
    } catch {
      // Cut off in a mail; the page is known all the same.
      return place;
    }
  }
  return place;
}

export function pageAddress(page) {
  return `#document/p${page}`;
}

export function hitAddress({ page, nth }, query) {
  const word = encodeURIComponent(query);
  return `#search/p${page}/${word}${nth > 1 ? `/h${nth}` : ""}`;
}

/** Put a text on the clipboard; says whether it is there. */
export async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Without HTTPS a browser has no clipboard for scripts, but the old command.
    return copiedByCommand(text);
  }
}

function copiedByCommand(text) {
  const before = document.activeElement;
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "dv-unseen";
  document.body.append(field);
  field.select();
  const isDone = document.execCommand("copy");
  field.remove();
  before?.focus({ preventScroll: true });
  return isDone;
}
