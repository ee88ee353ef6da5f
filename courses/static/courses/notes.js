// Notes save themselves while they are written. Until the server has a text it is kept on this computer; where
// another page was faster, both texts are shown and the writer decides.

import { post } from "./sending.js";

const REST_MS = 800;
const RETRY_MS = 4000;

const beijing = new Intl.DateTimeFormat("zh-Hans", {
  timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false,
});

class Notes {
  constructor(form) {
    this.form = form;
    this.words = form.dataset;
    this.text = form.elements.text;
    this.seen = form.elements.seen;
    this.line = form.querySelector("[data-notes-state]");
    this.clash = form.parentElement.querySelector("[data-notes-clash]");
    this.key = `note:${this.words.enrolment}:${this.words.item}`;
    this.saved = this.text.value;
    form.querySelector("[data-notes-submit]").hidden = true;
    form.addEventListener("submit", (event) => { event.preventDefault(); this.save(); });
    this.text.addEventListener("input", () => this.changed());
    this.clash.addEventListener("click", (event) => this.decide(event.target.dataset.notesTake));
    addEventListener("online", () => this.save());
    addEventListener("pagehide", () => this.save());
    this.#restore();
  }

  changed() {
    this.#keep();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), REST_MS);
  }

  async save() {
    clearTimeout(this.timer);
    if (this.sending || this.standing || this.text.value === this.saved) return;
    this.sending = true;
    const text = this.text.value;
    this.#say(this.words.saving);
    try {
      this.#answered(text, await post(this.words.url, this.#body(text)));
    } catch {
      this.#say(this.words.retrying, "is-kept");
      this.timer = setTimeout(() => this.save(), RETRY_MS);
    } finally {
      this.sending = false;
    }
    if (!this.standing && this.saved === text && this.text.value !== text) this.changed();
  }

  #body(text) {
    return { enrolment: this.words.enrolment, item_uid: this.words.item, text, seen: Number(this.seen.value) };
  }

  #answered(text, { ok, status, answer }) {
    if (ok) return this.#stands(text, answer);
    if (status === 409) return this.#clashes(answer);
    // A server in trouble is asked again; whatever else it said will not change by itself.
    if (status >= 500) throw new Error(String(status));
    this.#say(this.words.refused.replace("{reason}", answer.detail ?? ""), "is-kept");
  }

  #stands(text, { revision, written_at }) {
    this.saved = text;
    this.seen.value = revision;
    this.#forget(text);
    this.#say(this.words.saved.replace("{time}", beijing.format(new Date(written_at))), "ok");
  }

  #clashes(standing) {
    this.standing = standing;
    this.clash.querySelector("[data-notes-other]").textContent = standing.text;
    this.clash.hidden = false;
    this.#say(this.words.undecided, "is-kept");
  }

  decide(taken) {
    if (!taken || !this.standing) return;
    const other = this.standing.text;
    if (taken === "both") this.text.value = `${other}\n\n${this.text.value}`.slice(0, this.text.maxLength);
    if (taken === "other") this.text.value = other;
    this.seen.value = this.standing.revision;
    this.saved = other;
    this.standing = null;
    this.clash.hidden = true;
    this.text.focus();
    if (taken === "other") {
      this.#forget(other);
      this.#say("");
    } else {
      this.changed();
    }
  }

  #say(sentence, kind = "") {
    this.line.className = `meta note-state ${kind}`;
    this.line.textContent = sentence;
  }

  // What was not saved when the page was left, with the revision that it was written upon.
  #restore() {
    let kept;
    try {
      kept = JSON.parse(localStorage.getItem(this.key));
    } catch {
      return;
    }
    if (!kept || kept.text === this.text.value) return this.#forget(this.text.value);
    this.text.value = kept.text;
    this.seen.value = kept.seen;
    this.save();
  }

  #keep() {
    try {
      localStorage.setItem(this.key, JSON.stringify({ text: this.text.value, seen: Number(this.seen.value) }));
    } catch {
      // A browser that stores nothing keeps the text for as long as the page is open.
    }
  }

  #forget(text) {
    if (this.text.value !== text) return;
    try {
      localStorage.removeItem(this.key);
    } catch {
      // Nothing was stored either.
    }
  }
}

const form = document.querySelector("[data-notes]");
if (form) new Notes(form);
