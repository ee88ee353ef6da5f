// The questions of the page: reading and painting answers, turning pages, the map of numbers.

const NUMBER = /^[+-]?\d{1,12}(\.\d{1,6})?$/;

export class Paper {
  constructor(form, word) {
    this.form = form;
    this.word = word;
    this.count = Number(form.dataset.count);
    this.current = Number(form.dataset.current);
    this.saved = new Map();
    for (const article of this.articles) {
      const slot = Number(article.dataset.question);
      this.saved.set(slot, JSON.stringify(this.answer(slot)));
    }
  }

  get articles() {
    return [...this.form.querySelectorAll("[data-question]")];
  }

  article(slot) {
    return this.form.querySelector(`[data-question="${slot}"]`);
  }

  inputs(slot) {
    return [...this.article(slot).querySelectorAll("[data-answer]")];
  }

  /** The answer as the interface wants it; `undefined` for what is typed and is no number. */
  answer(slot) {
    const kind = this.article(slot).dataset.kind;
    const inputs = this.inputs(slot);
    if (kind === "numeric") {
      const typed = inputs[0].value.normalize("NFKC").replace(/[\s,，]/g, "");
      if (!typed) return null;
      return NUMBER.test(typed) ? typed : undefined;
    }
    const chosen = inputs.filter((input) => input.checked).map((input) => input.value);
    if (kind === "multiple") return chosen.length ? chosen : null;
    return chosen[0] ?? null;
  }

  flagged(slot) {
    return this.article(slot).querySelector("[data-flag]").checked;
  }

  /** Whether the answer differs from what was last asked for; remembers it as asked. */
  changed(slot) {
    const now = JSON.stringify(this.answer(slot));
    if (now === this.saved.get(slot)) return false;
    this.saved.set(slot, now);
    return true;
  }

  /** Show an unsaved step over what the server has sent. */
  paint({ kind, slot, answer }) {
    if (!this.article(slot)) return;
    if (kind === "flag") this.article(slot).querySelector("[data-flag]").checked = Boolean(answer);
    if (kind === "save") {
      for (const input of this.inputs(slot)) {
        if (input.type === "text") input.value = answer ?? "";
        else input.checked = [].concat(answer ?? []).includes(input.value);
      }
      this.saved.set(slot, JSON.stringify(this.answer(slot)));
    }
    this.mark(slot);
  }

  /** Bring a number of the map to its question's state, for eyes and ears. */
  mark(slot) {
    const entry = this.form.querySelector(`[data-map="${slot}"]`);
    const answered = ![null, undefined].includes(this.answer(slot));
    const flagged = this.flagged(slot);
    entry.classList.toggle("q-ans", answered);
    entry.classList.toggle("q-flag", flagged);
    const name = `q-${answered ? "answered" : "open"}${flagged ? "-flagged" : ""}`;
    entry.querySelector("[data-map-words]").textContent = this.word(name);
    const count = this.form.querySelectorAll("[data-map].q-ans").length;
    this.form.querySelector("[data-map-answered]").textContent = this.word("answered", { count });
  }

  turn(slot) {
    if (slot < 1 || slot > this.count) return;
    this.article(this.current).hidden = true;
    this.article(slot).hidden = false;
    this.form.querySelector("[data-map][aria-current]")?.removeAttribute("aria-current");
    this.form.querySelector(`[data-map="${slot}"]`).setAttribute("aria-current", "true");
    this.current = slot;
    this.form.elements.slot.value = slot;
    this.form.querySelector("[data-map-where]").textContent = this.word("where", { slot, count: this.count });
    history.replaceState(null, "", `?q=${slot}`);
    const heading = this.article(slot).querySelector("h1");
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    scrollTo({ top: 0 });
  }
}
