// The talk with the server: leases, and a queue of claims that survives a lost connection and a reload.

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
  // Only these three mean that the claim itself was judged; whatever else happened, it is kept and sent again.
  fault.code = [400, 404, 409].includes(response.status) ? answer.code ?? String(response.status) : "";
  fault.detail = answer.detail ?? "";
  throw fault;
}

export class Claims {
  constructor({ leases, intervals, enrolment, item }) {
    this.urls = { leases, intervals };
    this.what = { enrolment, item_uid: item };
    this.key = `study:${enrolment}:${item}`;
    this.queue = this.#kept();
    this.sending = false;
  }

  /** Seconds that are claimed and not yet answered. */
  get waiting() {
    return this.queue.reduce((sum, claim) => sum + claim.end_s - claim.start_s, 0);
  }

  lease(renews) {
    return post(this.urls.leases, { ...this.what, renews });
  }

  add(lease, start_s, end_s) {
    const own = this.queue.filter((claim) => claim.lease === lease).map((claim) => claim.client_seq);
    this.last = this.lastLease === lease ? this.last + 1 : Math.max(-1, ...own) + 1;
    this.lastLease = lease;
    this.queue.push({ lease, client_seq: this.last, start_s, end_s });
    this.#keep();
  }

  /** Send what waits, oldest first; a claim leaves the queue when it is answered, or refused for good. */
  async flush(answered) {
    if (this.sending) return;
    this.sending = true;
    try {
      while (this.queue.length) {
        await this.#sendFirst(answered);
      }
    } finally {
      this.sending = false;
    }
  }

  async #sendFirst(answered) {
    const [claim] = this.queue;
    let answer;
    try {
      answer = await post(this.urls.intervals, claim);
    } catch (fault) {
      if (fault.code) this.#drop();
      throw fault;
    }
    this.#drop();
    answered(answer);
  }

  #drop() {
    this.queue.shift();
    this.#keep();
  }

  #keep() {
    try {
      localStorage.setItem(this.key, JSON.stringify(this.queue));
    } catch {
      // A browser that stores nothing keeps the queue for as long as the page is open.
    }
  }

  #kept() {
    try {
      return JSON.parse(localStorage.getItem(this.key)) ?? [];
    } catch {
      return [];
    }
  }
}
