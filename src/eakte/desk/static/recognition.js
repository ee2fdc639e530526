/** The panel about the scan follows the recognition until it ends. */

import { ask, repeatedly } from "./asking.js";

const SECONDS = 2;

export function startRecognition() {
  const panel = document.querySelector("[data-recognition]");
  if (!panel) return;
  repeatedly(async (stop) => {
    const status = await ask(panel.dataset.recognition);
    if (!status) return;
    if (status.status === "waiting" || status.status === "running") {
      const bar = panel.querySelector("progress");
      bar.max = status.page_count || 1;
      bar.value = status.pages_done;
      if (status.status === "running" && status.page_count) {
        panel.querySelector(".eakte-recognition-text").textContent = panel.dataset.template
          .replace("${page}", Math.min(status.pages_done + 1, status.page_count))
          .replace("${count}", status.page_count);
      }
      return;
    }
    stop();
    await renew(panel);
  }, SECONDS);
}

/** Take the panel anew from the server: what it says then is for a person to read. */
async function renew(panel) {
  const response = await fetch(window.location.href, { credentials: "same-origin" });
  if (!response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const fresh = page.querySelector(".eakte-recognition");
  if (fresh) panel.replaceWith(document.adoptNode(fresh));
  else panel.remove();
}
