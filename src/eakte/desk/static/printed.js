/** A screen that is printed says so; the viewer tells of its pages itself. */

const VIEWER = "dv-printing-pages";

export function startPrinted() {
  const place = document.querySelector("[data-printed]");
  if (!place) return;
  window.addEventListener("beforeprint", () => {
    if (document.documentElement.classList.contains(VIEWER)) return;
    const body = new URLSearchParams({ _authenticator: place.dataset.token });
    // Also when the page is closed behind the browser's own dialog.
    fetch(place.dataset.printed, { method: "POST", body, keepalive: true }).catch(() => {});
  });
}
