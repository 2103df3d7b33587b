/**
 * Where the forecast comes from: prediction = bias + sum over units of weight * hidden state, at the playhead.
 *
 * @typedef {{kind: "unit" | "others" | "bias" | "base", unit: number, count: number, value: number}} Entry
 */

export const LISTED = 8;

/** @param {Entry["kind"]} kind @param {number} unit @param {number} count @param {number} value @returns {Entry} */
const entry = (kind, unit, count, value) => ({ kind, unit, count, value });

/**
 * Units by the size of what they add here, largest first.
 * @param {ArrayLike<number>} weight
 * @param {ArrayLike<number>} hidden
 */
export function ranked(weight, hidden) {
  const size = (unit) => Math.abs(weight[unit] * hidden[unit]);
  return Array.from({ length: weight.length }, (_, unit) => unit).sort((a, b) => size(b) - size(a) || a - b);
}

/**
 * The listed units, all others in one, the bias: they add up to the prediction.
 * @param {ArrayLike<number>} weight @param {ArrayLike<number>} hidden @param {number} bias @param {number[]} order
 * @returns {Entry[]}
 */
export function entries(weight, hidden, bias, order) {
  const value = (unit) => weight[unit] * hidden[unit];
  const listed = order.length === LISTED + 1 ? LISTED + 1 : LISTED; // one alone is no "others"
  const rest = order.slice(listed);
  const others = rest.reduce((sum, unit) => sum + value(unit), 0);
  return [
    ...order.slice(0, listed).map((unit) => entry("unit", unit, 1, value(unit))),
    ...(rest.length ? [entry("others", -1, rest.length, others)] : []),
    entry("bias", -1, 0, bias),
  ];
}

/**
 * Units by what they add over all timesteps of a window, largest first.
 * @param {ArrayLike<number>} weight
 * @param {Float32Array} states (T, H)
 */
export function rankedOverall(weight, states) {
  const sums = new Float64Array(weight.length);
  states.forEach((state, at) => (sums[at % weight.length] += Math.abs(weight[at % weight.length] * state)));
  return Array.from(sums.keys()).sort((a, b) => sums[b] - sums[a] || a - b);
}

/** One scale for all timesteps of a snapshot: a bar's length means the same wherever the playhead is. */
export function scaleOf(weight, states, bias, order) {
  const hidden = weight.length;
  let largest = 0;
  for (let start = 0; start < states.length; start += hidden) {
    const now = states.subarray(start, start + hidden);
    for (let unit = 0; unit < hidden; unit++) largest = Math.max(largest, Math.abs(weight[unit] * now[unit]));
    for (const { value } of entries(weight, now, bias, order)) largest = Math.max(largest, Math.abs(value));
  }
  return largest || 1;
}
