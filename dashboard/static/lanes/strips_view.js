/** Rows beside the lanes: the window's price to drag at, what mattered, what is remembered, what changes next. */

/**
 * @import {Changes} from "../compare/compare.js"
 * @import {Row} from "./layout.js"
 * @import {Theme} from "../shared/theme.js"
 *
 * @import {Price} from "../inside/inside.js"
 * @typedef {[low: number, high: number]} Scale
 * @typedef {Pick<Row, "top" | "height">} RowPlace
 * @typedef {Changes & {scale: {low: number, high: number}, network: string}} PaintedChange network: its colour
 */

import { css } from "../shared/palette.js";

/** Room above and below the window's values, so that there is somewhere to drag to. */
const ROOM = 0.35;

/** Lowest and highest value of the price row. @param {Float64Array[]} lines @returns {[number, number]} */
export function priceScale(lines) {
  let [low, high] = [Infinity, -Infinity];
  for (const line of lines) for (const each of line) [low, high] = [Math.min(low, each), Math.max(high, each)];
  const pad = (high - low) * ROOM || Math.abs(high) * 0.1 || 1;
  return [low - pad, high + pad];
}

/** Value -> y within a row. @param {number} value @param {RowPlace} row @param {Scale} scale */
export const yOf = (value, row, [low, high]) => row.top + ((high - value) / (high - low)) * row.height;

/** y -> value. @param {number} y @param {RowPlace} row @param {Scale} scale */
export const valueAt = (y, row, [low, high]) => high - ((y - row.top) / row.height) * (high - low);

/**
 * The price as it was, dotted, where days were changed; the price as it is; a dot on each changed day.
 * @param {CanvasRenderingContext2D} context @param {Row} row @param {Price} price @param {number} width
 * @param {Theme} theme
 */
export function paintPrice(context, row, { values, was, scale }, width, theme) {
  /** @param {number} t */
  const x = (t) => ((t + 0.5) / values.length) * width;
  /** @param {Float64Array} line */
  const points = (line) => Array.from(line, (value, t) => [x(t), yOf(value, row, scale)]);
  context.save();
  context.beginPath();
  context.rect(0, row.top, width, row.height);
  context.clip();
  context.fillStyle = theme.colour.panel;
  context.fillRect(0, row.top, width, row.height);
  stroke(context, points(was), theme.colour.naive, 1.2, [2, 3]);
  stroke(context, points(values), theme.colour.price, 1.5, []);
  for (const [t, value] of values.entries()) {
    const changed = value !== was[t];
    context.beginPath();
    context.arc(x(t), yOf(value, row, scale), changed ? 4 : 1.7, 0, 2 * Math.PI);
    context.fillStyle = changed ? theme.colour.lstm : theme.colour.price;
    context.fill();
  }
  context.restore();
}

/**
 * @param {CanvasRenderingContext2D} context @param {number[][]} points @param {string} colour @param {number} width
 * @param {number[]} dash
 */
function stroke(context, points, colour, width, dash) {
  context.beginPath();
  points.forEach(([x, y], index) => (index ? context.lineTo(x, y) : context.moveTo(x, y)));
  context.setLineDash(dash);
  Object.assign(context, { strokeStyle: colour, lineWidth: width, lineJoin: "round" });
  context.stroke();
  context.setLineDash([]);
}

/**
 * What the next value changed by, what the network said, and naive, which says that nothing changes.
 * @param {CanvasRenderingContext2D} context @param {Row} row @param {PaintedChange} change @param {number} width
 * @param {Theme} theme
 */
export function paintChange(context, row, { real, said, scale, network }, width, theme) {
  const bounds = /** @type {[number, number]} */ ([scale.low, scale.high > scale.low ? scale.high : scale.low + 1]);
  /** @param {number} t */
  const x = (t) => ((t + 0.5) / real.length) * width;
  /** @param {Float64Array} line */
  const points = (line) =>
    Array.from(line, (value, t) => [x(t), yOf(value, row, bounds)]).filter(([, y]) => Number.isFinite(y));
  context.save();
  stroke(context, points(real), theme.colour.price, 1, []);
  const zero = yOf(0, row, bounds);
  stroke(context, [[0, zero], [width, zero]], theme.colour.naive, 1.4, [2, 3]); // prettier-ignore
  stroke(context, points(said), network, 2, []);
  context.restore();
}

/**
 * A colour a timestep.
 * @param {(value: number) => string} colour @param {CanvasRenderingContext2D} context @param {Row} row
 * @param {Float32Array} values @param {(value: number) => string} colour @param {number} width
 */
export function paintStrip(context, row, values, colour, width) {
  const step = width / values.length;
  Array.from(values).forEach((value, t) => {
    context.fillStyle = colour(value);
    context.fillRect(t * step, row.top, step + 0.5, row.height);
  });
}

/**
 * Signed gradients: against the window's largest, or on a scale of their own that stays.
 * @param {Float32Array} gradients @param {string} scale @param {Theme} theme
 */
export function gradientColour(gradients, scale, theme) {
  const bound = boundOf(gradients, scale);
  return (/** @type {number} */ value) => css(theme.signed, value, -bound, bound);
}

/** Where the colours end. @param {ArrayLike<number>} gradients @param {string} scale */
export const boundOf = (gradients, scale) =>
  scale === "absolute" ? ABSOLUTE : Array.from(gradients).reduce((most, each) => Math.max(most, Math.abs(each)), 0) || 1;

/** Scaled forecast per scaled input: a gradient of a tenth is a strong one for daily returns. */
export const ABSOLUTE = 0.1;

/**
 * Norms span decades: dark at the largest, and a shade lighter for each tenth down to a millionth.
 * @param {Float32Array} norms @param {Theme} theme
 */
export function normColour(norms, theme) {
  const largest = Math.max(...norms) || 1;
  return (/** @type {number} */ value) => css(theme.shares, 1 + Math.log10(Math.max(value / largest, 1e-6)) / 6, 0, 1);
}
