/* Four forms of payment beside each other, for both sides: a lump sum, an entry fee with a royalty, milestones,
   and use first, pay later. Their terms are tried out here and are no part of the judgement. */

import { figure, make, span } from "./charting.js";
import { FORMS, licence } from "./licence.js";
import { PATHS, summary } from "./sampling.js";

const TERMS = { lump: ["lump"], royalty: ["entry", "royalty"], milestones: ["milestone"], use_first: ["free", "later"] };
const SHARE_OF_ENTRY = 0.2;
const FREE_YEARS = 2;

const round = (value) => (Number.isFinite(value) ? Number(Math.max(0, value).toPrecision(2)) : 0);

/* Terms that are worth the same to the licensor under every form: half of what the project brings. */
function alike(given) {
  const unit = { ...given, lump: 0, entry: 0, royalty: 100, milestone: 1, free: FREE_YEARS, later: 100, support: 0 };
  const worth = licence(unit, PATHS);
  const mean = (name) => summary(worth[name]).mean;
  const half = Math.max(0, mean("project")) / 2;
  const entry = round(half * SHARE_OF_ENTRY);
  return {
    lump: round(half),
    entry,
    royalty: round((100 * (half - entry)) / mean("licensor_royalty")),
    milestone: round(half / mean("licensor_milestones")),
    free: FREE_YEARS,
    later: round((100 * half) / mean("licensor_use_first")),
  };
}

function fields(bench, form) {
  return TERMS[form].map((name) => {
    const field = make("input", "input wb-term");
    Object.assign(field, { type: "number", min: "0", step: "any", value: String(bench.terms[name]) });
    field.addEventListener("input", (event) => {
      event.stopPropagation();
      bench.terms[name] = Number.isFinite(field.valueAsNumber) ? field.valueAsNumber : 0;
      bench.fill();
    });
    return make("label", "", `${bench.words.terms[name]} `, field);
  });
}

/** The comparison; it is filled anew whenever a term or a figure changes. */
export function compare(bench, given, all) {
  const listed = Object.fromEntries(all.map((line) => [line.id, line.likely]));
  bench.terms ??= { ...alike(given), ...Object.fromEntries(Object.values(TERMS).flat().filter((name) => name in listed).map((name) => [name, listed[name]])) };
  const { words } = bench;
  const cells = Object.fromEntries(FORMS.map((form) => [form, [make("td"), make("td")]]));
  const rows = FORMS.map((form) => make("tr", "", make("th", "", make("b", "", words.forms[form]), ...fields(bench, form)), ...cells[form]));
  const head = make("thead", "", make("tr", "", make("th", "", words.form), make("th", "", words.licensor), make("th", "", words.licensee)));
  const table = make("table", "wb-compare", head, make("tbody", "", ...rows));
  for (const cell of table.querySelectorAll("thead th")) cell.scope = "col";
  bench.fill = () => fill(bench, given, cells);
  bench.fill();
  return make("section", "wb-figure wb-forms", make("p", "wb-title", words.compare), make("p", "meta", listed.lump === undefined && listed.royalty === undefined ? `${words.compareNote} ${words.compareHalf}` : words.compareNote), table);
}

function fill(bench, given, cells) {
  const worth = licence({ ...given, ...bench.terms }, PATHS);
  const told = Object.fromEntries(FORMS.map((form) => [form, ["licensor", "licensee"].map((side) => summary(worth[`${side}_${form}`]))]));
  const each = Object.values(told).flat();
  const [low, high] = [Math.min(0, ...each.map((one) => one.p10)), Math.max(...each.map((one) => one.p90))];
  for (const form of FORMS) {
    told[form].forEach((result, n) => {
      const line = make("p", "wb-numbers", make("b", "", figure(result.p50)), ` (${figure(result.p10)} – ${figure(result.p90)})`);
      const loss = make("p", "meta", bench.words.loss.replace("{share}", String(Math.round(result.loss * 100))));
      cells[form][n].replaceChildren(span(result, low, high, n ? "b" : "a"), line, loss);
    });
  }
}
