/** Draws the lanes of one row, and the axis over all rows: painted once per content, then two blits a frame. */

/**
 * @import {Batch} from "./sequences.js"
 * @import {Way} from "../shared/message.js"
 * @import {Theme} from "../shared/theme.js"
 *
 * @typedef {{batch: Batch, way: Way, row: number, width: number, bounds: {low: number, high: number}, units: number[], theme: Theme}} What
 * @typedef {{top: number, height: number}} Band
 */

import { hiddenOf, kindAt, outputAt, presentAt } from "./sequences.js";
import { contextOf, sized } from "../shared/dom.js";
import { pixels } from "../lanes/lanes.js";

const FUTURE = 0.4; // less dim than on the stage: rows are compared over their whole length
const HATCH = 7; // pixels from line to line
const GAP = 8; // between strip and lane
const DOTTED = 9; // pixels of a column from which on its points are drawn

/** Heights in pixels: strip of input and output, lane of hidden states (a pixel a unit at least: smoothing would blur
 * timesteps into each other), axis. */
export const SIZES = { lengths: { strip: 44, lane: 50, axis: 44 }, chunks: { strip: 46, lane: 104, axis: 18 } };

/** @param {"lengths" | "chunks"} kind */
export const heightOf = (kind) => SIZES[kind].strip + GAP + SIZES[kind].lane;

/**
 * Everything of a row that stays while the playhead moves.
 * @param {HTMLCanvasElement} canvas off the screen
 * @param {{batch: import("./sequences.js").Batch, way: import("../shared/message.js").Way, row: number, width: number,
 *   bounds: {low: number, high: number}, units: number[], theme: import("../shared/theme.js").Theme}} what
 */
export function paintRow(canvas, what) {
  const { batch, way, row, width } = what;
  const context = sized(canvas, width, heightOf(batch.kind));
  context.clearRect(0, 0, width, heightOf(batch.kind));
  const lane = { top: SIZES[batch.kind].strip + GAP, height: SIZES[batch.kind].lane };
  paintStates(context, lane, what);
  paintGround(context, lane, what);
  paintStrip(context, what);
  for (const at of batch.boundaries) paintBoundary(context, at, batch.rows[row].restarts, what);
  if (way.read_at) paintRead(context, lane, what);
}

/** @param {CanvasRenderingContext2D} context @param {Band} band @param {What} what */
function paintStates(context, { top, height }, { way, row, width, units, theme }) {
  const [, timesteps, hidden] = way.hidden.shape;
  const small = document.createElement("canvas");
  [small.width, small.height] = [timesteps, hidden];
  const bytes = pixels(hiddenOf(way, row), timesteps, hidden, theme.signed.lut, -1, 1, units);
  contextOf(small).putImageData(new ImageData(bytes, timesteps, hidden), 0, 0);
  context.imageSmoothingEnabled = hidden > height * (window.devicePixelRatio || 1) || timesteps > width;
  context.drawImage(small, 0, top, width, height);
}

/**
 * Hatched: where the sequence has no value. Behind the hatching stand the states, where there are any.
 * @param {CanvasRenderingContext2D} context @param {Band} band @param {What} what
 */
function paintGround(context, { top, height }, { batch, way, row, width, theme }) {
  const timesteps = way.outputs.shape[1];
  const { length } = batch.rows[row];
  if (length >= timesteps) return;
  const left = (length / timesteps) * width;
  const absent = kindAt(batch.rows[row], way, row, length) === "absent";
  if (absent) context.clearRect(left, top, width - left, height);
  hatch(context, { left, top, width: width - left, height }, theme.colour[absent ? "muted" : "text"]);
}

/**
 * @param {CanvasRenderingContext2D} context @param {Band & {left: number, width: number}} box @param {string} colour
 */
export function hatch(context, { left, top, width, height }, colour) {
  context.save();
  context.beginPath();
  context.rect(left, top, width, height);
  context.clip();
  context.beginPath();
  for (let x = left - height; x < left + width; x += HATCH) {
    context.moveTo(x, top + height);
    context.lineTo(x + height, top);
  }
  Object.assign(context, { strokeStyle: colour, lineWidth: 1, globalAlpha: 0.45 });
  context.stroke();
  context.strokeRect(left + 0.5, top + 0.5, width - 1, height - 1);
  context.restore();
}

/**
 * What is read, what is said, and what must be said, on one scale for all rows.
 * @param {CanvasRenderingContext2D} context @param {What} what
 */
function paintStrip(context, { batch, way, row, width, bounds, theme }) {
  const { strip } = SIZES[batch.kind];
  const timesteps = way.outputs.shape[1];
  const { length, target } = batch.rows[row];
  /** @param {number} t */
  const x = (t) => ((t + 0.5) / timesteps) * width;
  /** @param {number} value */
  const y = (value) => heightIn(strip, value, bounds);
  /** @param {number} from @param {(t: number) => number} value */
  const run = (from, value) => {
    const stop = kindAt(batch.rows[row], way, row, timesteps - 1) === "absent" ? length : timesteps;
    return Array.from({ length: stop - from }, (_, k) => [x(from + k), y(value(from + k))]);
  };
  const { price, hairline, lstm } = theme.colour;
  line(context, [[0, y(0)], [width, y(0)]], { colour: hairline, thickness: 1 }); // prettier-ignore
  if (target !== null) {
    const ends = [[0, y(target)], [(length / timesteps) * width, y(target)]]; // prettier-ignore
    line(context, ends, { colour: price, thickness: 1.4, dash: [1.5, 3.5] });
  }
  const dots = width / timesteps >= DOTTED;
  line(context, run(0, (t) => batch.values[row * timesteps + t]), { colour: price, thickness: 1.2, dots }); // prettier-ignore
  line(context, run(0, (t) => outputAt(way, row, t)), { colour: lstm, thickness: 1.8, dots }); // prettier-ignore
}

/**
 * Room for the ring around an output at both ends.
 * @param {number} strip @param {number} value @param {{low: number, high: number}} bounds
 */
function heightIn(strip, value, { low, high }) {
  return 6 + ((high - value) / (high - low || 1)) * (strip - 12);
}

/**
 * @param {CanvasRenderingContext2D} context @param {number[][]} points
 * @param {{colour: string, thickness: number, dash?: number[], dots?: boolean}} look
 */
function line(context, points, { colour, thickness, dash = /** @type {number[]} */ ([]), dots = false }) {
  Object.assign(context, { strokeStyle: colour, fillStyle: colour, lineWidth: thickness, lineJoin: "round" });
  context.setLineDash(dash);
  context.beginPath();
  points.forEach(([x, y], index) => (index ? context.lineTo(x, y) : context.moveTo(x, y)));
  context.stroke();
  context.setLineDash([]);
  for (const [x, y] of dots ? points : []) {
    context.beginPath();
    context.arc(x, y, thickness + 0.4, 0, 2 * Math.PI);
    context.fill();
  }
}

/**
 * Carried over: a dashed rule that the lane runs through. Begun from zero: the lane is cut.
 * @param {CanvasRenderingContext2D} context @param {number} at @param {boolean} restarts @param {What} what
 */
function paintBoundary(context, at, restarts, { batch, way, width, theme }) {
  const [x, height] = [(at / way.outputs.shape[1]) * width, heightOf(batch.kind)];
  if (restarts) {
    context.clearRect(x - 3, 0, 6, height);
    for (const side of [-3, 3]) line(context, [[x + side, 0], [x + side, height]], { colour: theme.colour.text, thickness: 1 }); // prettier-ignore
  } else {
    line(context, [[x, 0], [x, height]], { colour: theme.colour.text, thickness: 1.2, dash: [3, 4] }); // prettier-ignore
  }
}

/**
 * A frame around the states that the output was read from, and a ring around that output.
 * @param {CanvasRenderingContext2D} context @param {Band} band @param {What} what
 */
function paintRead(context, { top, height }, { batch, way, row, width, bounds, theme }) {
  const timesteps = way.outputs.shape[1];
  const t = way.read_at?.[row] ?? 0;
  const column = width / timesteps;
  const wide = Math.max(6, column);
  const left = Math.min(width - wide, Math.max(0, (t + 0.5) * column - wide / 2));
  Object.assign(context, { strokeStyle: theme.colour.lstm, lineWidth: 2.5 });
  context.strokeRect(left + 1.25, top - 2, wide - 2.5, height + 2 - 0.5);
  const y = heightIn(SIZES[batch.kind].strip, outputAt(way, row, t), bounds);
  context.beginPath();
  context.arc((t + 0.5) * column, y, 5, 0, 2 * Math.PI);
  context.stroke();
}

/**
 * One frame: the past in full, the future dimmed.
 * @param {HTMLCanvasElement} canvas @param {HTMLCanvasElement} painted
 * @param {{t: number, timesteps: number, width: number, height: number}} size
 */
export function drawRow(canvas, painted, { t, timesteps, width, height }) {
  const context = sized(canvas, width, height);
  const edge = Math.round(((t + 1) / timesteps) * canvas.width);
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, canvas.width, canvas.height);
  /** @param {number} from @param {number} to */
  const part = (from, to) => {
    if (to > from) context.drawImage(painted, from, 0, to - from, painted.height, from, 0, to - from, painted.height);
  };
  part(0, edge);
  context.globalAlpha = FUTURE;
  part(edge, canvas.width);
  context.globalAlpha = 1;
}

/**
 * Timesteps, and over them how many sequences each computes: full where they have a value, hatched over padding.
 * @param {HTMLCanvasElement} canvas @param {Pick<What, "batch" | "way" | "width" | "theme"> & {t: number}} what
 */
export function drawAxis(canvas, { batch, way, width, t, theme }) {
  const height = SIZES[batch.kind].axis;
  const context = sized(canvas, width, height);
  context.clearRect(0, 0, width, height);
  const timesteps = way.outputs.shape[1];
  const column = width / timesteps;
  Object.assign(context, { font: `11px ${theme.mono}`, textAlign: "center", textBaseline: "alphabetic" });
  const every = [1, 2, 5, 10, 20, 50].find((each) => each * column >= 26) ?? 100;
  for (let k = 0; k < timesteps; k++) {
    const centre = (k + 0.5) * column;
    context.fillStyle = theme.colour[k === t ? "text" : "muted"];
    const isTold = k === t || ((k + 1) % every === 0 && Math.abs(k - t) * column >= 20);
    if (isTold) context.fillText(String(k + 1), Math.min(width - 9, Math.max(9, centre)), height - 2);
    if (way.batch_sizes) drawBar(context, k, { batch, way, column, theme, isNow: k === t });
  }
}

const BAR = { foot: 30, most: 17 };

/**
 * @param {CanvasRenderingContext2D} context @param {number} k
 * @param {{batch: Batch, way: Way, column: number, theme: Theme, isNow: boolean}} what
 */
function drawBar(context, k, { batch, way, column, theme, isNow }) {
  const sizes = way.batch_sizes ?? [];
  const unit = BAR.most / Math.max(...sizes, batch.lengths.length);
  const [computed, present] = [sizes[k], Math.min(sizes[k], presentAt(batch.lengths, k))];
  const [left, width] = [k * column + Math.min(2, column / 6), column - 2 * Math.min(2, column / 6)];
  context.globalAlpha = isNow ? 1 : 0.55;
  context.fillStyle = theme.colour[isNow ? "accent" : "muted"];
  context.fillRect(left, BAR.foot - present * unit, width, present * unit);
  context.globalAlpha = 1;
  if (computed > present) {
    const top = BAR.foot - computed * unit;
    hatch(context, { left, top, width, height: (computed - present) * unit }, theme.colour.muted);
  }
  if (column < 15) return;
  context.fillStyle = theme.colour[isNow ? "text" : "muted"];
  context.fillText(String(computed), k * column + column / 2, BAR.foot - computed * unit - 3);
}
