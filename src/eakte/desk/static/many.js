/**
 * Several letters at once: choosing them in a box, by mouse and keyboard; a preview
 * that holds for what is typed; a result that comes while one waits.
 */

import { ask, repeatedly } from "./asking.js";

const SECONDS = 1;

class Choice {
  constructor(form) {
    this.form = form;
    this.boxes = [...document.querySelectorAll("input[data-choose][form=many]")];
    this.page = form.querySelector("[data-many-page]");
    this.count = form.querySelector("[data-many-count]");
    this.acts = form.querySelector("[data-many-acts]");
    this.keys = form.querySelector("[data-many-keys]");
    this.hits = form.querySelector("[data-many-hits]");
    this.allHits = form.querySelector("[data-many-all-hits]");
    this.last = null;
    this.page.addEventListener("change", () => this.choosePage(this.page.checked));
    if (this.hits) this.hits.addEventListener("click", () => this.chooseHits());
    for (const box of this.boxes) {
      box.addEventListener("click", (event) => this.clicked(box, event.shiftKey));
    }
    document.addEventListener("keydown", (event) => this.pressed(event));
    form.addEventListener("submit", () => this.wait());
    // What was chosen before one came back is chosen still: the browser keeps it.
    window.addEventListener("pageshow", () => this.show());
    this.show();
  }

  get chosen() {
    return this.boxes.filter((box) => box.checked);
  }

  choosePage(isChosen) {
    for (const box of this.boxes) box.checked = isChosen;
    this.show();
  }

  chooseHits() {
    this.choosePage(true);
    this.allHits.value = "1";
    this.show();
    this.acts.querySelector("button").focus();
  }

  clicked(box, isRange) {
    if (isRange) this.chooseTo(box);
    this.last = box;
    this.show();
  }

  /** From the one chosen last to this one, all become like this one. */
  chooseTo(box) {
    const from = this.boxes.indexOf(this.last);
    const to = this.boxes.indexOf(box);
    if (from < 0) return;
    const [first, end] = from < to ? [from, to] : [to, from];
    for (const each of this.boxes.slice(first, end + 1)) each.checked = box.checked;
  }

  /** On a row that has the focus, x or space choose it; with shift, all up to it. */
  pressed(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key !== " " && event.key.toLowerCase() !== "x") return;
    const link = event.target.closest(".eakte-row-link");
    const box = link && link.closest("li").querySelector("input[data-choose]");
    if (!box) return;
    event.preventDefault();
    box.checked = event.shiftKey && this.last ? true : !box.checked;
    this.clicked(box, event.shiftKey);
  }

  /** Some hundred letters are looked at in some seconds. */
  wait() {
    this.count.textContent = this.count.dataset.waiting;
  }

  show() {
    const many = this.chosen.length;
    const isPage = many > 0 && many === this.boxes.length;
    if (!isPage) this.allHits.value = "";
    const number = this.allHits.value ? Number(this.count.dataset.hits) : many;
    const said = number === 0 ? "none" : number === 1 ? "one" : "many";
    this.count.textContent = this.count.dataset[said].replace("${count}", number);
    this.page.checked = isPage;
    this.page.indeterminate = many > 0 && !isPage;
    this.acts.hidden = many === 0;
    this.keys.hidden = many > 0;
    if (this.hits) this.hits.hidden = !isPage || Boolean(this.allHits.value);
    this.form.classList.toggle("eakte-many-chosen", many > 0);
  }
}

/** Who changes a field has not seen what would happen then. */
function startAsking(form) {
  const verdict = document.querySelector("[data-many-verdict]");
  if (!verdict) return;
  form.addEventListener("input", () => {
    verdict.hidden = true;
  });
}

function startWaiting(place) {
  const text = place.querySelector("[data-many-progress-text]");
  const bar = place.querySelector("progress");
  repeatedly(async (stop) => {
    const answer = await ask(place.dataset.manyProgress);
    if (!answer || !answer.of) return;
    bar.value = answer.done;
    text.textContent = answer.text;
    if (answer.finished) {
      stop();
      window.location.reload();
    }
  }, SECONDS);
}

const choosing = document.querySelector("form[data-many]");
if (choosing) new Choice(choosing);
const asking = document.querySelector("form[data-many-asks]");
if (asking) startAsking(asking);
const waiting = document.querySelector("[data-many-progress]");
if (waiting) startWaiting(waiting);
