/* The deal room with script: rows of the paper become sliders, tabs say what differs, a form is sent once.
   Everything here only adds to plain forms; without it every act still works. */

const STORE = "jiqiao-paper:";

const packages = (paper) => [...paper.querySelectorAll("[data-package]")];
const rows = (box) => [...box.querySelectorAll("[data-issue]")];
const named = (row) => row.querySelector("legend, .issue-name").textContent.trim();

function valueOf(row) {
  const number = row.querySelector(".issue-number");
  return number ? number.value : row.querySelector("input:checked")?.value;
}

function setValue(row, value) {
  const number = row.querySelector(".issue-number");
  if (number) {
    number.value = value;
    row.querySelector(".range").value = value;
    return;
  }
  const choice = row.querySelector(`input[value="${CSS.escape(value)}"]`);
  if (choice) choice.checked = true;
}

function isSent(box) {
  const tick = box.querySelector('[name^="with-"]');
  return !tick || tick.checked;
}

/* Sliding gives whole numbers where the grid has them; typing may give any. */
function tidy(range, value) {
  const digits = Number.isInteger(Number(range.dataset.step)) ? 1 : 100;
  const held = Math.min(Number(range.max), Math.max(Number(range.min), value));
  return String(Math.round(held * digits) / digits);
}

function slide(row, changed) {
  const number = row.querySelector(".issue-number");
  const control = row.querySelector("[data-slide]");
  const range = row.querySelector(".range");
  control.hidden = false;
  range.addEventListener("input", () => { number.value = tidy(range, Number(range.value)); changed(); });
  number.addEventListener("input", () => { range.value = number.value; changed(); });
  for (const button of control.querySelectorAll("[data-nudge]")) {
    button.addEventListener("click", () => {
      const step = Number(range.dataset.step) * Number(button.dataset.nudge);
      number.value = tidy(range, Number(number.value) + step);
      range.value = number.value;
      changed();
    });
  }
}

function tellDifference(paper) {
  const note = paper.querySelector("[data-difference]");
  const [first, ...others] = packages(paper);
  const shown = paper.querySelector('[name="shown"]:checked').value;
  const other = others.find((box) => box.dataset.package === shown) ?? others.find(isSent);
  if (!other || !isSent(other)) { note.textContent = ""; return; }
  const twins = rows(other);
  const apart = rows(first).filter((row, n) => valueOf(row) !== valueOf(twins[n])).map(named);
  const letter = other.dataset.package.toUpperCase();
  const words = apart.length ? note.dataset.one : note.dataset.none;
  note.textContent = words.replace("{letter}", letter).replace("{names}", apart.join("、"));
}

function tellSending(paper) {
  const letters = packages(paper).filter(isSent).map((box) => box.dataset.package.toUpperCase());
  const button = paper.querySelector("[data-send]");
  if (button) button.textContent = button.dataset.several.replace("{letters}", letters.join("、"));
}

function remember(paper) {
  const kept = packages(paper).map((box) => ({
    sent: isSent(box),
    terms: Object.fromEntries(rows(box).map((row) => [row.dataset.issue, valueOf(row)])),
  }));
  sessionStorage.setItem(STORE + paper.dataset.paper, JSON.stringify(kept));
}

function recall(paper) {
  const kept = JSON.parse(sessionStorage.getItem(STORE + paper.dataset.paper) ?? "null");
  if (!kept) return;
  packages(paper).forEach((box, n) => {
    const tick = box.querySelector('[name^="with-"]');
    if (tick) tick.checked = kept[n].sent;
    for (const row of rows(box)) setValue(row, kept[n].terms[row.dataset.issue]);
  });
}

function layOut(paper) {
  const changed = () => { tellDifference(paper); tellSending(paper); remember(paper); };
  for (const row of paper.querySelectorAll("[data-issue]")) {
    if (row.querySelector("[data-slide]")) slide(row, changed);
  }
  recall(paper);
  paper.addEventListener("change", changed);
  tellDifference(paper);
  tellSending(paper);
}

for (const paper of document.querySelectorAll("[data-paper]")) layOut(paper);

for (const form of document.querySelectorAll("[data-once]")) {
  form.addEventListener("submit", () => {
    // After the browser has taken the form's data: a second click finds nothing to press.
    setTimeout(() => form.querySelectorAll("button").forEach((button) => { button.disabled = true; }));
  });
}

// A page that comes back from the browser's memory may be used again.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  document.querySelectorAll("[data-once] button").forEach((button) => { button.disabled = false; });
});

for (const link of document.querySelectorAll('a[href="#walk-away"]')) {
  link.addEventListener("click", () => { document.getElementById("walk-away").open = true; });
}
