/**
 * Geometry of the chart of one window, on the lanes' own time axis: column t of the lanes is step t of the chart. A
 * forecast lies on the step that it is for, one column after the one on which it was made. No DOM.
 *
 * @typedef {Float64Array | number[]} Series
 * @typedef {{prices: Series, said: Series, came: Series}} Told (T,) each, in the
 *   series' unit: the step's value, the network's forecast of the next one, the next one; said is empty without a network
 * @typedef {{width: number, height: number}} Size of the plot, in CSS pixels
 */

/**
 * @typedef {{low: number, high: number}} Range of values
 */

import { spread } from "../losses/losses.js";

const PAD = 0.08;
const WILD = 0.5; // of the prices' range: as far a young network's forecasts may move the axis
const BEYOND = 7; // pixels: the last step's forecasts stand just after the axis

/** @param {Told} told @returns {{low: number, high: number}} */
export function valueRange({ prices, said, came }) {
  let [low, high] = ends([...prices, ...came]);
  const room = (high - low) * WILD;
  const [lowest, highest] = ends([...said]);
  if (lowest < low) low = Math.max(lowest, low - room);
  if (highest > high) high = Math.min(highest, high + room);
  const pad = (high - low) * PAD || Math.abs(high) * 0.05 || 1;
  return { low: low - pad, high: high + pad };
}

/** @param {number[]} values */
function ends(values) {
  const known = values.filter(Number.isFinite);
  return known.length ? [Math.min(...known), Math.max(...known)] : [Infinity, -Infinity];
}

/**
 * Round values within the range, at most `most` of them.
 * @param {Range} range @param {number} most @returns {{values: number[], step: number}}
 */
export function roundTicks({ low, high }, most) {
  const power = 10 ** Math.floor(Math.log10((high - low) / most));
  /** @param {number} step */
  const countOf = (step) => Math.floor(high / step) - Math.ceil(low / step) + 1;
  const step = [1, 2, 2.5, 5, 10].map((each) => each * power).find((each) => countOf(each) <= most) ?? 20 * power;
  const [first, count] = [Math.ceil(low / step), Math.max(0, countOf(step))];
  return { values: Array.from({ length: count }, (_, k) => Number(((first + k) * step).toPrecision(12))), step };
}

/**
 * @param {Told} told @param {Size} size @param {{low: number, high: number}} range
 * @returns {{price: string, lstm: string, naive: string}} paths
 */
export function linesOf({ prices, said }, size, range) {
  const count = prices.length;
  /** @param {number} step @param {number} value */
  const at = (step, value) => [columnX(step, count, size.width), valueY(value, range, size.height)];
  /** @param {ArrayLike<number>} values */
  const next = (values) => Array.from(values, (value, t) => at(t + 1, value)).slice(0, count - 1);
  return {
    price: path(Array.from(prices, (value, t) => at(t, value))),
    lstm: path(next(said)),
    naive: path(said.length ? next(prices) : []),
  };
}

/** Middle of a column; it may lie beyond the last. @param {number} step @param {number} count @param {number} width */
export const columnX = (step, count, width) => ((step + 0.5) / count) * width;

/** @param {number} value @param {Range} range @param {number} height */
export const valueY = (value, { low, high }, height) => ((high - value) / (high - low)) * height;

/** @param {number[][]} points */
function path(points) {
  let isOpen = false;
  return points
    .map(([x, y]) => {
      if (!Number.isFinite(y)) return (isOpen = false) || "";
      const text = `${isOpen ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`;
      isOpen = true;
      return text;
    })
    .join("");
}

/**
 * The three dots of the step after t, and where their words stand: right of them, or left where there is no room; in
 * the dots' order, never on each other; the heading above them.
 * @param {Told} told @param {number} t @param {Size} size @param {{low: number, high: number}} range
 * @param {{gap: number, room: number}} words their distance and the width that they need
 */
export function nextStep({ prices, said, came }, t, size, range, { gap, room }) {
  const x = Math.min(columnX(t + 1, prices.length, size.width), size.width + BEYOND);
  const dots = [
    { name: "lstm", value: said[t] },
    { name: "naive", value: prices[t] },
    { name: "came", value: came[t] },
  ].filter(({ value }) => Number.isFinite(value));
  /** @param {{value: number}} dot */
  const y = ({ value }) => Math.max(0, Math.min(size.height, valueY(value, range, size.height)));
  const heading = Math.min(...dots.map(y)) - gap;
  const lines = spread([heading, ...dots.map(y)], gap, gap * 0.7, size.height - gap * 0.4);
  return {
    x,
    side: x + room <= size.width ? "right" : "left",
    heading: lines[0],
    dots: dots.map((dot, index) => ({ ...dot, y: y(dot), line: lines[index + 1] })),
  };
}

/**
 * On how many of the steps up to t the network was nearer than naive to what came.
 * @param {Told} told @param {number} t @returns {{nearer: number, of: number}}
 */
export function nearerThanNaive({ prices, said, came }, t) {
  let [nearer, of] = [0, 0];
  for (let k = 0; k < t; k++) {
    if (!Number.isFinite(came[k]) || !Number.isFinite(said[k])) continue;
    of += 1;
    nearer += Number(Math.abs(said[k] - came[k]) < Math.abs(prices[k] - came[k]));
  }
  return { nearer, of };
}

/**
 * Whether the network was trained on the window: none of its steps, all, or some lie in the training part.
 * @param {number} start of the window @param {number} length @param {number} trainStop
 * @returns {"none" | "all" | "some"}
 */
export function trainedOn(start, length, trainStop) {
  if (start >= trainStop) return "none";
  return start + length <= trainStop ? "all" : "some";
}
