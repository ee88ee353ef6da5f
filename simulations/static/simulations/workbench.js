/* The workbench under a judgement: own figures go in, and with every stroke come out the spread of the result,
   what moves it most, and, for a licence, what four forms of payment are worth to both sides. */

import { figure, histogram, make, tornado } from "./charting.js";
import { compare } from "./comparing.js";
import { licence } from "./licence.js";
import { compiled } from "./models.js";
import { PATHS, summary, triangular } from "./sampling.js";

const MOST_BARS = 8;
const numberIn = (field) => (field && field.value !== "" && Number.isFinite(field.valueAsNumber) ? field.valueAsNumber : null);

/* What stands on the sheet: low, likely and high of every line that was filled in. */
function lines(sheet) {
  return [...sheet.querySelectorAll("[data-input]")].map((row) => {
    const field = (which) => row.querySelector(`[name="fig-${CSS.escape(row.dataset.input)}-${which}"]`);
    const likely = numberIn(field("likely"));
    const [low, high] = [numberIn(field("low")) ?? likely, numberIn(field("high")) ?? likely];
    const name = row.querySelector("th").firstChild.textContent.trim();
    if (likely === null) return { id: row.dataset.input, name, missing: true };
    return { id: row.dataset.input, name, likely, low: Math.min(low, likely), high: Math.max(high, likely) };
  });
}

/* Every result that models may ask for: the lines themselves, and for a licence what its cash flows give. */
function results(given, workbench, paths) {
  return workbench ? { ...given, ...licence(given, paths) } : given;
}

function worked(model, given, workbench, paths) {
  const found = results(given, workbench, paths);
  const run = compiled(model);
  const values = new Float64Array(paths);
  for (let n = 0; n < paths; n += 1) {
    values[n] = run((name) => (typeof found[name] === "number" ? found[name] : found[name][n]));
  }
  return values;
}

function once(model, sheetLines, workbench, change = {}) {
  const given = Object.fromEntries(sheetLines.map((line) => [line.id, change[line.id] ?? line.likely]));
  return worked(model, given, workbench, 1)[0];
}

function swings(model, sheetLines, workbench) {
  return sheetLines
    .filter((line) => line.low < line.high)
    .map((line) => ({
      name: line.name,
      atLow: once(model, sheetLines, workbench, { [line.id]: line.low }),
      atHigh: once(model, sheetLines, workbench, { [line.id]: line.high }),
    }))
    .sort((a, b) => Math.abs(b.atHigh - b.atLow) - Math.abs(a.atHigh - a.atLow))
    .slice(0, MOST_BARS);
}

/** The spread of a result over the figures of a sheet. */
export function spread(model, sheetLines, workbench) {
  const given = Object.fromEntries(sheetLines.map((line) => [line.id, triangular(line.id, line.low, line.likely, line.high)]));
  return { given, result: summary(worked(model, given, workbench, PATHS)) };
}

class Bench {
  constructor(sheet) {
    this.sheet = sheet;
    this.form = sheet.closest("form");
    this.told = JSON.parse(sheet.querySelector("script[type='application/json']").textContent);
    // A licence whose sheet names no result asks for what it is worth to the licensor, as in the engine.
    if (this.told.workbench) this.told.model ??= "licensor_royalty";
    this.words = JSON.parse(document.getElementById("workbench-words").textContent);
    this.out = sheet.querySelector("[data-sheet-out]");
    this.out.hidden = false;
    this.narrow = matchMedia("(max-width: 48rem)").matches;
    this.terms = null;
  }

  wake() {
    for (const row of this.sheet.querySelectorAll("[data-input]")) this.lay(row);
    this.sheet.addEventListener("input", () => this.draw());
    this.draw();
  }

  /* A slider for what is likely, and what was told, to be taken over with a click. */
  lay(row) {
    const likely = row.querySelector(`[name="fig-${CSS.escape(row.dataset.input)}-likely"]`);
    const slider = make("input", "range wb-range");
    Object.assign(slider, { type: "range", min: row.dataset.low, max: row.dataset.high, step: row.dataset.step, tabIndex: -1 });
    slider.setAttribute("aria-hidden", "true");
    slider.value = likely.value || row.dataset.low;
    slider.addEventListener("input", () => this.set(row, Number(slider.value)));
    likely.addEventListener("input", () => { slider.value = likely.value; });
    row.querySelector("th").append(slider);
    for (const button of row.querySelectorAll("[data-take]")) {
      button.addEventListener("click", () => { slider.value = button.dataset.take; this.set(row, Number(button.dataset.take), true); });
    }
  }

  /* Put a figure in; the bounds around it move along, by the usual spread of such a figure where it is known. */
  set(row, value, anew) {
    const field = (which) => row.querySelector(`[name="fig-${CSS.escape(row.dataset.input)}-${which}"]`);
    const [likely, low, high] = [field("likely"), field("low"), field("high")];
    const before = numberIn(likely);
    likely.value = String(value);
    if (low) {
      const usual = row.dataset.spread ? JSON.parse(row.dataset.spread) : null;
      const [from, to] = [numberIn(low), numberIn(high)];
      const held = (each) => String(Number(Math.min(Number(row.dataset.high), Math.max(Number(row.dataset.low), each)).toPrecision(6)));
      const ratio = before ? value / before : null;
      low.value = held(anew || from === null || !ratio ? value * (usual?.[0] ?? 1) : from * ratio);
      high.value = held(anew || to === null || !ratio ? value * (usual?.[2] ?? 1) : to * ratio);
    }
    likely.dispatchEvent(new Event("input", { bubbles: true }));
  }

  draw() {
    const all = lines(this.sheet);
    const missing = all.filter((line) => line.missing);
    if (missing.length) {
      const names = missing.map((line) => line.name).join(this.words.joiner);
      this.out.replaceChildren(make("p", "muted", this.words.missing.replace("{names}", names)));
      return;
    }
    const began = performance.now();
    this.out.replaceChildren(...this.parts(all));
    this.sheet.dataset.took = (performance.now() - began).toFixed(1);
  }

  parts(all) {
    if (this.told.kind === "interval") return this.interval(all);
    if (this.told.answers) return [this.ranking(all)];
    const value = once(this.told.model, all, this.told.workbench);
    return [this.single(value)];
  }

  single(value) {
    const line = make("p", "wb-single", `${this.words.gives} `, make("b", "", figure(value)), ` ${this.sheet.dataset.unit}`);
    return make("div", "wb-result", line, this.taking(this.words.take, { "[data-result]": value }));
  }

  /* One result for every answer of a choice, the best first. */
  ranking(all) {
    const rows = this.told.answers.map((answer) => ({ text: answer.text, value: once(answer.model, all, this.told.workbench) }));
    rows.sort((a, b) => b.value - a.value);
    return make("ol", "wb-ranking", ...rows.map((row) => make("li", "", make("span", "", row.text), make("b", "", figure(row.value)))));
  }

  interval(all) {
    const { given, result } = spread(this.told.model, all, this.told.workbench);
    const { unit } = this.sheet.dataset;
    const label = this.words.spread.replace("{p10}", figure(result.p10)).replace("{p50}", figure(result.p50)).replace("{p90}", figure(result.p90)).replace("{unit}", unit);
    const bars = swings(this.told.model, all, this.told.workbench);
    const parts = [
      make("figure", "wb-figure", make("figcaption", "", label), histogram(result, label, this.narrow), this.taking(this.words.takeBoth, { "[data-result-low]": result.p10, "[data-result-high]": result.p90 })),
    ];
    if (bars.length) parts.push(make("figure", "wb-figure", make("figcaption", "", this.words.tornado), tornado(bars, once(this.told.model, all, this.told.workbench), this.words.tornado, this.narrow)));
    if (this.told.workbench) parts.push(compare(this, given, all));
    return parts;
  }

  /* A button that puts results into the fields that are sent. */
  taking(words, fields) {
    const button = make("button", "btn btn-secondary btn-sm", words);
    button.type = "button";
    button.addEventListener("click", () => {
      for (const [field, value] of Object.entries(fields)) {
        const there = this.form.querySelector(field);
        if (there) { there.value = String(Number(value.toPrecision(4))); there.dispatchEvent(new Event("input", { bubbles: true })); }
      }
    });
    return button;
  }
}

/** Bring a worksheet to life. */
export function wake(sheet) {
  new Bench(sheet).wake();
}
