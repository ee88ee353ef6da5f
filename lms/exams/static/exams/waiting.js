// Before the bell: the time until the room opens, and the start when it does. Nothing is asked of the server, so a
// whole class that waits costs nothing; whoever starts is judged by the server's clock.

import { countdown, face } from "./clock.js";

// Clocks of page and server may be a moment apart.
const LATE_MS = 500;
const JITTER_MS = 1500;

const room = document.querySelector("[data-waiting]");
const left = countdown(room.dataset.now, room.dataset.opens);
const dial = room.querySelector("[data-waiting-face]");

function open() {
  room.querySelector("[data-waiting-until]").hidden = true;
  room.querySelector("[data-waiting-start]").hidden = false;
  room.querySelector("[data-waiting-said]").textContent = room.dataset.opened;
}

const timer = setInterval(tick, 500);
function tick() {
  const seconds = left();
  dial.textContent = face(seconds);
  if (seconds > 0) return;
  clearInterval(timer);
  setTimeout(open, LATE_MS + Math.random() * JITTER_MS);
}
room.querySelector("[data-waiting-until]").hidden = false;
tick();
