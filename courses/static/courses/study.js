// Counts attentive study and has the server credit it. The rule is in docs/reference/study-time.md:
// the server grants a lease, this page counts seconds while it is in front and its reader moves (or its recording
// plays), and sends them as intervals. What cannot be sent is kept on this computer and sent later, under the lease
// it was studied in.

import { Claims } from "./claims.js";
import { Display } from "./display.js";

const TICK_MS = 1000;
const SEND_EVERY_S = 15;
const RENEW_BEFORE_S = 5;
const IDLE_AFTER_MS = 120_000;
const RETRY_MS = 5_000;

const root = document.querySelector("[data-study]");
const recording = root.dataset.kind === "reading" ? null : document.querySelector(".lesson-words :is(video, audio)");
const display = new Display(document, root);
const claims = new Claims(root.dataset);

const study = {
  lease: null, // {token, endsAt} on this page's own steady clock
  position: 0, // where reading goes on
  limit: 0, // where what has been counted or waits begins again
  declared: Number(root.dataset.declared),
  counted: 0, // seconds read and not yet claimed
  played: null, // {start, end} of the recording, played and not yet claimed
  lastTick: performance.now(),
  lastMove: performance.now(),
  asking: false,
  retryAt: 0,
  question: null, // {no, dueAt, lateAt, answerBy, shown, given}
  elsewhere: false, // another page counts now
  complete: false,
};

const inFront = () => document.visibilityState === "visible";
const moving = () => (recording && !recording.paused) || performance.now() - study.lastMove < IDLE_AFTER_MS;
const leaseLeft = () => (study.lease ? (study.lease.endsAt - performance.now()) / 1000 : 0);

async function askForLease() {
  if (study.asking || performance.now() < study.retryAt) return;
  study.asking = true;
  claim();
  try {
    const asked = performance.now();
    const answer = await claims.lease(study.lease?.token ?? "");
    claim(); // what was read while the answer was on its way was read under the old lease
    study.lease = {
      token: answer.lease,
      endsAt: asked + answer.seconds * 1000,
      renewBefore: Math.min(RENEW_BEFORE_S, answer.seconds / 2),
    };
    goOn(answer);
    display.credited(answer.covered_s, study.declared);
    if (!claims.waiting) display.pending(answer.pending_s);
    hear(answer.challenge);
  } catch (fault) {
    refused(fault);
  } finally {
    study.asking = false;
  }
}

function goOn({ following }) {
  if (claims.waiting) return;
  [study.position, study.limit] = following;
}

function refused(fault) {
  study.retryAt = performance.now() + RETRY_MS;
  if (fault.code === "item-complete") finish();
  else if (fault.detail) display.say(fault.detail, "paused");
  else display.state("offline");
}

// Turn what was counted into a claim that stays as it is, however often it is sent.
function claim() {
  if (!study.lease) return;
  if (recording) return claimPlayed();
  const whole = Math.min(Math.floor(study.counted), study.limit - study.position);
  if (whole < 1) return;
  claims.add(study.lease.token, study.position, study.position + whole);
  study.position += whole;
  study.counted -= whole;
}

function claimPlayed() {
  const { start, end } = study.played ?? { start: 0, end: 0 };
  const [from, to] = [Math.floor(start), Math.floor(end)];
  if (to <= from) return;
  claims.add(study.lease.token, from, to);
  study.played.start = to;
}

async function send() {
  try {
    await claims.flush(answered);
  } catch (fault) {
    refused(fault);
  }
  if (claims.waiting) display.kept(claims.waiting);
}

function answered(answer, token) {
  display.credited(answer.covered_s, study.declared, answer.received_at);
  if (answer.pending_s) display.pending(answer.pending_s);
  // An older claim, of this page or of one that was closed, may hear that this very page took over from it.
  if (answer.reason === "taken-over" && token === study.lease?.token) {
    study.elsewhere = true;
    study.lease = null;
    display.offerHere(answer.detail, goOnHere);
  } else if (["daily-ceiling", "presence-missed", "too-late", "withdrawn"].includes(answer.reason)) {
    display.say(answer.detail, "paused");
    study.retryAt = performance.now() + RETRY_MS;
  }
  goOn(answer);
  if (!recording) study.counted += answer.early_s;
  hear(answer.challenge);
  if (answer.complete) finish();
}

function goOnHere() {
  study.elsewhere = false;
  study.counted = 0;
  study.played = null;
  study.lastMove = performance.now();
  askForLease();
}

function finish() {
  study.complete = true;
  study.question = null;
  display.answered();
  display.complete();
}

// The server says a question only when it falls due within the lease in hand.
function hear(challenge) {
  if (!challenge || study.question?.no === challenge.no) return;
  const { no, due_in_s, answer_by, left_s } = challenge;
  const heard = performance.now();
  study.question = {
    no,
    dueAt: heard + due_in_s * 1000,
    lateAt: heard + left_s * 1000,
    answerBy: answer_by,
    shown: false,
    given: false,
  };
}

function askPresence() {
  const { question } = study;
  if (!question || performance.now() < question.dueAt) return;
  if (!question.shown) {
    question.shown = true;
    const open = performance.now() < question.lateAt;
    display.ask(open ? question.answerBy : "", () => { question.given = true; display.answering(); tellPresence(); });
  } else if (question.given && performance.now() > study.retryAt) tellPresence();
}

async function tellPresence() {
  const { question } = study;
  if (!study.lease || question.sending) return;
  question.sending = true;
  study.lastMove = performance.now();
  claim();
  try {
    await claims.flush(answered);
    const answer = await claims.here(study.lease.token, question.no);
    study.question = null;
    display.answered();
    display.pending(answer.pending_s);
    display.credited(answer.covered_s, study.declared, answer.answered_at);
    display.state(answer.in_time ? "counting" : "missed");
    goOn(answer);
    if (answer.complete) finish();
  } catch (fault) {
    if (fault.code) { study.question = null; display.answered(); }
    refused(fault);
  } finally {
    question.sending = false;
  }
}

// A recording is counted along its own axis, for as long as it plays on without a jump.
function follow(passed) {
  const at = recording.currentTime;
  const { played } = study;
  if (played && at >= played.end && at - played.end <= 2.5 * passed + 1) played.end = at;
  else {
    claim();
    study.played = { start: at, end: at };
  }
}

function count(passed) {
  if (!recording) {
    study.counted += passed;
    return study.counted >= SEND_EVERY_S || study.position + study.counted >= study.limit;
  }
  if (recording.paused && !recording.ended) return false;
  follow(passed);
  return study.played.end - study.played.start >= SEND_EVERY_S || recording.ended;
}

function tick() {
  const now = performance.now();
  const passed = Math.min((now - study.lastTick) / 1000, 2 * (TICK_MS / 1000));
  study.lastTick = now;
  if (study.complete || study.elsewhere) return;
  askPresence();
  if (!inFront()) return display.state("hidden");
  if (!moving()) return display.state("idle");
  if (leaseLeft() <= (study.lease?.renewBefore ?? RENEW_BEFORE_S)) askForLease();
  if (leaseLeft() <= 0) {
    if (!study.retryAt || now > study.retryAt) display.state("starting");
    return;
  }
  const due = count(passed);
  if (!claims.waiting && now > study.retryAt) display.state(study.question?.shown ? "asked" : "counting");
  if (due) {
    claim();
    send();
  } else if (claims.waiting && now > study.retryAt) {
    send();
  }
}

for (const kind of ["pointermove", "pointerdown", "keydown", "scroll", "touchstart"]) {
  addEventListener(kind, () => { study.lastMove = performance.now(); }, { passive: true });
}
document.addEventListener("visibilitychange", () => {
  study.lastTick = performance.now();
  if (inFront()) return;
  claim();
  send();
});
addEventListener("pagehide", () => { claim(); send(); });
addEventListener("online", () => { study.retryAt = 0; send(); });

if (claims.waiting) send();
setInterval(tick, TICK_MS);
