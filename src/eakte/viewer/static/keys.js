/* The shortcuts: one table for what they do and for the list that shows them. */

import { HEIGHT, WHOLE, WIDTH } from "./layout.js";

/**
 * What each key does: [keys as the browser names them, as they are shown, label, act].
 *
 * An act of null is what the browser does by itself.
 */
export function shortcuts(viewer) {
  const { labels, pages, zoomField, search } = viewer;
  const zoom = (to) => () => zoomField.set(to);
  const again = [["A"], ["⇧ A"], labels.page_again, () => viewer.recognition.readAgain()];
  return [
    [["ArrowLeft"], ["←"], labels.previous_page, () => viewer.step(-1)],
    [["ArrowRight"], ["→"], labels.next_page, () => viewer.step(1)],
    [["Home"], [labels.key_name_home], labels.first_page, () => viewer.go(1)],
    [["End"], [labels.key_name_end], labels.last_page, () => viewer.go(Infinity)],
    [[], ["↑", "↓"], labels.key_scroll, null],
    [["g"], ["G"], labels.go_to_page, () => viewer.pageField.field.focus()],
    [["/"], ["/"], labels.search, () => search.field.focus()],
    [["n"], ["N"], labels.next_hit, () => search.step(1)],
    [["N"], ["⇧ N"], labels.previous_hit, () => search.step(-1)],
    [["+"], ["+"], labels.zoom_in, () => zoomField.step(1)],
    [["-"], ["−"], labels.zoom_out, () => zoomField.step(-1)],
    [["w"], ["W"], labels.fit_width, zoom(WIDTH)],
    [["h"], ["H"], labels.fit_height, zoom(HEIGHT)],
    [["p"], ["P"], labels.fit_page, zoom(WHOLE)],
    [["1"], ["1"], labels.actual_size, zoom(1)],
    [["2"], ["2"], labels.spread, () => viewer.toggleSpread()],
    [["r"], ["R"], labels.turn, () => pages.turn()],
    [["R"], ["⇧ R"], labels.turn_page, () => pages.turn({ onlyThis: true })],
    [["t"], ["T"], labels.text_tool, () => viewer.toggleText()],
    ...(viewer.mayReadAgain ? [again] : []),
    [["s"], ["S"], labels.sidebar, () => viewer.toggleSidebar()],
    [["f"], ["F"], labels.full_screen, () => viewer.toggleWhole()],
    [["l"], ["L"], labels.copy_link, () => viewer.place.copy()],
    [["d"], ["D"], labels.print, () => viewer.printing.open()],
    [["e"], ["E"], labels.save, () => viewer.saving.toggle()],
    [["?"], ["?"], labels.shortcuts, () => viewer.help.showModal()],
  ];
}

/** What to do for a key; letters are the same in capitals where nothing else is. */
export function actFor(event, table) {
  const find = (key) => table.find(([keys]) => keys.includes(key))?.[3];
  // Caps Lock makes capitals without the shift key, and the other way round.
  const isLetter = /^[a-z]$/i.test(event.key);
  const cased = event.shiftKey ? event.key.toUpperCase() : event.key.toLowerCase();
  if (!isLetter) return find(event.key);
  return find(cased) ?? find(event.key.toLowerCase());
}
