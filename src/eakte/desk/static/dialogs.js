/** Links that lead to a dialog open it where they stand. */

export function openDialog(dialog) {
  if (dialog.open) dialog.close();
  dialog.showModal();
  const field = dialog.querySelector("select, textarea, input:not([type=hidden])");
  if (field) field.focus();
}

export function startDialogs() {
  for (const link of document.querySelectorAll("[data-opens]")) {
    link.addEventListener("click", (event) => {
      const dialog = document.getElementById(link.dataset.opens);
      if (!dialog) return;
      event.preventDefault();
      openDialog(dialog);
    });
  }
  for (const link of document.querySelectorAll("[data-closes]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      link.closest("dialog").close();
    });
  }
  // The server sends a dialog open when its step was refused: now it is a real one.
  for (const dialog of document.querySelectorAll("dialog[open]")) openDialog(dialog);
}
