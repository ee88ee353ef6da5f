/* Small figures of the workbench, drawn as SVG: a histogram, bars of a tornado, ranges side by side. */

const NS = "http://www.w3.org/2000/svg";
const BINS = 32;

/** An element of a drawing. */
export function draw(name, attributes, words) {
  const made = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  if (words !== undefined) made.textContent = words;
  return made;
}

/** An element of the page. */
export function make(name, kind, ...inside) {
  const made = document.createElement(name);
  if (kind) made.className = kind;
  made.append(...inside);
  return made;
}

/** A number as it is read: three significant digits, no empty decimals. */
export function figure(value) {
  if (!Number.isFinite(value)) return "–";
  const digits = Math.abs(value) >= 1000 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value) || 1)));
  return String(Number(value.toFixed(Math.min(3, digits)))).replace("-", "−");
}

function counts(ranked, low, high) {
  const bins = new Array(BINS).fill(0);
  for (const value of ranked) {
    const bin = Math.floor(((value - low) / (high - low)) * BINS);
    bins[Math.min(BINS - 1, Math.max(0, bin))] += 1;
  }
  return bins;
}

/** How often each value came out, with P10, P50 and P90. */
export function histogram(result, label, narrow) {
  const [width, height] = narrow ? [320, 190] : [560, 220];
  const { ranked } = result;
  const low = ranked[Math.floor(ranked.length * 0.002)];
  const high = Math.max(ranked[Math.ceil(ranked.length * 0.998) - 1], low + 1e-9);
  const bins = counts(ranked, low, high);
  const most = Math.max(...bins);
  const x = (value) => 8 + ((value - low) / (high - low)) * (width - 16);
  const svg = draw("svg", { viewBox: `0 0 ${width} ${height}`, class: "wb-hist", role: "img", "aria-label": label });
  const wide = (width - 16) / BINS;
  bins.forEach((count, n) => {
    const tall = (count / most) * (height - 74);
    const middle = low + ((n + 0.5) * (high - low)) / BINS;
    const inside = middle >= result.p10 && middle <= result.p90;
    svg.append(draw("rect", { x: 8 + n * wide + 0.5, y: height - 28 - tall, width: wide - 1, height: tall, class: inside ? "wb-in" : "wb-out" }));
  });
  svg.append(draw("path", { d: `M8 ${height - 28}H${width - 8}`, class: "wb-axis" }));
  [["P10", result.p10], ["P50", result.p50], ["P90", result.p90]].forEach(([name, value], n) => {
    const at = Math.min(width - 8, Math.max(8, x(value)));
    const side = at < 40 ? "start" : at > width - 40 ? "end" : "middle";
    svg.append(draw("path", { d: `M${at} ${18 + (n % 2) * 16}V${height - 28}`, class: "wb-line" }));
    svg.append(draw("text", { x: at, y: 13 + (n % 2) * 16, "text-anchor": side, class: "wb-word" }, `${name} ${figure(value)}`));
  });
  svg.append(draw("text", { x: 8, y: height - 10, class: "wb-foot" }, figure(low)));
  svg.append(draw("text", { x: width - 8, y: height - 10, "text-anchor": "end", class: "wb-foot" }, figure(high)));
  return svg;
}

/** Which line moves the result most, when it alone goes from low to high. */
export function tornado(rows, base, label, narrow) {
  const width = narrow ? 320 : 560;
  const [left, line] = [narrow ? 112 : 190, 26];
  const ends = rows.flatMap((row) => [row.atLow, row.atHigh, base]);
  const [low, high] = [Math.min(...ends), Math.max(...ends) + 1e-9];
  const x = (value) => left + ((value - low) / (high - low)) * (width - left - 12);
  const svg = draw("svg", { viewBox: `0 0 ${width} ${rows.length * line + 26}`, class: "wb-tornado", role: "img", "aria-label": label });
  rows.forEach((row, n) => {
    const y = n * line + 4;
    const [from, to] = [Math.min(row.atLow, row.atHigh), Math.max(row.atLow, row.atHigh)];
    svg.append(draw("text", { x: left - 8, y: y + 13, "text-anchor": "end", class: "wb-word" }, shorten(row.name, narrow ? 8 : 15)));
    const bar = draw("rect", { x: x(from), y, width: Math.max(1, x(to) - x(from)), height: 16, class: "wb-in" });
    bar.append(draw("title", {}, `${row.name}: ${figure(row.atLow)} – ${figure(row.atHigh)}`));
    svg.append(bar);
  });
  svg.append(draw("path", { d: `M${x(base)} 0V${rows.length * line}`, class: "wb-line" }));
  svg.append(draw("text", { x: left, y: rows.length * line + 16, class: "wb-foot" }, figure(low)));
  svg.append(draw("text", { x: width - 12, y: rows.length * line + 16, "text-anchor": "end", class: "wb-foot" }, figure(high)));
  return svg;
}

const shorten = (words, most) => (words.length > most * (/[\u4e00-\u9fff]/.test(words) ? 1 : 1.7) ? `${words.slice(0, Math.floor(most * (/[\u4e00-\u9fff]/.test(words) ? 1 : 1.7)) - 1)}…` : words);

/** P10 to P90 of several results on one scale; a thick mark is P50. */
export function span(result, low, high, kind) {
  const x = (value) => 2 + ((Math.min(high, Math.max(low, value)) - low) / (high - low || 1)) * 196;
  const svg = draw("svg", { viewBox: "0 0 200 20", class: `wb-span wb-span-${kind}`, preserveAspectRatio: "none", "aria-hidden": "true" });
  if (low < 0 && high > 0) svg.append(draw("path", { d: `M${x(0)} 0V20`, class: "wb-nought" }));
  svg.append(draw("rect", { x: x(result.p10), y: 6, width: Math.max(1, x(result.p90) - x(result.p10)), height: 8, class: "wb-in" }));
  svg.append(draw("rect", { x: x(result.p50) - 1.5, y: 2, width: 3, height: 16, class: "wb-mid" }));
  return svg;
}
