/* Takes in files: dropped or chosen, sent two at a time, each with its result. */

import { Queue } from "./queue.js";
import { Reading } from "./reading.js";
import { Row, fill } from "./row.js";
import { Refused, isReadable, send } from "./sending.js";

class Upload {
  constructor(element) {
    const options = JSON.parse(element.dataset.eakteUpload);
    this.element = element;
    this.address = options.address;
    this.many = options.many;
    this.labels = options.labels;
    this.list = element.querySelector(".eakte-upload-list");
    this.bar = element.querySelector(".eakte-upload-bar");
    this.summary = element.querySelector(".eakte-upload-summary");
    this.pauseButton = element.querySelector(".eakte-upload-pause");
    this.zone = element.querySelector(".eakte-upload-zone");
    this.entries = [];
    this.queue = new Queue((entry) => this.sendEntry(entry));
    this.reading = new Reading();
    if (this.zone) this.listen();
  }

  listen() {
    const chooser = this.zone.querySelector("input[type=file]");
    chooser.addEventListener("change", () => {
      this.addAll([...chooser.files]);
      // The same file may be chosen again.
      chooser.value = "";
    });
    this.pauseButton.textContent = this.labels.pause;
    this.pauseButton.addEventListener("click", () => this.togglePause());
    // A file that misses the zone must not replace the page.
    for (const name of ["dragover", "drop"]) {
      window.addEventListener(name, (event) => event.preventDefault());
    }
    this.zone.addEventListener("dragover", () => this.zone.classList.add("is-over"));
    this.zone.addEventListener("dragleave", () =>
      this.zone.classList.remove("is-over"),
    );
    this.zone.addEventListener("drop", (event) => this.dropped(event));
    window.addEventListener("beforeunload", (event) => {
      if (this.queue.busy) event.preventDefault();
    });
  }

  dropped(event) {
    this.zone.classList.remove("is-over");
    const folders = new Set(
      [...event.dataTransfer.items]
        .map((item) => item.webkitGetAsEntry?.())
        .filter((entry) => entry?.isDirectory)
        .map((entry) => entry.name),
    );
    this.addAll([...event.dataTransfer.files], folders);
  }

  addAll(files, folders = new Set()) {
    const some = this.many ? files : files.slice(0, 1);
    for (const file of some) this.add(file, folders.has(file.name));
    this.tell();
  }

  add(file, isFolder) {
    const row = new Row(file, this.labels);
    // The target is what was chosen when the file came, not when its turn comes.
    const team = this.element.querySelector("[name=team]")?.value ?? "";
    const entry = { file, row, team, state: "waiting" };
    row.retry.addEventListener("click", () => this.again(entry));
    row.remove.addEventListener("click", () => this.remove(entry));
    this.entries.push(entry);
    this.list.append(row.element);
    if (isFolder) this.failed(entry, this.labels.is_folder);
    else this.queue.add(entry);
  }

  again(entry) {
    entry.state = "waiting";
    entry.row.wait();
    entry.row.element.tabIndex = -1;
    entry.row.element.focus();
    this.queue.add(entry);
    this.tell();
  }

  remove(entry) {
    if (entry.state === "waiting" && !this.queue.remove(entry)) return;
    const next = entry.row.element.nextElementSibling ?? this.pauseButton;
    entry.row.element.remove();
    this.entries = this.entries.filter((each) => each !== entry);
    (next.querySelector?.("button:not([hidden])") ?? this.pauseButton).focus();
    this.tell();
  }

  togglePause() {
    if (this.queue.paused) this.queue.resume();
    else this.queue.pause();
    this.pauseButton.textContent = this.queue.paused
      ? this.labels.resume
      : this.labels.pause;
    this.tell();
  }

  async sendEntry(entry) {
    const { file, row } = entry;
    entry.state = "sending";
    row.sending(0);
    try {
      if (!(await isReadable(file))) throw new Refused("unreadable");
      const address = new URL(this.address, document.baseURI);
      address.searchParams.set("name", file.name);
      if (this.many) {
        address.searchParams.set("door", "upload");
        if (entry.team) address.searchParams.set("team", entry.team);
      }
      const answer = await send(file, address, (sent) => row.sending(sent));
      entry.state = "taken";
      row.taken(answer, this.many ? "taken" : "replaced");
      this.reading.follow(row, answer["@id"]);
      if (!this.many) this.zone.remove();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const words = error.words || fill(this.labels[error.label], error.values);
      this.failed(entry, words);
    }
    this.tell();
  }

  failed(entry, reason) {
    entry.state = "failed";
    entry.row.fail(reason);
  }

  /** Say how far it is; screen readers hear it. */
  tell() {
    const number = (state) => this.entries.filter((e) => e.state === state).length;
    const count = this.entries.length;
    const [done, failed] = [number("taken"), number("failed")];
    this.bar.hidden = count === 0;
    const label = failed ? "summary_failed" : "summary";
    const paused = this.queue.paused ? ` – ${this.labels.paused}` : "";
    this.summary.textContent = fill(this.labels[label], { done, count, failed }) + paused;
    this.pauseButton.hidden = !this.many || done + failed === count;
  }
}

for (const element of document.querySelectorAll("[data-eakte-upload]")) {
  new Upload(element);
}
