// What the room notes besides answers: questions looked at, and that the window was left. Nobody waits for these.

const PAUSE_MS = 4000;
// The window is left in two events at a time; a note is made of both.
const LEFT_AFTER_MS = 700;
const NOTES_KEPT = 200;

export class Notes {
  /** `send(step)` resolves when the note has arrived or will never be wanted; `second()` is that of the attempt. */
  constructor({ send, second }) {
    Object.assign(this, { send, second, seen: new Set(), waiting: [], away: null, over: false });
  }

  look(slot) {
    this.seen.add(slot);
    this.later ??= setTimeout(() => this.flush(), PAUSE_MS);
  }

  watch() {
    addEventListener("blur", () => this.#leave(this.second()));
    addEventListener("focus", () => this.#return());
    document.addEventListener("visibilitychange", () => (document.hidden ? this.#left(this.second()) : this.#return()));
    // Turning to another page of the exam is not leaving it.
    addEventListener("pagehide", () => { this.over = true; clearTimeout(this.leaving); this.flush(); });
  }

  #leave(since) {
    clearTimeout(this.leaving);
    this.leaving = setTimeout(() => !document.hasFocus() && this.#left(since), LEFT_AFTER_MS);
  }

  #left(since) {
    if (this.over || this.away !== null) return;
    this.away = since;
    this.#note("focus-lost", 2 * Math.max(1, Math.floor(since)));
  }

  #return() {
    clearTimeout(this.leaving);
    if (this.away === null) return;
    this.away = null;
    this.#note("resume", 2 * Math.max(1, Math.floor(this.second())) + 1);
  }

  #note(kind, client_seq) {
    this.waiting = [...this.waiting, { kind, client_seq }].slice(-NOTES_KEPT);
    this.flush();
  }

  async flush() {
    clearTimeout(this.later);
    this.later = null;
    if (this.seen.size) {
      this.waiting = [{ kind: "seen", answer: [...this.seen] }, ...this.waiting];
      this.seen.clear();
    }
    const sending = this.waiting;
    this.waiting = [];
    for (const [place, step] of sending.entries()) {
      try {
        await this.send(step);
      } catch {
        this.waiting = [...sending.slice(place), ...this.waiting];
        this.later ??= setTimeout(() => this.flush(), 3 * PAUSE_MS);
        return;
      }
    }
  }
}
