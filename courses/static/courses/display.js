// What the reader sees: seconds credited and waiting, in words whether time is being counted and saved, and the
// question whether they are still there.

const clock = (seconds) =>
  `${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}`;

export class Display {
  constructor(document, root) {
    this.saved = document.querySelector("[data-study-saved]");
    this.covered = root.querySelector("[data-study-covered]");
    this.pendingLine = root.querySelector("[data-study-pending]");
    this.line = root.querySelector("[data-study-state]");
    this.why = root.querySelector("[data-study-why]");
    this.asked = document.querySelector("[data-study-presence]");
    this.fills = document.querySelectorAll("[data-study-bar] .f1, .focusprog .f1");
    this.words = this.line.dataset;
    this.time = new Intl.DateTimeFormat("zh-Hans", { timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit", hour12: false });
    this.exact = new Intl.DateTimeFormat("zh-Hans", { timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });
  }

  credited(covered, declared, at) {
    this.covered.textContent = clock(covered);
    for (const fill of this.fills) fill.setAttribute("width", String(Math.floor((covered * 100) / declared)));
    if (!at) return;
    this.#saved(this.words.saved.replace("{time}", this.time.format(new Date(at))), "ok");
    this.why.hidden = true;
  }

  pending(seconds) {
    this.pendingLine.hidden = !seconds;
    this.pendingLine.querySelector("span").textContent = seconds ? this.words.pending.replace("{seconds}", String(seconds)) : "";
  }

  kept(seconds) {
    this.#saved(this.words.kept.replace("{seconds}", String(seconds)), "is-kept");
  }

  state(name) {
    this.say(this.words[name], name === "counting" ? "counting" : "paused");
  }

  complete() {
    this.say(this.words.complete, "counting");
    this.#saved(this.words.complete, "ok");
  }

  /** Ask whether somebody is there. Whoever is busy elsewhere on the page keeps the focus; Tab leads to the button. */
  ask(answerBy, here) {
    const { dataset } = this.asked;
    this.asked.querySelector("[data-presence-text]").textContent =
      answerBy ? dataset.text.replace("{time}", this.exact.format(new Date(answerBy))) : dataset.late;
    const button = this.asked.querySelector("button");
    button.onclick = here;
    button.disabled = false;
    this.asked.hidden = false;
    if (document.activeElement === document.body) button.focus({ preventScroll: true });
  }

  answering() {
    this.asked.querySelector("button").disabled = true;
  }

  answered() {
    const held = this.asked.contains(document.activeElement);
    this.asked.hidden = true;
    if (held) document.activeElement.blur();
  }

  offerHere(sentence, goOn) {
    this.say(sentence, "paused");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-secondary btn-sm";
    button.textContent = this.words.here;
    button.addEventListener("click", () => { button.remove(); goOn(); });
    this.line.append(button);
  }

  // Said only when it changes, so that a screen reader is not spoken to every second.
  say(sentence, kind) {
    if (this.said === sentence) return;
    this.said = sentence;
    this.line.querySelector("span").textContent = sentence;
    this.line.querySelector("button")?.remove();
    this.line.className = kind === "counting" ? "is-counting" : "is-paused";
  }

  #saved(sentence, kind) {
    if (this.savedWord === sentence) return;
    this.savedWord = sentence;
    this.saved.className = `saved ${kind}`;
    this.saved.replaceChildren(Object.assign(document.createElement("span"), { textContent: sentence }));
  }
}
