/** Filters and views, folded above a list or the counters. */

/** A tool that is reached by its key opens, and the first field has the focus. */
export function startTools() {
  for (const tool of document.querySelectorAll(".eakte-tool")) {
    tool.addEventListener("toggle", () => {
      if (!tool.open) return;
      const field = tool.querySelector("input:not([type=hidden]), select");
      if (field) field.focus();
    });
    tool.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !tool.open) return;
      tool.open = false;
      tool.querySelector("summary").focus();
    });
  }
}
