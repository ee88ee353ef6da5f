/* Declared models, worked out in the browser: a number, a name, or one operation on models. */

const OPERATIONS = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  min: Math.min,
  max: Math.max,
};

function npv(rate, values) {
  let value = 0;
  for (let n = values.length - 1; n >= 0; n -= 1) value = values[n] + value / (1 + rate);
  return value;
}

/** A function that works a model out; it is given a function that says what a name stands for. */
export function compiled(model) {
  if (typeof model === "number") return () => model;
  if (typeof model === "string") return (of) => of(model);
  const [operation, argument] = Object.entries(model)[0];
  if (operation === "npv") {
    const rate = compiled(argument.rate);
    const parts = argument.flows.map(compiled);
    return (of) => npv(rate(of), parts.map((part) => part(of)));
  }
  const parts = argument.map(compiled);
  const step = OPERATIONS[operation];
  return (of) => {
    let value = parts[0](of);
    for (let n = 1; n < parts.length; n += 1) value = step(value, parts[n](of));
    return value;
  };
}
