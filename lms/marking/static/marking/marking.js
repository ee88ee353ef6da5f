// One script before its marker: keys, the sum of points, and a copy of what is not saved yet.

const root = document.querySelector("[data-marking]");
const form = root?.querySelector("[data-marks]");
const words = document.querySelector("[data-words]")?.dataset;
const DRAFT = `marking:${root?.dataset.draft}`;

const criteria = form ? [...form.querySelectorAll("[data-criterion]")] : [];
const comment = form?.querySelector("[data-comment]");
const trouble = root?.querySelector("[data-trouble]");
const saved = document.querySelector("[data-saved-text]");
let current = 0;
let busy = false;

function chosen() {
  return Object.fromEntries(
    criteria.flatMap((each) => {
      const input = each.querySelector("input:checked");
      return input ? [[each.dataset.criterion, input.value]] : [];
    }),
  );
}

function addUp() {
  // Hundredths, so that no sum shows what floating point makes of it.
  const points = Object.values(chosen());
  const sum = points.reduce((whole, each) => whole + Math.round(Number(each) * 100), 0) / 100;
  form.querySelector("[data-sum]").value = points.length ? String(sum) : words.open;
}

function say(text) {
  trouble.hidden = !text;
  trouble.querySelector("[data-trouble-text]").textContent = text;
}

function keep() {
  const draft = { levels: chosen(), comment: comment.value };
  try {
    localStorage.setItem(DRAFT, JSON.stringify(draft));
  } catch {
    // A browser that keeps nothing still saves by the button.
  }
  saved.textContent = words.unsaved;
  saved.parentElement.classList.remove("ok");
  addUp();
}

function forget() {
  try {
    localStorage.removeItem(DRAFT);
  } catch {
    // Nothing was kept.
  }
}

function restore() {
  let draft = null;
  try {
    draft = JSON.parse(localStorage.getItem(DRAFT));
  } catch {
    forget();
  }
  if (!draft) return;
  const before = JSON.stringify([chosen(), comment.value]);
  for (const each of criteria) {
    const inputs = [...each.querySelectorAll("input")];
    const input = inputs.find((level) => level.value === draft.levels?.[each.dataset.criterion]);
    if (input) input.checked = true;
  }
  if (typeof draft.comment === "string") comment.value = draft.comment;
  if (before === JSON.stringify([chosen(), comment.value])) return;
  saved.textContent = words.kept;
  saved.parentElement.classList.remove("ok");
}

function stand(number, focus = true) {
  current = Math.max(0, Math.min(criteria.length - 1, number));
  criteria.forEach((each, at) => each.toggleAttribute("data-current", at === current));
  if (!focus) return;
  const here = criteria[current];
  (here.querySelector("input:checked") ?? here.querySelector("input")).focus({ preventScroll: true });
  here.scrollIntoView({ block: "nearest" });
}

function choose(digit) {
  const input = criteria[current]?.querySelector(`[data-digit="${digit}"]`);
  if (!input) return;
  input.checked = true;
  input.focus({ preventScroll: true });
  keep();
}

async function save() {
  if (busy) return;
  busy = true;
  saved.textContent = words.saving;
  try {
    // Not `form.action`: a field of the form has that name.
    const response = await fetch(location.pathname, {
      method: "POST",
      body: new FormData(form),
      headers: { Accept: "application/json" },
      signal: AbortSignal.timeout(20000),
    });
    await heard(response);
  } catch {
    say(words.lost);
    saved.textContent = words.unsaved;
  } finally {
    busy = false;
  }
}

async function heard(response) {
  if (!response.headers.get("Content-Type")?.startsWith("application/json")) {
    say(words.out);
    saved.textContent = words.unsaved;
    return;
  }
  const told = await response.json();
  if (response.ok) {
    forget();
    location.assign(told.next);
    return;
  }
  form.querySelector("[data-seen]").value = told.seen;
  say(told.detail);
  saved.textContent = words.unsaved;
  trouble.scrollIntoView({ block: "nearest" });
}

function pressed(event) {
  const writing = event.target.matches("textarea, input:not([type=radio])");
  if (writing && event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target === comment) {
    event.preventDefault();
    save();
  }
  if (writing || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const act = {
    ArrowDown: () => stand(current + 1),
    ArrowUp: () => stand(current - 1),
    s: save,
    S: save,
  }[event.key];
  if (act || /^\d$/.test(event.key)) {
    event.preventDefault();
    act ? act() : choose(event.key);
  }
}

if (form && !form.querySelector("fieldset:disabled")) {
  restore();
  addUp();
  stand(0, false);
  form.addEventListener("input", keep);
  form.addEventListener("focusin", (event) => {
    const at = criteria.indexOf(event.target.closest("[data-criterion]"));
    if (at >= 0) stand(at, false);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save();
  });
  document.addEventListener("keydown", pressed);
} else if (form) {
  addUp();
}
