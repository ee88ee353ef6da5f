/* Works the calculation out anew shortly after each change, by the very form that works without a script. */

const form = document.querySelector("[data-pool]");
const PAUSE = 500;
let waiting = 0;
let asked = 0;

function region(name, root = document) {
  return root.querySelector(`[data-pool-${name}]`);
}

function isFilled() {
  return form.elements.value.value.trim() !== "";
}

function stale() {
  const note = region("stale");
  if (note) note.hidden = false;
}

async function workOut() {
  const number = ++asked;
  const data = new FormData(form);
  data.set("work_out", "1");
  // A title is wanted only where a calculation is kept.
  if (!data.get("title").trim()) data.set("title", "–");
  try {
    const answer = await fetch(form.action, { method: "POST", body: data, credentials: "same-origin" });
    if (number !== asked) return;
    if (answer.status !== 200) return stale();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = region("results", page);
    if (fresh) region("results").replaceWith(fresh);
    region("faults").replaceChildren();
  } catch {
    stale();
  }
}

if (form) {
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    if (isFilled()) waiting = setTimeout(workOut, PAUSE);
  });
}
