/* Draws for the workbench: one in each of many equal strata, in an order that a name alone decides. */

export const PATHS = 10000;

function mulberry32(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/* A number for a name (FNV-1a), to start its draws from. */
function numberOf(name) {
  let hash = 0x811c9dc5;
  for (let n = 0; n < name.length; n += 1) hash = Math.imul(hash ^ name.charCodeAt(n), 0x01000193);
  return hash >>> 0;
}

const known = new Map();

/** The strata of a name, shuffled once and kept: the same name gives the same draws for ever. */
export function strata(name) {
  if (!known.has(name)) {
    const next = mulberry32(numberOf(name));
    const draws = Float64Array.from({ length: PATHS }, (_, n) => (n + 0.5) / PATHS);
    for (let n = PATHS - 1; n > 0; n -= 1) {
      const other = Math.floor(next() * (n + 1));
      [draws[n], draws[other]] = [draws[other], draws[n]];
    }
    known.set(name, draws);
  }
  return known.get(name);
}

/** Draws between low and high, most of them near what is likely. */
export function triangular(name, low, likely, high) {
  const values = new Float64Array(PATHS);
  if (!(low < high)) return values.fill(likely);
  const draws = strata(name);
  const turn = (likely - low) / (high - low);
  for (let n = 0; n < PATHS; n += 1) {
    values[n] = draws[n] < turn
      ? low + Math.sqrt(draws[n] * (high - low) * (likely - low))
      : high - Math.sqrt((1 - draws[n]) * (high - low) * (high - likely));
  }
  return values;
}

/** What lies below a share of ranked values, between neighbours in a straight line. */
export function quantile(ranked, share) {
  const place = share * (ranked.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, ranked.length - 1);
  return ranked[below] + (place - below) * (ranked[above] - ranked[below]);
}

/** Mean, P10, P50, P90 and the share below nought. */
export function summary(values) {
  const ranked = Float64Array.from(values).sort();
  let sum = 0;
  let below = 0;
  for (const value of ranked) {
    sum += value;
    if (value < 0) below += 1;
  }
  return {
    ranked,
    mean: sum / ranked.length,
    p10: quantile(ranked, 0.1),
    p50: quantile(ranked, 0.5),
    p90: quantile(ranked, 0.9),
    loss: below / ranked.length,
  };
}
