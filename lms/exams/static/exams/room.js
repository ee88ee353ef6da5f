// The exam room: every change is a step in the queue; the page says in words what is saved.

import { countdown, startClock } from "./clock.js";
import { place, takeOrder } from "./kinds.js";
import { Notes } from "./notes.js";
import { Paper } from "./paper.js";
import { StepQueue } from "./queue.js";

const SAY_AFTER_MS = 30000;
const GO_ON = "jiqiao.exam.go-on";
// From the first sign on, not from the last: somebody who writes without a pause is saved all the same.
const TYPING_MS = 1000;
const ENDED = ["time-is-up", "already-handed-in", "attempt-void", "not-found"];
const WRONG = ["bad-answer", "bad-step", "invalid", "too-large"];

const form = document.querySelector("[data-room]");
const $ = (name) => document.querySelector(`[data-${name}]`);

function word(name, values = {}) {
  const text = document.querySelector(`template[data-word="${name}"]`).content.textContent;
  return Object.entries(values).reduce((said, [key, value]) => said.replace(`{${key}}`, value), text);
}

function announce(text) {
  $("announce").textContent = text;
}

const paper = new Paper(form, word);
const wall = new Intl.DateTimeFormat("zh-CN", {
  timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23",
});

/** The token of the cookie, which changes when somebody signs in again in another window. */
function token() {
  return document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? form.elements.csrfmiddlewaretoken.value;
}

function post(address, body, more = {}) {
  return fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(10000),
    ...more,
  });
}

async function send({ client_seq, kind, slot, answer }) {
  const response = await post(form.dataset.steps, { client_seq, kind, slot, answer });
  if (response.ok) return { ok: true, savedAt: (await response.json()).saved_at };
  if (response.status >= 500 || response.status === 429) throw new Error(String(response.status));
  const problem = await response.json();
  return { ok: false, code: response.status === 403 ? "signed-out" : problem.code, detail: problem.detail };
}

const queue = new StepQueue({ attempt: form.dataset.attempt, nextSeq: Number(form.dataset.nextSeq), send });
const begun = performance.now();
const before = (Date.parse($("clock").dataset.now) - Date.parse($("clock").dataset.started)) / 1000;
const notes = new Notes({
  second: () => before + (performance.now() - begun) / 1000,
  send: async (step) => {
    const { status } = await post(form.dataset.steps, step, { keepalive: true });
    if (status >= 500 || status === 429) throw new Error(String(status));
  },
});

function showSaved(text, state) {
  $("saved-text").textContent = text;
  $("saved").classList.toggle("ok", state === "ok");
  $("saved").classList.toggle("err", state === "err");
}

function notice(text, { acts = false } = {}) {
  if ($("notice-text").textContent !== text) $("notice-text").textContent = text;
  $("notice").hidden = !text;
  $("notice-acts").hidden = !acts;
}

function lock(locked) {
  $("paper").disabled = locked;
}

/** The paper stays open without a connection; after a while the page says what that means. */
function watch() {
  if (queue.waiting > SAY_AFTER_MS && $("notice").hidden) notice(word("offline"));
}

function save(slot) {
  clearTimeout(typing);
  typing = null;
  const answer = paper.answer(slot);
  paper.mark(slot);
  if (answer === undefined) return notice(word("bad-number"));
  if ($("notice-text").textContent === word("bad-number")) notice("");
  if (paper.changed(slot)) queue.push("save", slot, answer);
}

let typing = null;
let leaving = null;

function look() {
  if (paper.firstLook(paper.current)) notes.look(paper.current);
}

function go(target) {
  save(paper.current);
  if (paper.answer(paper.current) === undefined) return;
  if (target !== "check") {
    leaving = null;
    paper.turn(Number(target));
    return look();
  }
  leaving = form.dataset.check;
  if (!queue.unsaved.length) location.assign(leaving);
}

queue.addEventListener("waiting", () => showSaved(word("saving"), ""));
queue.addEventListener("saved", ({ detail }) => {
  // "Saved" is said when everything is.
  if (detail.empty) {
    showSaved(word("saved", { time: wall.format(new Date(detail.at)) }), "ok");
    if (!ended) notice("");
  }
  if (detail.empty && leaving) location.assign(leaving);
});
queue.addEventListener("unsaved", ({ detail }) => {
  showSaved(word("unsaved"), "err");
  if (detail.code === "signed-out") notice(word("signed-out"));
});
queue.addEventListener("adopted", () => queue.unsaved.forEach((step) => paper.paint(step)));
queue.addEventListener("refused", ({ detail }) => {
  leaving = null;
  if (ENDED.includes(detail.code)) {
    queue.forget();
    location.assign(form.dataset.result);
    return;
  }
  showSaved(word("unsaved"), "err");
  if (WRONG.includes(detail.code)) {
    // What can never be saved must not stand in the way of what can; it stays in its field.
    queue.drop();
    showSaved(word("refused"), "err");
    return notice(detail.detail);
  }
  lock(true);
  const slots = [...new Set(queue.unsaved.map((step) => step.slot))];
  notice(word("stale", { questions: slots.join(word("list")) }), { acts: true });
});

$("take-mine").addEventListener("click", () => {
  sessionStorage.setItem(GO_ON, form.dataset.attempt);
  queue.release();
  location.reload();
});
$("take-saved").addEventListener("click", () => {
  queue.forget();
  location.reload();
});

let ended = false;

/** A save that is on its way is still taken in the time of grace; then the paper is handed in as it stands. */
async function handIn(graceLeft) {
  if (queue.unsaved.length && graceLeft() > 3) return setTimeout(() => handIn(graceLeft), 1000);
  try {
    await post(form.dataset.submit, {});
    location.assign(form.dataset.result);
  } catch {
    // Without a connection the server hands in by itself; the page waits until it can say so.
    notice(word("time-up-offline"));
    setTimeout(() => handIn(graceLeft), 5000);
  }
}

const slotOf = (target) => Number(target.closest("[data-question]")?.dataset.question);

form.addEventListener("change", ({ target }) => {
  const slot = slotOf(target);
  if (target.matches("[data-flag]")) {
    paper.mark(slot);
    queue.push("flag", slot, target.checked);
  } else if (target.matches(".qplace")) {
    place(paper.article(slot), target.closest("[data-option]").dataset.option, Number(target.value));
    target.focus();
    save(slot);
  } else if (target.matches("[data-answer]")) save(slot);
});
form.addEventListener("input", ({ target, isComposing }) => {
  if (isComposing || !target.matches("input.input[data-answer], textarea[data-answer]")) return;
  paper.countSigns(slotOf(target));
  typing ??= setTimeout(() => save(slotOf(target)), TYPING_MS);
});
form.addEventListener("compositionend", ({ target }) => {
  if (target.matches("[data-answer]")) typing ??= setTimeout(() => save(slotOf(target)), TYPING_MS);
});
form.addEventListener("click", ({ target }) => {
  const mover = target.closest("[data-move]");
  const article = target.closest("[data-question]");
  if (mover) {
    const line = mover.closest("[data-option]");
    const now = [...line.parentElement.children].indexOf(line) + 1;
    const where = Math.max(1, Math.min(line.parentElement.children.length, now + Number(mover.dataset.move)));
    place(article, line.dataset.option, where);
    mover.focus();
    announce(word("placed", { place: where }));
    save(slotOf(mover));
  } else if (target.closest("[data-take-order]")) {
    takeOrder(article);
    article.querySelector("select").focus();
    save(slotOf(article));
  }
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const asked = event.submitter?.value ?? String(paper.current);
  go(event.submitter?.matches(".vh") ? String(Math.min(paper.current + 1, paper.count)) : asked);
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || $("paper").disabled) return;
  if (event.target.matches("input.input, textarea, select")) {
    if (event.key === "Escape") paper.article(paper.current).querySelector("[data-stem]").focus();
    return;
  }
  if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
    event.preventDefault();
    go(Math.max(1, Math.min(paper.count, paper.current + (event.key === "ArrowRight" ? 1 : -1))));
  } else if (event.key.toLowerCase() === "f") {
    paper.article(paper.current).querySelector("[data-flag]").click();
  } else if (/^[1-9]$/.test(event.key)) {
    event.preventDefault();
    paper.kind(paper.current).digit(paper.article(paper.current), Number(event.key));
  }
});

addEventListener("online", () => { queue.pump(); notes.flush(); });
addEventListener("pagehide", () => {
  if (typing) save(paper.current);
  queue.release();
});
addEventListener("pageshow", ({ persisted }) => persisted && location.reload());

document.querySelectorAll("[data-needs-script]").forEach((hint) => { hint.hidden = false; });
if (sessionStorage.getItem(GO_ON) === form.dataset.attempt) {
  sessionStorage.removeItem(GO_ON);
  queue.renumber(Number(form.dataset.nextSeq));
}
queue.unsaved.forEach((step) => paper.paint(step));
startClock({
  root: $("clock"),
  toggle: $("clock-toggle"),
  announce,
  word,
  onEnd: () => {
    ended = true;
    save(paper.current);
    announce(word("time-up"));
    lock(true);
    notice(word("time-up"));
    const { deadline, accepts } = $("clock").dataset;
    setTimeout(handIn, 1000, countdown(deadline, accepts));
  },
});
setInterval(watch, 1000);
look();
notes.watch();
queue.pump();
