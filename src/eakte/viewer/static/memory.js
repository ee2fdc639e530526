/* What a person has chosen, remembered by this browser. */

const KEY = "eakte.viewer";

function all() {
  try {
    return JSON.parse(window.localStorage.getItem(KEY)) ?? {};
  } catch {
    // Storage is switched off, or something else was written there.
    return {};
  }
}

/** What was remembered under the name, or `otherwise`. */
export function recalled(name, otherwise) {
  return all()[name] ?? otherwise;
}

export function remember(name, value) {
  try {
    window.localStorage.setItem(KEY, JSON.stringify({ ...all(), [name]: value }));
  } catch {
    // Then it is forgotten with the page.
  }
}
