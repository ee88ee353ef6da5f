/* The deal room with script. Forms stay plain forms; here they are sent without the page being left, and what
   comes back is laid in place: nothing jumps, and a refusal is said where it was clicked. */

import { layOutPapers, layOnPaper } from "./packages.js";
import { forget, keepDrafts } from "./keeping.js";
import { wakeNotes, wakeDrafts, wakeSheets } from "./books.js";

const main = document.getElementById("main");
const saved = () => document.querySelector("[data-saved]");

function say(kind) {
  const line = saved();
  line.dataset.plain ??= line.lastElementChild.textContent;
  line.lastElementChild.textContent = kind ? line.dataset[kind] : line.dataset.plain;
  line.classList.toggle("is-failed", kind === "failed");
}

const keyed = (root, key) => root.querySelector(`[data-key="${CSS.escape(key)}"]`);
const openNow = () => [...main.querySelectorAll("details[data-open]")].map((each) => [each.dataset.open, each.open]);

/* Lay a page that came back over the one that is shown, keeping what was folded out and where the eye is. */
function swap(page, key) {
  const before = key && keyed(main, key);
  const top = before ? before.getBoundingClientRect().top : null;
  const open = openNow();
  main.replaceChildren(...page.getElementById("main").childNodes);
  for (const [name, is] of open) {
    const fold = main.querySelector(`details[data-open="${CSS.escape(name)}"]`);
    if (fold) fold.open = is;
  }
  wake();
  const after = key && keyed(main, key);
  if (after && top !== null) scrollBy({ top: after.getBoundingClientRect().top - top, behavior: "instant" });
  return after;
}

function lookAt(place, refusal) {
  const target = refusal ?? place;
  if (!target) return;
  if (!target.matches("[tabindex], button, input, a, summary")) target.tabIndex = -1;
  target.focus({ preventScroll: true });
}

async function send(form, button) {
  const body = new FormData(form, button);
  const key = form.dataset.key;
  lock(form, true);
  say("sending");
  let response;
  try {
    response = await fetch(form.getAttribute("action"), { method: "POST", body, headers: { "X-Requested-With": "fetch" } });
    if (response.status >= 500) throw new Error(response.statusText);
  } catch {
    say("failed");
    lock(form, false);
    return;
  }
  say("");
  await arrive(response, key, form.dataset.keep);
}

const lock = (form, is) => form.querySelectorAll("button").forEach((button) => { button.disabled = is; });

async function arrive(response, key, kept) {
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  if (page.querySelector("[data-document]")) return showPaper(page, key);
  if (!page.querySelector("[data-room]")) { location.assign(response.url); return; }
  const refusal = response.ok ? null : page.querySelector(".refused");
  if (response.ok && kept) forget(kept);
  if (response.ok && ["advance", "propose"].includes(key)) return onward(page, key);
  const place = swap(page, key);
  lookAt(place, refusal && main.querySelector(".refused"));
}

/* A new stage and the answers to a round are what one wants to see next. */
function onward(page, key) {
  swap(page, null);
  const place = document.getElementById(key === "propose" ? "offers-title" : "stage-title");
  // At once: worksheets that wake on the way would carry a slow journey past its goal.
  place?.scrollIntoView({ block: "start", behavior: "instant" });
  place?.focus({ preventScroll: true });
}

async function showPaper(page, key) {
  const shown = () => main.querySelector("[data-shown]");
  const paper = page.querySelector("[data-document]");
  if (key) {  // it has been opened for the first time: the room knows more now
    const room = await fetch(location.pathname);
    swap(new DOMParser().parseFromString(await room.text(), "text/html"), key);
  }
  shown().querySelector("[data-shown-here]").replaceChildren(paper);
  shown().showModal();
  shown().scrollTop = 0;
}

main.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-once]")) return;
  event.preventDefault();
  if (!form.querySelector("button:disabled")) send(form, event.submitter);
});

main.addEventListener("click", async (event) => {
  const link = event.target.closest("[data-paper-link], [data-terms], a[href='#walk-away']");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (link.dataset.terms) { event.preventDefault(); layOnPaper(JSON.parse(link.dataset.terms)); }
  else if (link.hash === "#walk-away") document.getElementById("walk-away").open = true;
  else {
    event.preventDefault();
    try {
      const response = await fetch(link.href);
      showPaper(new DOMParser().parseFromString(await response.text(), "text/html"), "");
    } catch { location.assign(link.href); }
  }
});

const PLACES = { KeyW: "stage-title", KeyP: "paper-title", KeyN: "clues-title", KeyR: "offers-title", KeyD: "file-title" };

addEventListener("keydown", (event) => {
  if (!event.altKey || !event.shiftKey) return;
  const tab = /^Digit([123])$/.exec(event.code);
  const place = tab
    ? main.querySelectorAll("[name='shown']")[Number(tab[1]) - 1]
    : document.getElementById(PLACES[event.code] ?? "");
  if (!place) return;
  event.preventDefault();
  if (tab) place.click();
  place.scrollIntoView({ block: tab ? "nearest" : "start" });
  place.focus();
});

/* A tab that was left alone shows what another one did meanwhile. */
document.addEventListener("visibilitychange", async () => {
  if (document.hidden || document.querySelector("dialog[open]")) return;
  try {
    const response = await fetch(location.pathname);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const there = page.querySelector("[data-latest]")?.dataset.latest;
    if (there === undefined) location.assign(response.url);
    else if (there !== main.querySelector("[data-latest]").dataset.latest) swap(page, null);
  } catch { /* no connection now; the next act says so */ }
});

function wake() {
  layOutPapers(main);
  keepDrafts(main);
  wakeNotes(main);
  wakeDrafts(main);
  wakeSheets(main);
  main.querySelectorAll("[data-keys]").forEach((each) => { each.hidden = false; });
}

/* On a phone the long sheet of one's own side begins folded. */
if (matchMedia("(max-width: 48rem)").matches) main.querySelectorAll("[data-fold-phone]").forEach((each) => { each.open = false; });
wake();
