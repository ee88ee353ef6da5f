/* Drafts of judgements and papers: kept on this device with every stroke, until the server has them. */

const STORE = "jiqiao-draft:";
const SKIPPED = new Set(["csrfmiddlewaretoken", "request_id", "type"]);

const fields = (form) => [...form.elements].filter((field) => field.name && !SKIPPED.has(field.name) && field.type !== "hidden");
const nameOf = (field) => (["radio", "checkbox"].includes(field.type) ? `${field.name}=${field.value}` : field.name);
const stateOf = (field) => (["radio", "checkbox"].includes(field.type) ? field.checked : field.value);

function keep(form) {
  const kept = Object.fromEntries(fields(form).map((field) => [nameOf(field), stateOf(field)]));
  try { localStorage.setItem(STORE + form.dataset.keep, JSON.stringify(kept)); } catch { /* no room: the form still stands */ }
}

function recall(form) {
  const kept = JSON.parse(localStorage.getItem(STORE + form.dataset.keep) ?? "null");
  if (!kept) return;
  for (const field of fields(form)) {
    const was = kept[nameOf(field)];
    if (was === undefined) continue;
    if (typeof was === "boolean") field.checked = was;
    else field.value = was;
  }
}

function count(form) {
  const note = form.querySelector("[data-written]");
  const text = form.querySelector("textarea");
  if (!note || !text) return;
  const is = localStorage.getItem(STORE + form.dataset.keep) !== null;
  const words = note.dataset.words.replace("{count}", String(text.value.length)).replace("{most}", String(text.maxLength));
  note.textContent = is ? `${words} · ${note.dataset.kept}` : words;
}

/** Keep what is written in the forms under `root`, and bring back what was not sent. */
export function keepDrafts(root) {
  for (const form of root.querySelectorAll("form[data-keep]")) {
    recall(form);
    count(form);
    form.addEventListener("input", () => { keep(form); count(form); });
  }
}

/** The server has it now. */
export function forget(name) {
  localStorage.removeItem(STORE + name);
}
