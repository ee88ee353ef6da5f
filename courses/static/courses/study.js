// Counts attentive reading and has the server credit it. The rule is in docs/reference/study-time.md:
// the server grants a lease, this page counts seconds while it is in front and its reader moves, and sends
// them as intervals. What cannot be sent is kept on this computer and sent later, under the lease it was read in.

import { Claims } from "./claims.js";
import { Display } from "./display.js";

const TICK_MS = 1000;
const SEND_EVERY_S = 15;
const RENEW_BEFORE_S = 5;
const IDLE_AFTER_MS = 120_000;
const RETRY_MS = 5_000;

const root = document.querySelector("[data-study]");
const display = new Display(document, root);
const claims = new Claims(root.dataset);

const study = {
  lease: null, // {token, endsAt} on this page's own steady clock
  position: Number(root.dataset.covered),
  declared: Number(root.dataset.declared),
  counted: 0, // seconds read and not yet claimed
  lastTick: performance.now(),
  lastMove: performance.now(),
  asking: false,
  retryAt: 0,
  elsewhere: false, // another page counts now
  complete: false,
};

const inFront = () => document.visibilityState === "visible";
const moving = () => performance.now() - study.lastMove < IDLE_AFTER_MS;
const leaseLeft = () => (study.lease ? (study.lease.endsAt - performance.now()) / 1000 : 0);

async function askForLease() {
  if (study.asking || performance.now() < study.retryAt) return;
  study.asking = true;
  claim();
  try {
    const asked = performance.now();
    const answer = await claims.lease(study.lease?.token ?? "");
    study.lease = { token: answer.lease, endsAt: asked + answer.seconds * 1000 };
    if (!claims.waiting) study.position = answer.covered_s;
    display.credited(answer.covered_s, study.declared);
  } catch (fault) {
    refused(fault);
  } finally {
    study.asking = false;
  }
}

function refused(fault) {
  study.retryAt = performance.now() + RETRY_MS;
  if (fault.code === "item-complete") finish();
  else if (fault.detail) display.say(fault.detail, "paused");
  else display.state("offline");
}

// Turn what was counted into a claim that stays as it is, however often it is sent.
function claim() {
  const whole = Math.min(Math.floor(study.counted), study.declared - study.position);
  if (!study.lease || whole < 1) return;
  claims.add(study.lease.token, study.position, study.position + whole);
  study.position += whole;
  study.counted -= whole;
}

async function send() {
  try {
    await claims.flush(answered);
  } catch (fault) {
    refused(fault);
  }
  if (claims.waiting) display.kept(claims.waiting);
}

function answered(answer) {
  display.credited(answer.covered_s, study.declared, answer.received_at);
  if (answer.reason === "taken-over") {
    study.elsewhere = true;
    study.lease = null;
    display.offerHere(answer.detail, goOnHere);
  }
  if (!claims.waiting) {
    study.position = answer.covered_s;
    study.counted += answer.pending_s;
  }
  if (answer.complete) finish();
}

function goOnHere() {
  study.elsewhere = false;
  study.counted = 0;
  study.lastMove = performance.now();
  askForLease();
}

function finish() {
  study.complete = true;
  display.complete();
}

function tick() {
  const now = performance.now();
  const passed = Math.min((now - study.lastTick) / 1000, 2 * (TICK_MS / 1000));
  study.lastTick = now;
  if (study.complete || study.elsewhere) return;
  if (!inFront()) return display.state("hidden");
  if (!moving()) return display.state("idle");
  if (leaseLeft() <= RENEW_BEFORE_S) askForLease();
  if (leaseLeft() <= 0) {
    if (!study.retryAt || now > study.retryAt) display.state("starting");
    return;
  }
  study.counted += passed;
  if (!claims.waiting) display.state("counting");
  const full = study.position + study.counted >= study.declared;
  if (study.counted >= SEND_EVERY_S || full) {
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
