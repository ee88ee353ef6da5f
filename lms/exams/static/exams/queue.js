// Steps on their way to the server: kept in local storage until the server has them, sent one after another.

const HEARTBEAT_MS = 3000;
const DEAD_AFTER_MS = 10000;
const RETRY_MS = [1000, 2000, 4000, 8000];

/** Private windows may have no storage: then the queue lives in memory alone. */
function openStorage() {
  try {
    localStorage.setItem("jiqiao.probe", "1");
    localStorage.removeItem("jiqiao.probe");
    return localStorage;
  } catch {
    const rows = new Map();
    return {
      getItem: (key) => rows.get(key) ?? null,
      setItem: (key, value) => rows.set(key, value),
      removeItem: (key) => rows.delete(key),
      key: (index) => [...rows.keys()][index],
      get length() { return rows.size; },
    };
  }
}

export class StepQueue extends EventTarget {
  /** `send(step)` answers {ok, savedAt} or {ok: false, code}; it rejects when nothing was answered. */
  constructor({ attempt, nextSeq, send, storage = openStorage(), clock = () => Date.now() }) {
    super();
    Object.assign(this, { send, storage, clock, nextSeq });
    this.prefix = `jiqiao.exam.${attempt}.`;
    this.key = this.prefix + crypto.getRandomValues(new Uint32Array(2)).join("-");
    this.steps = [];
    this.busy = false;
    this.stopped = false;
    this.failures = 0;
    this.#adopt();
    this.#keep();
    this.heart = setInterval(() => this.#beat(), HEARTBEAT_MS);
  }

  /** Milliseconds for which the oldest unsaved step has been waiting. */
  get waiting() {
    return this.steps.length ? this.clock() - this.steps[0].since : 0;
  }

  /** Newest unsaved answer and flag of each question, for painting over what the server knows. */
  get unsaved() {
    return this.steps;
  }

  push(kind, slot, answer) {
    const last = this.steps.at(-1);
    // A step that was sent may have arrived: its number stands for what it said, and is not used again.
    if (last && last.kind === kind && last.slot === slot && !last.sent) {
      last.answer = answer;
    } else {
      this.steps.push({ client_seq: this.nextSeq++, kind, slot, answer, since: this.clock() });
    }
    this.#keep();
    this.#say("waiting");
    this.pump();
  }

  /** Give the waiting steps new numbers after everything the server has: this window goes on. */
  renumber(nextSeq) {
    this.nextSeq = nextSeq;
    for (const step of this.steps) {
      Object.assign(step, { client_seq: this.nextSeq++, since: this.clock(), sent: false });
    }
    this.stopped = false;
    this.#keep();
  }

  /** Let the first step go: it can never be saved. The ones behind it go on, and its number goes to the next. */
  drop() {
    this.steps.shift();
    for (const step of this.steps) step.client_seq -= 1;
    this.nextSeq -= 1;
    this.stopped = false;
    this.#keep();
    setTimeout(() => this.pump());
  }

  forget() {
    this.steps = [];
    this.#keep();
  }

  async pump() {
    if (this.busy || this.stopped) return;
    clearTimeout(this.retry);
    this.busy = true;
    while (this.steps.length && !this.stopped) {
      if (!(await this.#sendFirst())) break;
    }
    this.busy = false;
  }

  async #sendFirst() {
    this.steps[0].sent = true;
    let answer;
    try {
      answer = await this.send(this.steps[0]);
    } catch {
      answer = { ok: false, code: "offline" };
    }
    if (answer.ok) {
      this.failures = 0;
      this.steps.shift();
      this.#keep();
      this.#say("saved", { at: answer.savedAt, empty: !this.steps.length });
      return true;
    }
    if (answer.code === "offline" || answer.code === "signed-out") {
      this.#later(answer.code);
    } else {
      this.stopped = true;
      this.#say("refused", { code: answer.code, detail: answer.detail });
    }
    return false;
  }

  #later(code) {
    const pause = RETRY_MS[Math.min(this.failures++, RETRY_MS.length - 1)];
    this.retry = setTimeout(() => this.pump(), pause);
    this.#say("unsaved", { code });
  }

  #say(name, detail = {}) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  #keep() {
    try {
      if (!this.steps.length) this.storage.removeItem(this.key);
      else this.storage.setItem(this.key, JSON.stringify({ alive: this.clock(), steps: this.steps }));
    } catch {
      // A full storage must not stop the sending; what waits is still in this window.
    }
  }

  #beat() {
    if (this.steps.length) this.#keep();
    if (this.#adopt()) {
      this.#keep();
      this.#say("adopted");
      this.pump();
    }
  }

  /** Take over what a closed or crashed window of this attempt has left behind. */
  #adopt() {
    const found = [];
    for (let index = this.storage.length - 1; index >= 0; index -= 1) {
      const key = this.storage.key(index);
      if (!key.startsWith(this.prefix) || key === this.key) continue;
      const left = JSON.parse(this.storage.getItem(key));
      if (this.clock() - left.alive < DEAD_AFTER_MS) continue;
      found.push(...left.steps);
      this.storage.removeItem(key);
    }
    found.sort((one, other) => one.client_seq - other.client_seq);
    for (const step of found) {
      this.steps.push({ ...step, since: this.clock() });
      this.nextSeq = Math.max(this.nextSeq, step.client_seq + 1);
    }
    return found.length > 0;
  }

  /** Hand the steps over to the next page of this window at once. */
  release() {
    clearInterval(this.heart);
    clearTimeout(this.retry);
    if (this.steps.length) this.storage.setItem(this.key, JSON.stringify({ alive: 0, steps: this.steps }));
  }
}
