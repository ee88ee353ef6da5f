// The exam room: every change is a step in the queue; the page says in words what is saved.

import { startClock } from "./clock.js";
import { Paper } from "./paper.js";
import { StepQueue } from "./queue.js";

const LOCK_AFTER_MS = 30000;
const GO_ON = "jiqiao.exam.go-on";
const TYPING_PAUSE_MS = 800;

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

function post(address, body) {
  return fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(10000),
  });
}

async function send({ client_seq, kind, slot, answer }) {
  const response = await post(form.dataset.steps, { client_seq, kind, slot, answer });
  if (response.ok) return { ok: true, savedAt: (await response.json()).saved_at };
  if (response.status >= 500 || response.status === 429) throw new Error(String(response.status));
  const problem = await response.json();
  return { ok: false, code: response.status === 403 ? "signed-out" : problem.code };
}

const queue = new StepQueue({ attempt: form.dataset.attempt, nextSeq: Number(form.dataset.nextSeq), send });

function showSaved(text, state) {
  $("saved-text").textContent = text;
  $("saved").classList.toggle("ok", state === "ok");
  $("saved").classList.toggle("err", state === "err");
}

function notice(text, { acts = false } = {}) {
  $("notice").hidden = !text;
  $("notice-text").textContent = text;
  $("notice-acts").hidden = !acts;
}

function lock(locked) {
  $("paper").disabled = locked;
}

/** The paper locks while the oldest unsaved step has waited too long, and opens when it is through. */
function watch() {
  const late = queue.waiting > LOCK_AFTER_MS;
  if (late && !$("paper").disabled) {
    lock(true);
    notice(word("locked"));
  }
}

function save(slot) {
  const answer = paper.answer(slot);
  paper.mark(slot);
  if (answer === undefined) return notice(word("bad-number"));
  if (paper.changed(slot)) queue.push("save", slot, answer);
}

let leaving = null;

function go(target) {
  clearTimeout(typing);
  save(paper.current);
  if (paper.answer(paper.current) === undefined) return;
  if (target !== "check") return paper.turn(Number(target));
  leaving = form.dataset.check;
  if (!queue.unsaved.length) location.assign(leaving);
}

queue.addEventListener("waiting", () => showSaved(word("saving"), ""));
queue.addEventListener("saved", ({ detail }) => {
  // "Saved" is said when everything is.
  if (detail.empty) showSaved(word("saved", { time: wall.format(new Date(detail.at)) }), "ok");
  if ($("paper").disabled) lock(false);
  notice("");
  if (detail.empty && leaving) location.assign(leaving);
});
queue.addEventListener("unsaved", ({ detail }) => {
  showSaved(word("unsaved"), "err");
  if (detail.code === "signed-out") notice(word("signed-out"));
});
queue.addEventListener("adopted", () => queue.unsaved.forEach((step) => paper.paint(step)));
queue.addEventListener("refused", ({ detail }) => {
  leaving = null;
  if (["time-is-up", "already-handed-in", "not-found"].includes(detail.code)) {
    queue.forget();
    location.assign(form.dataset.result);
    return;
  }
  lock(true);
  const slots = [...new Set(queue.unsaved.map((step) => step.slot))];
  notice(word("stale", { questions: slots.join(word("list")) }), { acts: true });
  showSaved(word("unsaved"), "err");
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

/** Without an answer the server hands in by itself when the grace is over. */
async function handIn() {
  try {
    await post(form.dataset.submit, {});
  } finally {
    location.assign(form.dataset.result);
  }
}

let typing;
form.addEventListener("change", ({ target }) => {
  const slot = Number(target.closest("[data-question]")?.dataset.question);
  if (target.matches("[data-flag]")) {
    paper.mark(slot);
    queue.push("flag", slot, target.checked);
  } else if (target.matches("[data-answer]")) save(slot);
});
form.addEventListener("input", ({ target }) => {
  if (!target.matches("[data-answer][inputmode]")) return;
  clearTimeout(typing);
  typing = setTimeout(() => save(Number(target.closest("[data-question]").dataset.question)), TYPING_PAUSE_MS);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const asked = event.submitter?.value ?? String(paper.current);
  go(event.submitter?.matches(".vh") ? String(Math.min(paper.current + 1, paper.count)) : asked);
});

document.addEventListener("keydown", (event) => {
  const writing = event.target.matches("input.input");
  if (event.ctrlKey || event.metaKey || event.altKey || writing || $("paper").disabled) return;
  if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
    event.preventDefault();
    go(Math.max(1, Math.min(paper.count, paper.current + (event.key === "ArrowRight" ? 1 : -1))));
  } else if (event.key.toLowerCase() === "f") {
    paper.article(paper.current).querySelector("[data-flag]").click();
  } else if (/^[1-9]$/.test(event.key)) {
    paper.inputs(paper.current)[Number(event.key) - 1]?.click();
  }
});

addEventListener("online", () => queue.pump());
addEventListener("pagehide", () => queue.release());
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
    announce(word("time-up"));
    lock(true);
    notice(word("time-up"));
    // A save that is on its way is still taken in the time of grace.
    setTimeout(handIn, queue.unsaved.length ? 5000 : 1000);
  },
});
setInterval(watch, 1000);
queue.pump();
