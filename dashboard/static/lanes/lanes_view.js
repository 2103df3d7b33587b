/** Draws the lanes: both pictures (past in full, future dimmed) once per snapshot of the film, then a blit a frame. */

import { el, sized } from "../shared/dom.js";
import { bandOf, focusOn } from "./focus.js";
import { pixels, valuesOf } from "./lanes.js";
import { rowsOf } from "./order.js";
import { gradientColour, normColour, paintChange, paintPrice, paintStrip } from "./strips_view.js";

const FUTURE = 0.26;

export function createLanesView() {
  const canvas = el("canvas", { class: "gs-lanes-canvas", "data-testid": "stage-lanes-canvas", role: "img" });
  const labels = el("div", { class: "gs-lane-labels", "data-testid": "stage-lane-labels" });
  return {
    canvas,
    labels,
    full: document.createElement("canvas"),
    dim: document.createElement("canvas"),
    size: [1, 1],
  };
}

/**
 * How a row of units is shared out: the chosen one tall.
 * @param {import("./layout.js").Row} row @param {{layout: any, hidden: number, unit: number, orders: Record<string, number[]>}} what
 */
export function focusOf(row, { layout, hidden, unit, orders }) {
  const order = orders[row.kind];
  return focusOn(row.height, hidden, order ? rowsOf(order)[unit] : unit, layout.least);
}

/**
 * @param {any} view
 * @param {{film: any, snapshot: any, original: any, layer: number, unit: number, hidden: number, lanes: any[],
 *   layout: import("./layout.js").Layout, theme: any, orders: Record<string, number[]>, inside: any}} what
 */
export function paintLanes(view, what) {
  const { layout } = what;
  view.size = [layout.width, layout.lanesHeight];
  const context = sized(view.full, ...view.size);
  context.clearRect(0, 0, ...view.size);
  for (const row of layout.rows) PAINTERS[row.kind](context, row, what);
  const faint = sized(view.dim, ...view.size);
  faint.clearRect(0, 0, ...view.size);
  faint.globalAlpha = FUTURE;
  faint.drawImage(view.full, 0, 0, ...view.size);
  faint.globalAlpha = 1;
}

const PAINTERS = {
  lane: (context, row, what) => paintLane(context, row, what),
  inputs: (context, row, what) => paintLines(context, row, linesOf(row.kind, what), what.layout.width, what.theme),
  prediction: (context, row, what) => paintLines(context, row, linesOf(row.kind, what), what.layout.width, what.theme),
  price: (context, row, { inside, layout, theme }) => paintPrice(context, row, inside.price, layout.width, theme),
  change: (context, row, { change, layout, theme }) => paintChange(context, row, change, layout.width, theme),
  mattered: (context, row, { inside, layout, theme }) => {
    if (!inside.explanation) return;
    const { input_gradients: all } = inside.explanation;
    const first = all.filter((_, at) => at % all.shape[1] === 0);
    paintStrip(context, row, first, gradientColour(first, inside.scale, theme), layout.width);
  },
  norms: (context, row, { inside, layout, theme, layer }) => {
    if (!inside.explanation) return;
    const { gradient_norms: all } = inside.explanation;
    const norms = all.subarray(layer * all.shape[1], (layer + 1) * all.shape[1]);
    paintStrip(context, row, norms, normColour(norms, theme), layout.width);
  },
  memory: (context, row, { inside, theme, ...what }) =>
    inside.memory && paintUnits(context, row, inside.memory.left, theme.shares.lut, [0, 1], what),
};

function paintLane(context, row, { theme, ...what }) {
  const lane = what.lanes.find((each) => each.name === row.name);
  const values = valuesOf(what.film, what.snapshot, lane.name, what.layer);
  paintUnits(context, row, values, (lane.signed ? theme.signed : theme.shares).lut, [lane.low, lane.high], what);
}

/** Units down, timesteps across: the rows above the chosen one, it, and those below, each as one picture. */
function paintUnits(context, row, values, lut, [low, high], what) {
  const { snapshot, layout, orders, hidden } = what;
  const [, , timesteps] = snapshot.activations.shape;
  const small = document.createElement("canvas");
  [small.width, small.height] = [timesteps, hidden];
  const image = pixels(values, timesteps, hidden, lut, low, high, orders[row.kind]);
  small.getContext("2d").putImageData(new ImageData(image, timesteps, hidden), 0, 0);
  const focus = focusOf(row, what);
  const { chosen, thin } = focus;
  for (const [first, count] of [[0, chosen], [chosen, 1], [chosen + 1, hidden - chosen - 1]]) {
    if (count <= 0) continue;
    const { top, height } = bandOf(focus, first);
    const isThin = first !== chosen && thin * (window.devicePixelRatio || 1) < 1;
    context.imageSmoothingEnabled = isThin || timesteps > layout.width;
    context.imageSmoothingQuality = "high";
    context.drawImage(small, 0, first, timesteps, count, 0, row.top + top, layout.width, height * count);
  }
}

/** The x lane has a line a feature, the first strongest; the prediction lane the target and, on it, the prediction. */
function linesOf(kind, { film, snapshot, original, theme }) {
  if (kind === "prediction") {
    const real = snapshot.supposed_from ?? Infinity; // what came belongs to the days as they were
    const known = Array.from(film.meta.target, (value, t) => (real <= t + 1 ? NaN : value));
    const target = { values: known, colour: theme.colour.price, width: 1, alpha: 0.75 };
    const was = { values: original.prediction, colour: theme.colour.lstm, width: 1.5, alpha: 0.35 };
    const now = { values: snapshot.prediction, colour: theme.colour.lstm, width: 2, alpha: 1 };
    return { scale: film.meta.target, lines: snapshot === original ? [target, now] : [target, was, now] };
  }
  const [timesteps, features] = snapshot.inputs.shape;
  const feature = (index) => Array.from({ length: timesteps }, (_, t) => snapshot.inputs[t * features + index]);
  const line = (index) => ({
    values: feature(index),
    colour: theme.colour.price,
    width: index ? 1 : 1.4,
    alpha: index ? 0.4 : 1,
  });
  return { scale: snapshot.inputs, lines: Array.from({ length: features }, (_, index) => line(features - 1 - index)) };
}

function paintLines(context, row, { scale, lines }, width, theme) {
  const known = [...scale].filter(Number.isFinite);
  const [low, high] = known.length ? [Math.min(0, ...known), Math.max(0, ...known)] : [-1, 1];
  const room = high - low || 1;
  const y = (value) => row.top + 2 + ((high - value) / room) * (row.height - 4);
  context.save();
  context.beginPath();
  context.rect(0, row.top, width, row.height);
  context.clip();
  stroke(
    context,
    [
      [0, y(0)],
      [width, y(0)],
    ],
    theme.colour.hairline,
    1,
    1,
  );
  for (const { values, colour, width: thickness, alpha } of lines) {
    const points = Array.from(values, (value, t) => [((t + 0.5) / values.length) * width, y(value)]);
    stroke(
      context,
      points.filter((point) => Number.isFinite(point[1])),
      colour,
      thickness,
      alpha,
    );
  }
  context.restore();
}

function stroke(context, points, colour, width, alpha) {
  context.beginPath();
  points.forEach(([x, y], index) => (index ? context.lineTo(x, y) : context.moveTo(x, y)));
  Object.assign(context, { strokeStyle: colour, lineWidth: width, globalAlpha: alpha, lineJoin: "round" });
  context.stroke();
  context.globalAlpha = 1;
}

/** The rows' places, before there is a film. @param {any} view @param {import("./layout.js").Layout} layout @param {any} theme */
export function drawNoLanes({ canvas }, layout, theme) {
  const context = sized(canvas, layout.width, layout.lanesHeight);
  context.clearRect(0, 0, layout.width, layout.lanesHeight);
  context.fillStyle = theme.colour.panel;
  for (const { top, height } of layout.rows) context.fillRect(0, top, layout.width, height);
}

/**
 * One frame: past, future, the chosen unit's outline. The playhead's rule is an element of its own.
 * @param {any} view @param {{t: number, timesteps: number, unit: number, hidden: number, layout: any, theme: any,
 *   orders: Record<string, number[]>, secret: boolean}} now secret: the future is not to be seen
 */
export function drawLanes(view, what) {
  const { t, timesteps, hidden, secret } = what;
  const [width, height] = view.size;
  const context = sized(view.canvas, width, height);
  const ratio = view.canvas.width / width;
  const edge = Math.round(((t + 1) / timesteps) * width * ratio);
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, view.canvas.width, view.canvas.height);
  if (edge > 0) context.drawImage(view.full, 0, 0, edge, view.full.height, 0, 0, edge, view.full.height);
  const rest = view.canvas.width - edge;
  if (rest > 0 && !secret) context.drawImage(view.dim, edge, 0, rest, view.dim.height, edge, 0, rest, view.dim.height);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  if (hidden > 1) outline(context, what);
}

function outline(context, { layout, theme, ...what }) {
  Object.assign(context, { strokeStyle: theme.colour.lstm, lineWidth: 1.5 });
  for (const row of layout.rows) {
    if (!what.orders[row.kind]) continue;
    const focus = focusOf(row, { layout, ...what });
    const { top, height } = bandOf(focus, focus.chosen);
    const [from, to] = [Math.max(0.75, row.top + top - 0.75), row.top + top + height + 0.75];
    context.strokeRect(0.75, from, layout.width - 1.5, Math.min(layout.lanesHeight - 0.75, to) - from);
  }
}
