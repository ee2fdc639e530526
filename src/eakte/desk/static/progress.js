/** In a list, the letters whose scan is still being read say how far it is. */

import { ask, repeatedly } from "./asking.js";

const SECONDS = 4;
const AT_ONCE = 10;

export function startProgress() {
  const list = document.querySelector("[data-progress-url]");
  if (!list || !document.querySelector("[data-reading]")) return;
  repeatedly(async (stop) => {
    const rows = [...document.querySelectorAll("[data-reading]")].slice(0, AT_ONCE);
    if (!rows.length) {
      stop();
      return;
    }
    const asked = rows.map((row) => `uid=${encodeURIComponent(row.dataset.reading)}`);
    const answer = await ask(`${list.dataset.progressUrl}?${asked.join("&")}`);
    if (!answer) return;
    for (const row of rows) tell(row, answer[row.dataset.reading]);
  }, SECONDS);
}

function tell(row, progress) {
  const badge = row.querySelector("[data-scan-badge]");
  if (!progress || !progress.reading) delete row.dataset.reading;
  if (!badge || !progress) return;
  if (!progress.text) {
    badge.remove();
    return;
  }
  badge.textContent = progress.text;
  badge.className = `eakte-badge eakte-tone-${progress.tone}`;
}
