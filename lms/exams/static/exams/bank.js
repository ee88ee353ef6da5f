/* The form of a question: more rows, and a preview that keeps up. Without this file both work by the form's own buttons. */

const PAUSE = 700;

function addRow(rows) {
  const prefix = rows.dataset.rows;
  const total = rows.querySelector(`[name="${prefix}-TOTAL_FORMS"]`);
  const most = Number(rows.querySelector(`[name="${prefix}-MAX_NUM_FORMS"]`).value);
  const number = Number(total.value);
  if (number >= most) return;
  const row = rows.querySelector("template[data-empty]").content.firstElementChild.cloneNode(true);
  for (const part of row.querySelectorAll("*")) {
    for (const { name, value } of [...part.attributes]) {
      if (value.includes("__prefix__")) part.setAttribute(name, value.replaceAll("__prefix__", number));
    }
  }
  rows.querySelector("[data-list]").append(row);
  total.value = number + 1;
  row.querySelector("input:not([type=hidden]), textarea, select").focus();
  if (number + 1 >= most) rows.querySelector("[data-more]").hidden = true;
}

function keepPreview(form, place) {
  let waiting = 0;
  let asked = 0;
  const look = async () => {
    const mine = ++asked;
    const data = new FormData(form);
    data.set("act", "preview");
    const answer = await fetch(location.href, { method: "POST", body: data }).catch(() => null);
    if (!answer?.ok || mine !== asked) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-preview]");
    if (fresh && mine === asked) place.replaceChildren(...fresh.childNodes);
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, PAUSE);
  });
}

for (const rows of document.querySelectorAll("[data-rows]")) {
  const more = rows.querySelector("[data-more]");
  more.hidden = false;
  more.addEventListener("click", () => addRow(rows));
}
const form = document.querySelector("[data-question-form]");
const place = document.querySelector("[data-preview]");
if (form && place) keepPreview(form, place);
