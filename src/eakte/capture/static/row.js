/* One line of the list: a file, its progress, and what became of it. */

/** Put values in the places of a translated sentence: "Page ${page}". */
export function fill(sentence, values = {}) {
  return sentence.replace(/\$\{(\w+)\}/g, (place, name) => values[name] ?? place);
}

/** Make an element; text goes in as text, never as markup. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

const size = new Intl.NumberFormat(document.documentElement.lang || "de", {
  maximumFractionDigits: 1,
});

function sizeOf(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1000 * 1000) return `${size.format(bytes / 1000)} kB`;
  return `${size.format(bytes / 1000 / 1000)} MB`;
}

/** A sentence with a link in the place of ${number}. */
function linked(sentence, number, address) {
  const [before, after = ""] = sentence.split("${number}");
  const link = address ? make("a", { href: address }, number) : number;
  return [before, link, after];
}

export class Row {
  constructor(file, labels) {
    this.file = file;
    this.labels = labels;
    const name = { name: file.name };
    this.bar = make("progress", {
      max: "100",
      value: "0",
      "aria-label": fill(labels.progress_of, name),
    });
    this.state = make("span", { class: "eakte-upload-state" });
    this.notes = make("ul", { class: "eakte-upload-notes" });
    this.retry = this.button("retry", name);
    this.remove = this.button("remove", name);
    this.element = make(
      "li",
      { class: "eakte-upload-row" },
      make(
        "span",
        { class: "eakte-upload-file" },
        make("span", { class: "eakte-upload-name" }, file.name),
        " ",
        make("span", { class: "eakte-upload-size" }, sizeOf(file.size)),
      ),
      this.bar,
      this.state,
      this.notes,
      make("span", { class: "eakte-upload-buttons" }, this.retry, this.remove),
    );
    this.wait();
  }

  button(name, values) {
    const look = name === "retry" ? "btn-primary" : "btn-outline-secondary";
    return make(
      "button",
      {
        type: "button",
        class: `btn btn-sm ${look}`,
        "aria-label": fill(this.labels[`${name}_file`], values),
      },
      this.labels[name],
    );
  }

  show(kind, ...words) {
    this.element.dataset.state = kind;
    this.state.replaceChildren(...words);
    this.bar.hidden = kind !== "sending";
    this.retry.hidden = kind !== "failed";
    this.remove.hidden = kind !== "failed" && kind !== "waiting";
  }

  wait() {
    this.notes.replaceChildren();
    this.bar.value = 0;
    this.show("waiting", this.labels.waiting);
  }

  sending(sent) {
    const whole = this.file.size || 1;
    const percent = Math.min(100, Math.floor((sent / whole) * 100));
    this.bar.value = percent;
    const label = percent < 100 ? this.labels.sending : this.labels.storing;
    this.show("sending", fill(label, { percent, size: sizeOf(this.file.size) }));
  }

  fail(reason) {
    this.show("failed", fill(this.labels.failed, { reason }));
  }

  taken(answer, label) {
    this.show("taken", ...linked(this.labels[label], answer.number, answer["@id"]));
    if (answer.first) {
      const { number, "@id": address } = answer.first;
      this.note("duplicate", ...linked(this.labels.duplicate_of, number, address));
    } else if (answer.duplicate_of) {
      this.note("duplicate", this.labels.duplicate);
    }
  }

  /** Show how recognition goes; a named problem stays. */
  recognised({ status, pages_done: page, page_count: count, problem, findings }) {
    this.notes.querySelector("[data-kind=reading]")?.remove();
    const named = problem ? [problem] : (findings ?? []);
    for (const { title, explanation } of named) {
      this.note("problem", make("strong", {}, `${title}.`), " ", explanation);
    }
    if (named.length) return;
    const one = status === "done" && count === 1 ? "_one" : "";
    const label = this.labels[`read_${status}${one}`];
    if (label) this.note("reading", fill(label, { page, count }));
  }

  note(kind, ...words) {
    this.notes.append(make("li", { "data-kind": kind }, ...words));
  }
}
