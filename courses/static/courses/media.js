// Recordings: ten seconds back and on, speed, keys while the keyboard is in the recording, and the place one has
// heard or seen to. The browser's own controls and captions stay as they are.

import { keepBookmark, sender } from "./bookmark.js";

const KEEP_EVERY_S = 10;
const STEP_S = 10;

function skip(recording, seconds) {
  const end = Number.isFinite(recording.duration) ? recording.duration : Infinity;
  recording.currentTime = Math.min(end, Math.max(0, recording.currentTime + seconds));
}

const toggle = (recording) => (recording.paused ? recording.play() : recording.pause());

const ACTS = {
  k: toggle,
  j: (recording) => skip(recording, -STEP_S),
  l: (recording) => skip(recording, STEP_S),
};

function addBar(recording, number) {
  const bar = document.getElementById("media-bar").content.firstElementChild.cloneNode(true);
  for (const button of bar.querySelectorAll("[data-skip]")) {
    button.addEventListener("click", () => skip(recording, Number(button.dataset.skip)));
  }
  for (const radio of bar.querySelectorAll("[type=radio]")) {
    radio.name = `speed-${number}`;
    radio.addEventListener("change", () => { recording.playbackRate = Number(radio.value); });
  }
  recording.after(bar);
}

function listen(recording) {
  recording.closest("figure").addEventListener("keydown", (event) => {
    const act = ACTS[event.key.toLowerCase()];
    if (!act || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    act(recording);
  });
}

/** Keep the place of the lesson's recording, and go there when asked. */
function keepPlace(recording, article) {
  const keep = sender(article);
  const now = () => keep(Math.floor(recording.currentTime));
  let kept = 0;
  recording.addEventListener("timeupdate", () => {
    if (Math.abs(recording.currentTime - kept) < KEEP_EVERY_S) return;
    kept = recording.currentTime;
    now();
  });
  recording.addEventListener("pause", now);
  addEventListener("pagehide", now);
  article.querySelector("[data-resume]")?.addEventListener("click", (event) => {
    recording.currentTime = Number(article.dataset.bookmark);
    recording.focus();
    recording.play();
    event.currentTarget.closest("p").hidden = true;
  });
}

export function equip(recordings, article) {
  recordings.forEach((recording, number) => {
    addBar(recording, number);
    listen(recording);
  });
  if (!article) return;
  if (article.dataset.kind === "reading") keepBookmark(article);
  else keepPlace(recordings[0], article);
}
