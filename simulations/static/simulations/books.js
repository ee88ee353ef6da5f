/* The books of the room: the notebook is filtered in place, a paper shows itself while its lines are chosen,
   and worksheets load their reckoning when there is one to do. */

const STORE = "jiqiao-notes:";

function filter(book, form) {
  const [stage, grade] = [form.elements.of.value, form.elements.grade.value];
  const notes = [...book.querySelectorAll("[data-grade]")];
  for (const note of notes) {
    note.hidden = (stage !== "" && note.dataset.stage !== stage) || (grade !== "" && note.dataset.grade !== grade);
  }
  sessionStorage.setItem(STORE, JSON.stringify([stage, grade]));
  const shown = notes.filter((note) => !note.hidden).length;
  const line = book.querySelector("[data-notes-count]");
  line.textContent = line.textContent.replace(/\d+/, String(shown));
}

/** The notebook's filters work at once, and stay as they were. */
export function wakeNotes(root) {
  const book = root.querySelector("[data-notes]");
  const form = book?.querySelector("[data-notes-filter]");
  if (!form) return;
  form.querySelector("[data-notes-go]").hidden = true;
  const kept = JSON.parse(sessionStorage.getItem(STORE) ?? "null");
  if (kept && !location.search) {
    [form.elements.of.value, form.elements.grade.value] = kept;
    if (form.elements.of.selectedIndex < 0) form.elements.of.value = "";
    if (form.elements.grade.selectedIndex < 0) form.elements.grade.value = "";
    filter(book, form);
  }
  form.addEventListener("change", () => filter(book, form));
}

function write(both) {
  const list = both.querySelector("[data-draft-lines]");
  const chosen = [...both.querySelectorAll("[name='clauses']:checked")];
  list.replaceChildren(...chosen.map((box) => {
    const line = document.createElement("li");
    line.textContent = box.closest("label").textContent.trim();
    return line;
  }));
  both.querySelector("[data-draft-empty]").hidden = chosen.length > 0;
}

/** Papers stand beside their lines as they will be read. */
export function wakeDrafts(root) {
  for (const both of root.querySelectorAll("[data-draft]")) {
    both.addEventListener("change", () => write(both));
    write(both);
  }
}

/** Each worksheet brings the module that reckons it. */
export function wakeSheets(root) {
  for (const sheet of root.querySelectorAll("[data-sheet]")) {
    import(sheet.dataset.module).then((module) => module.wake(sheet));
  }
}
