/** A field that was refused says so itself, and why. */

export function startRefusals() {
  const refused = document.querySelector("[data-refused]");
  if (!refused || !refused.dataset.refused) return;
  const asked = CSS.escape(refused.dataset.refused);
  const form = document.querySelector(`form:has(button[name=do][value=${asked}])`);
  if (!form) return;
  for (const reason of refused.querySelectorAll("[data-field]")) {
    const field = form.querySelector(`[name=${CSS.escape(reason.dataset.field)}]`);
    if (!field) continue;
    const described = field.getAttribute("aria-describedby");
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", [reason.id, described].filter(Boolean).join(" "));
    field.classList.add("is-invalid");
  }
}
