// Contents and notes stand beside the text where there is room; where there is none they are shown in a dialog,
// which gives them back to their place when it closes. Keys act with Alt and Shift only.

const sheet = document.querySelector("[data-drawer-sheet]");
const slot = sheet.querySelector("[data-drawer-slot]");
const keys = document.getElementById("keys");

const shown = (element) => element.getClientRects().length > 0;

/** Where the keyboard should be in a part of the page: what is being read, or what is written in. */
const target = (part) => part.querySelector("[aria-current], textarea") ?? part;

function open(part) {
  if (sheet.open) return sheet.close();
  const gap = document.createComment(part.id);
  part.before(gap);
  slot.append(part);
  sheet.setAttribute("aria-labelledby", part.getAttribute("aria-labelledby"));
  sheet.addEventListener("close", () => gap.replaceWith(part), { once: true });
  sheet.showModal();
  target(part).focus();
}

function go(id) {
  const part = document.getElementById(id);
  if (!part) return;
  if (!sheet.open && shown(part) && matchMedia("(min-width: 60.01rem)").matches) target(part).focus();
  else open(part);
}

for (const link of document.querySelectorAll("[data-drawer]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    open(document.getElementById(link.dataset.drawer));
  });
}

// A link to a section inside the sheet leads out of it.
slot.addEventListener("click", (event) => {
  if (event.target.closest("a[href^='#']")) sheet.close();
});

for (const dialog of [sheet, keys]) {
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
}

// When the window grows, what was in the sheet has its place again.
matchMedia("(min-width: 60.01rem)").addEventListener("change", () => sheet.open && sheet.close());

for (const button of document.querySelectorAll("[data-dialog]")) {
  button.hidden = false;
  button.addEventListener("click", () => { sheet.close(); keys.showModal(); });
}

const follow = (rel) => document.querySelector(`.pager [rel=${rel}]`)?.click();
const ACTS = {
  KeyN: () => follow("next"),
  KeyP: () => follow("prev"),
  KeyC: () => go("outline"),
  KeyM: () => go("notes"),
  KeyH: () => (keys.open ? keys.close() : keys.showModal()),
};

document.addEventListener("keydown", (event) => {
  if (!event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey || !ACTS[event.code]) return;
  event.preventDefault();
  ACTS[event.code]();
});
