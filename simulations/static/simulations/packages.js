/* The paper of the next round: rows become sliders, tabs say what differs, a counter-package is laid on it. */

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
  note.textContent = words.replace("{letter}", letter).replace("{names}", apart.join(note.dataset.joiner));
}

function tellSending(paper) {
  const letters = packages(paper).filter(isSent).map((box) => box.dataset.package.toUpperCase());
  const button = paper.querySelector("[data-send]");
  const joiner = paper.querySelector("[data-difference]").dataset.joiner;
  if (button) button.textContent = button.dataset.several.replace("{letters}", letters.join(joiner));
}

function remember(paper) {
  const kept = packages(paper).map((box) => ({
    sent: isSent(box),
    terms: Object.fromEntries(rows(box).map((row) => [row.dataset.issue, valueOf(row)])),
  }));
  sessionStorage.setItem(STORE + paper.dataset.paper, JSON.stringify(kept));
}

function recall(paper) {
  if (new URLSearchParams(location.search).has("take")) return;
  const kept = JSON.parse(sessionStorage.getItem(STORE + paper.dataset.paper) ?? "null");
  if (!kept) return;
  packages(paper).forEach((box, n) => {
    const tick = box.querySelector('[name^="with-"]');
    if (tick) tick.checked = kept[n].sent;
    for (const row of rows(box)) setValue(row, kept[n].terms[row.dataset.issue]);
  });
}

/* What the shown package is worth to one's own side, where the player sits in a seat. */
function along(knots, x) {
  if (x <= knots[0][0]) return knots[0][1];
  for (let n = 1; n < knots.length; n += 1) {
    const [a, p] = knots[n - 1];
    const [b, q] = knots[n];
    if (x <= b) return p + ((q - p) * (x - a)) / (b - a);
  }
  return knots[knots.length - 1][1];
}

const meets = (wanted, value) => (
  typeof wanted[0] === "string" ? wanted.includes(value) : Number(value) >= wanted[0] && Number(value) <= wanted[wanted.length - 1]
);

function tellOwn(paper) {
  const own = document.querySelector("[data-own]");
  if (!own) return;
  const shown = paper.querySelector('[name="shown"]:checked').value;
  const box = packages(paper).find((each) => each.dataset.package === shown);
  const terms = Object.fromEntries(rows(box).map((row) => [row.dataset.issue, valueOf(row)]));
  let total = Number(own.dataset.base);
  for (const row of own.querySelectorAll("[data-own-row]")) {
    const knots = JSON.parse(row.dataset.knots);
    const value = terms[row.dataset.ownRow];
    total += Array.isArray(knots) ? along(knots, Number(value)) : knots[value] ?? 0;
  }
  for (const extra of JSON.parse(own.dataset.extras)) {
    if (Object.entries(extra.when).every(([issue, wanted]) => meets(wanted, terms[issue]))) total += extra.add;
  }
  own.querySelector("[data-own-total]").textContent = String(Math.round(total * 10) / 10);
  own.querySelector("[data-own-bar]").setAttribute("width", String(Math.max(0, Math.min(100, total))));
  own.classList.toggle("is-below", total < Number(own.dataset.walk));
}

function layOut(paper) {
  const changed = () => { tellDifference(paper); tellSending(paper); tellOwn(paper); remember(paper); };
  for (const row of paper.querySelectorAll("[data-issue]")) {
    if (row.querySelector("[data-slide]")) slide(row, changed);
  }
  recall(paper);
  paper.addEventListener("change", changed);
  tellDifference(paper);
  tellSending(paper);
  tellOwn(paper);
}

/** Wake every paper under `root`. */
export function layOutPapers(root) {
  for (const paper of root.querySelectorAll("[data-paper]")) layOut(paper);
}

/** Lay a counter-package on the package that is shown. */
export function layOnPaper(terms) {
  const paper = document.querySelector("[data-paper]");
  const shown = paper.querySelector('[name="shown"]:checked').value;
  const box = packages(paper).find((each) => each.dataset.package === shown);
  for (const row of rows(box)) setValue(row, String(terms[row.dataset.issue]));
  paper.dispatchEvent(new Event("change"));
  paper.scrollIntoView({ block: "start" });
  document.getElementById("paper-title").focus({ preventScroll: true });
}
