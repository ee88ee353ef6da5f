// How each kind of question is read from the page, written to it, and reached by number keys.

const NUMBER = /^[+-]?\d{1,12}(\.\d{1,6})?$/;

/** A number as typed, in its plain form; null for nothing, `undefined` for what is no number. */
function plain(typed) {
  const digits = typed.normalize("NFKC").replace(/[\s,，]/g, "");
  if (!digits) return null;
  return NUMBER.test(digits) ? digits : undefined;
}

const fields = (article) => [...article.querySelectorAll("[data-answer]")];
const focusOn = (article, place) => fields(article)[place - 1]?.focus();

const choice = {
  read: (article) => fields(article).find((input) => input.checked)?.value ?? null,
  write: (article, answer) => {
    for (const input of fields(article)) input.checked = [].concat(answer ?? []).includes(input.value);
  },
  digit: (article, place) => fields(article)[place - 1]?.click(),
};

const several = {
  ...choice,
  read: (article) => {
    const chosen = fields(article).filter((input) => input.checked).map((input) => input.value);
    return chosen.length ? chosen.sort() : null;
  },
};

const blanks = {
  read: (article) => {
    const filled = fields(article).map((input) => input.value);
    return filled.some((text) => text.trim()) ? filled : null;
  },
  write: (article, answer) => fields(article).forEach((input, place) => { input.value = answer?.[place] ?? ""; }),
  digit: focusOn,
};

const number = {
  read: (article) => {
    const [typed, unit] = fields(article);
    const value = plain(typed.value);
    if (!unit || value === undefined) return value;
    return value || unit.value ? { number: value ?? "", unit: unit.value } : null;
  },
  write: (article, answer) => {
    const [typed, unit] = fields(article);
    typed.value = (unit ? answer?.number : answer) ?? "";
    if (unit) unit.value = answer?.unit ?? "";
  },
  digit: focusOn,
};

const matching = {
  read: (article) => {
    const made = fields(article).filter((select) => select.value);
    return made.length ? Object.fromEntries(made.map((select) => [select.dataset.option, select.value])) : null;
  },
  write: (article, answer) => {
    for (const select of fields(article)) select.value = answer?.[select.dataset.option] ?? "";
  },
  digit: focusOn,
};

/** Lines stand as they have been put, lines without a place after them as they were drawn. */
const ordering = {
  read: (article) => article.querySelector("[data-lines]").dataset.order.split(" ").filter(Boolean).length
    ? article.querySelector("[data-lines]").dataset.order.split(" ") : null,
  write: (article, answer) => {
    const list = article.querySelector("[data-lines]");
    const order = answer ?? [];
    const rest = list.dataset.drawn.split(" ").filter((option) => !order.includes(option));
    [...order, ...rest].forEach((option, place) => {
      const line = list.querySelector(`[data-option="${option}"]`);
      if (list.children[place] !== line) list.insertBefore(line, list.children[place]);
      line.querySelector("select").value = place < order.length ? place + 1 : "";
      line.classList.toggle("is-set", place < order.length);
    });
    list.dataset.order = order.join(" ");
    article.querySelector("[data-take-order]").hidden = order.length > 0;
  },
  digit: focusOn,
};

/** Put a line of an ordering in a place, from 1; the others keep their order. No place takes the answer back. */
export function place(article, option, where) {
  const list = article.querySelector("[data-lines]");
  if (!where) return ordering.write(article, null);
  const others = [...list.children].map((line) => line.dataset.option).filter((each) => each !== option);
  others.splice(where - 1, 0, option);
  ordering.write(article, others);
}

/** Take the lines as they stand. */
export function takeOrder(article) {
  ordering.write(article, [...article.querySelector("[data-lines]").children].map((line) => line.dataset.option));
}

const essay = {
  read: (article) => fields(article)[0].value || null,
  write: (article, answer) => { fields(article)[0].value = answer ?? ""; },
  digit: focusOn,
};

export const KINDS = {
  single: choice,
  "true-false": choice,
  multiple: several,
  "fill-in": blanks,
  numeric: number,
  matching,
  ordering,
  essay,
};
