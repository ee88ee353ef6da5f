// The talk with the server: leases, presence, and a queue of claims that survives a lost connection and a reload.

const csrf = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";

async function post(url, body) {
  const response = await fetch(url, {
    method: "POST",
    credentials: "same-origin",
    keepalive: true,
    headers: {
      "Content-Type": "application/json",
      "X-CSRFToken": csrf(),
      "Accept-Language": document.documentElement.lang,
    },
    body: JSON.stringify(body),
  });
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  const fault = new Error(answer.detail ?? response.statusText);
  // Only these three mean that what was sent was judged; whatever else happened, it is kept and sent again.
  fault.code = [400, 404, 409].includes(response.status) ? answer.code ?? String(response.status) : "";
  fault.detail = answer.detail ?? "";
  throw fault;
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? [];
  } catch {
    return [];
  }
}

export class Claims {
  constructor({ leases, intervals, presence, enrolment, item }) {
    this.urls = { leases, intervals, presence };
    this.what = { enrolment, item_uid: item };
    // Each page keeps its own queue, so that two pages never write over each other's.
    this.shelf = `study:${enrolment}:`;
    this.key = `${this.shelf}${item}:${Date.now().toString(36)}${Math.random().toString(36).slice(2, 6)}`;
    this.queue = [];
    this.left = this.#leftBehind();
    this.sending = false;
  }

  /** Seconds that are claimed and not yet answered, here and in pages that were closed before. */
  get waiting() {
    return [...this.left, ...this.queue].reduce((sum, claim) => sum + claim.end_s - claim.start_s, 0);
  }

  lease(renews) {
    return post(this.urls.leases, { ...this.what, renews });
  }

  here(lease, challenge_no) {
    return post(this.urls.presence, { lease, challenge_no });
  }

  add(lease, start_s, end_s) {
    this.last = this.lastLease === lease ? this.last + 1 : 0;
    this.lastLease = lease;
    this.queue.push({ lease, client_seq: this.last, start_s, end_s });
    this.#keep();
  }

  /** Send what waits, oldest first; a claim leaves its queue when it is answered, or refused for good. */
  async flush(answered) {
    if (this.sending) return;
    this.sending = true;
    try {
      while (this.left.length) await this.#sendLeft(answered);
      while (this.queue.length) await this.#sendFirst(answered);
    } finally {
      this.sending = false;
    }
  }

  async #sendFirst(answered) {
    const [claim] = this.queue;
    const answer = await this.#judged(claim, () => { this.queue.shift(); this.#keep(); });
    answered(answer, claim.lease);
  }

  /** What another page of this course could not send any more; of its answer only this lesson's is shown. */
  async #sendLeft(answered) {
    const [{ key, ...claim }] = this.left;
    const drop = () => {
      this.left.shift();
      if (!this.left.some((other) => other.key === key)) localStorage.removeItem(key);
    };
    const answer = await this.#judged(claim, drop);
    if (key.startsWith(`${this.shelf}${this.what.item_uid}:`)) answered({ ...answer, early_s: 0 }, claim.lease);
  }

  async #judged(claim, drop) {
    try {
      const answer = await post(this.urls.intervals, claim);
      drop();
      return answer;
    } catch (fault) {
      if (fault.code) drop();
      throw fault;
    }
  }

  #keep() {
    try {
      if (this.queue.length) localStorage.setItem(this.key, JSON.stringify(this.queue));
      else localStorage.removeItem(this.key);
    } catch {
      // A browser that stores nothing keeps the queue for as long as the page is open.
    }
  }

  #leftBehind() {
    try {
      const keys = Object.keys(localStorage).filter((key) => key.startsWith(this.shelf));
      return keys.flatMap((key) => read(key).map((claim) => ({ ...claim, key })));
    } catch {
      return [];
    }
  }
}
