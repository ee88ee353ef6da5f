/* The cash flows of a licence for both sides under four forms of payment: the twin of the engine's model.
   Inputs by name, each an array of draws or a number; what a sheet does not list takes its default. */

const LONGEST = 20;

export const DEFAULTS = {
  sales: 0, growth: 0, years: 10, ramp: 0, margin: 0, invest: 0, success: 100, rate: 10, support: 0,
  lump: 0, entry: 0, royalty: 0, milestone: 0, free: 0, later: 0,
};
export const FORMS = ["lump", "royalty", "milestones", "use_first"];

/* Every input as draws, so that the loop below reads them all alike. */
function drawn(inputs, paths) {
  const given = { ...DEFAULTS, ...inputs };
  return Object.fromEntries(Object.entries(given).map(([name, value]) => (
    [name, typeof value === "number" ? new Float64Array(paths).fill(value) : value]
  )));
}

/** Discounted sales of all years and after the free ones, and the discounts of the milestones. */
export function flows(inputs, paths) {
  const { sales, growth, years, ramp, rate, free } = drawn(inputs, paths);
  const [all, after, early] = [new Float64Array(paths), new Float64Array(paths), new Float64Array(paths)];
  for (let n = 0; n < paths; n += 1) {
    const step = 1 / (1 + rate[n] / 100);
    const last = Math.min(LONGEST, Math.max(1, Math.floor(years[n] + 0.5)));
    const full = Math.min(Math.max(Math.ceil(ramp[n]), 1), last);
    const unpaid = Math.floor(free[n] + 0.5);
    const factor = step * (1 + growth[n] / 100);
    let [discount, sold, sum, paid] = [step, step * sales[n], 0, 0];
    for (let year = 1; year <= last; year += 1) {
      const flow = year < ramp[n] ? (sold * year) / ramp[n] : sold;
      sum += flow;
      if (year > unpaid) paid += flow;
      if (year === full) early[n] = (step + discount) / 2;
      discount *= step;
      sold *= factor;
    }
    all[n] = sum;
    after[n] = paid;
  }
  return { all, after, early };
}

/** What a licence is worth, path by path; `flown` are its flows, where they are known already. */
export function licence(inputs, paths, flown = flows(inputs, paths)) {
  const { all, after, early } = flown;
  const { margin, invest, success, support, lump, entry, royalty, milestone, later } = drawn(inputs, paths);
  const out = Object.fromEntries(["sales_value", "project"].map((name) => [name, new Float64Array(paths)]));
  const sides = FORMS.map((form) => {
    out[`licensor_${form}`] = new Float64Array(paths);
    out[`licensee_${form}`] = new Float64Array(paths);
    return [out[`licensor_${form}`], out[`licensee_${form}`]];
  });
  const put = (n, form, paid, project) => { sides[form][0][n] = paid - support[n]; sides[form][1][n] = project - paid; };
  for (let n = 0; n < paths; n += 1) {
    const share = success[n] / 100;
    const value = share * all[n];
    const project = (value * margin[n]) / 100 - invest[n];
    out.sales_value[n] = value;
    out.project[n] = project;
    put(n, 0, lump[n], project);
    put(n, 1, entry[n] + (value * royalty[n]) / 100, project);
    put(n, 2, share * milestone[n] * early[n], project);
    put(n, 3, (share * later[n] * after[n]) / 100, project);
  }
  return out;
}
