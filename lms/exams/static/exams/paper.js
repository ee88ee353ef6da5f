// The questions of the page: answers, turning pages, the map of numbers, the text of a case.

import { KINDS } from "./kinds.js";

export class Paper {
  constructor(form, word) {
    this.form = form;
    this.word = word;
    this.count = Number(form.dataset.count);
    this.current = Number(form.dataset.current);
    this.articles = new Map();
    this.saved = new Map();
    this.seen = new Set();
    for (const article of form.querySelectorAll("[data-question]")) {
      const slot = Number(article.dataset.question);
      this.articles.set(slot, article);
      this.saved.set(slot, JSON.stringify(this.answer(slot)));
      if ("seen" in article.dataset) this.seen.add(slot);
      this.countSigns(slot);
    }
  }

  article(slot) {
    return this.articles.get(slot);
  }

  kind(slot) {
    return KINDS[this.article(slot).dataset.kind];
  }

  /** The answer as the interface wants it; `undefined` for what is typed and is no number. */
  answer(slot) {
    return this.kind(slot).read(this.article(slot));
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
      this.kind(slot).write(this.article(slot), answer);
      this.saved.set(slot, JSON.stringify(this.answer(slot)));
    }
    this.mark(slot);
  }

  /** Bring a number of the map to its question's state, for eyes and ears. */
  mark(slot) {
    const entry = this.form.querySelector(`[data-map="${slot}"]`);
    const answered = ![null, undefined].includes(this.answer(slot));
    const flagged = this.flagged(slot);
    const isNew = !answered && !flagged && !this.seen.has(slot);
    entry.classList.toggle("q-ans", answered);
    entry.classList.toggle("q-flag", flagged);
    entry.classList.toggle("q-new", isNew);
    const name = isNew ? "q-new" : `q-${answered ? "answered" : "open"}${flagged ? "-flagged" : ""}`;
    entry.querySelector("[data-map-words]").textContent = this.word(name);
    const count = this.form.querySelectorAll("[data-map].q-ans").length;
    this.form.querySelector("[data-map-answered]").textContent = this.word("answered", { count });
    for (const row of this.article(slot).querySelectorAll(".qrow")) {
      row.classList.toggle("is-set", Boolean(row.querySelector("select").value));
    }
    this.countSigns(slot);
  }

  /** Say beside an essay how long it is, and when that is more than its limit. */
  countSigns(slot) {
    const field = this.article(slot).querySelector("[data-limit]");
    if (!field) return;
    const [count, limit] = [[...field.value].length, Number(field.dataset.limit)];
    const face = this.article(slot).querySelector("[data-count-face]");
    face.textContent = this.word(count > limit ? "over-limit" : "count", { count, limit, over: count - limit });
    face.classList.toggle("is-over", count > limit);
  }

  /** Whether a question is looked at for the first time; remembers it. */
  firstLook(slot) {
    if (this.seen.has(slot)) return false;
    this.seen.add(slot);
    this.mark(slot);
    return true;
  }

  turn(slot) {
    if (!this.article(slot)) return;
    this.article(this.current).hidden = true;
    this.article(slot).hidden = false;
    this.form.querySelector("[data-map][aria-current]")?.removeAttribute("aria-current");
    this.form.querySelector(`[data-map="${slot}"]`).setAttribute("aria-current", "true");
    this.current = slot;
    this.showCase();
    this.form.elements.slot.value = slot;
    this.form.querySelector("[data-map-where]").textContent = this.word("where", { slot, count: this.count });
    history.replaceState(null, "", `?q=${slot}`);
    document.querySelectorAll("[data-place]").forEach((input) => { input.value = location.pathname + location.search; });
    this.article(slot).querySelector("[data-stem]").focus({ preventScroll: true });
    scrollTo({ top: 0 });
  }

  /** The text of a case stands beside its questions, and nowhere else. */
  showCase() {
    const wanted = this.article(this.current).dataset.case;
    for (const text of this.form.querySelectorAll("[data-case-text]")) {
      text.hidden = text.dataset.caseText !== wanted;
    }
  }
}
