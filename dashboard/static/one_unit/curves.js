/** How the unit learnt: both predictions and the loss against epoch, and under them the one epoch slider. */

/**
 * @import {Company, Words} from "../shared/message.js"
 * @import {Track} from "../player/transport.js"
 *
 * @typedef {ReturnType<typeof createCurves>} CurvesView
 * @typedef {ReturnType<typeof shapeOf>} CurvesShape
 * @typedef {{shape: CurvesShape, moving: ReturnType<typeof movingParts>}} Still what stays while the epochs run
 * @typedef {{width: number, em: number}} Size
 * @typedef {import("./one_unit.js").Run} Run
 * @typedef {{predictions: number[], loss: number}} Now
 */

import { el, px, setAttribute, setText, svg } from "../shared/dom.js";
import { age, fill, loss, plain } from "../shared/format.js";
import { bounds, place, spread, ticks } from "../losses/losses.js";
import { createTransport, updateTransport } from "../player/transport.js";

const ROOM = { left: 4.2, right: 8, line: 1.3 }; // em of the numbers beside the curves, and from one to the next
const THUMB = 8; // half the slider's thumb: the curves begin and end where its middle does
const HEIGHT = { predictions: 150, gap: 26, loss: 84 };
const TOP = 10;
const TOTAL = TOP + HEIGHT.predictions + HEIGHT.gap + HEIGHT.loss + 8;
const LOSS_TOP = TOP + HEIGHT.predictions + HEIGHT.gap;

/**
 * @param {(action: import("../stage/view.js").Action) => void} dispatch
 * @param {Record<string, string>} words @param {import("./one_unit.js").Company[]} companies
 */
export function createCurves(dispatch, words, companies) {
  const picture = svg("svg", { class: "gs-curves", role: "img", height: TOTAL, "data-testid": "smallest-curves" });
  const transport = createTransport(dispatch, words, epochsOf(words));
  const header = el("header", {}, el("h3", {}, words.learning), el("span", { class: "gs-aside" }, words.learning_rule));
  const node = el("section", { class: "gs-panel gs-learning" }, header, picture, transport.node);
  const still = /** @type {Still | null} */ (null);
  return { node, picture, transport, words, companies, drawn: "", still };
}

/** @param {Words} words @returns {Track} */
const epochsOf = (words) => ({
  id: "smallest",
  hands: {},
  scrubber: words.epoch,
  position: ({ t, T }) => fill(words.age_of_planned, { age: age(t, words), planned: T - 1 }),
  counter: ({ t, T }) => `${t} / ${T - 1}`,
});

/**
 * @param {ReturnType<typeof createCurves>} view @param {import("./one_unit.js").State} state
 * @param {{predictions: number[], loss: number}} now @param {boolean} playing
 */
export function updateCurves(view, state, now, playing) {
  const { run } = state;
  const size = { width: view.picture.clientWidth, em: parseFloat(getComputedStyle(view.picture).fontSize) };
  const key = `${run.id}|${size.width}|${size.em}`;
  const still = view.drawn === key && view.still ? view.still : redraw(view, run, size);
  Object.assign(view, { drawn: key, still });
  const epoch = Math.round(state.epoch);
  move(still, epoch, now);
  updateTransport(view.transport, { t: epoch, T: run.epochs + 1, playing });
  const each = view.companies.map(({ name, target }, k) =>
    fill(view.words.company_says, { name, prediction: plain(now.predictions[k]), target }),
  );
  const said = { epoch, companies: each.join("; "), loss: loss(now.loss), naive: loss(still.shape.naive) };
  setAttribute(view.picture, "aria-label", fill(view.words.alt_curves, said));
}

/**
 * Everything that stays while the epochs run.
 * @param {CurvesView} view @param {Run} run @param {Size} size @returns {Still}
 */
function redraw(view, run, size) {
  const { width } = size;
  const shape = shapeOf(view, run, size);
  const { words, companies } = view;
  const moving = movingParts(companies, words);
  setAttribute(view.picture, "viewBox", `0 0 ${width} ${TOTAL}`);
  view.picture.replaceChildren(...grid(shape, words), ...lines(run, shape, companies), ...moving.nodes);
  return { shape, moving };
}

/** @param {CurvesView} view @param {Run} run @param {Size} size */
function shapeOf(view, run, { width, em }) {
  const naive = view.companies.reduce((sum, each) => sum + (each.naive - each.target) ** 2, 0) / view.companies.length;
  const [left, right] = [em * ROOM.left + THUMB, Math.max(100, width - em * ROOM.right - THUMB)];
  const low = Math.min(-0.1, ...run.predictions) - 0.03;
  const scale = bounds([...run.losses, naive]);
  /** @param {number} value */
  const within = (value) => Math.max(low, Math.min(1.05, value));
  return {
    ...{ left, right, width, naive, scale, low, gap: em * ROOM.line },
    /** @param {number} epoch */
    x: (epoch) => left + ((right - left) * epoch) / run.epochs,
    /** @param {number} value */
    predicted: (value) => TOP + (HEIGHT.predictions * (1.05 - within(value))) / (1.05 - low),
    /** @param {number} value */
    lost: (value) => LOSS_TOP + Math.max(0, Math.min(HEIGHT.loss, place(value, scale, HEIGHT.loss))),
  };
}

/** @param {CurvesShape} shape @param {Words} words */
function grid(shape, words) {
  const { left, right } = shape;
  /** @param {number} y @param {string} text */
  const tick = (y, text) => svg("text", { class: "gs-tick", x: left - 10, y: px(y + 4), "text-anchor": "end" }, text);
  /** @param {number} y @param {string} name */
  const line = (y, name) => svg("line", { class: name, x1: left, x2: right, y1: px(y), y2: px(y) });
  /** @param {number} y @param {string} text */
  const title = (y, text) => svg("text", { class: "gs-curve-title", x: left, y: px(y) }, text);
  return [
    ...[0, 1].flatMap((value) => [
      line(shape.predicted(value), "gs-must-line"),
      tick(shape.predicted(value), String(value)),
    ]),
    ...ticks(shape.scale, 3).flatMap((each) => [
      line(shape.lost(each), "gs-grid-line"),
      tick(shape.lost(each), String(each)),
    ]),
    title(LOSS_TOP - 8, words.loss_title),
    line(shape.lost(shape.naive), "gs-naive-line"),
  ];
}

/** @param {Run} run @param {CurvesShape} shape @param {Company[]} companies */
function lines(run, shape, companies) {
  /** @param {Float64Array} values @param {(value: number) => number} y */
  const path = (values, y) =>
    Array.from(values, (value, epoch) => `${epoch ? "L" : "M"}${px(shape.x(epoch))} ${px(y(value))}`).join("");
  const predictions = companies.map(({ name }, k) => {
    const values = run.predictions.filter((_, index) => index % companies.length === k);
    return svg("path", { class: `gs-predicted gs-of-${name}`, d: path(values, shape.predicted) });
  });
  return [...predictions, svg("path", { class: "gs-lost", d: path(run.losses, shape.lost) })];
}

/** @param {Company[]} companies @param {Words} words */
function movingParts(companies, words) {
  const rule = svg("line", { class: "gs-epoch-rule", y1: TOP, y2: TOTAL - 8 });
  const dots = companies.map(({ name }) => svg("circle", { class: `gs-knob gs-of-${name}`, r: 5 }));
  const lost = svg("circle", { class: "gs-knob", r: 4 });
  const labels = [...companies.map((each) => each.name), words.loss, words.naive_loss].map((name) => {
    const value = svg("tspan", { class: "gs-curve-value", dx: 6 });
    const text = svg("text", { class: "gs-curve-label" }, svg("tspan", {}, name), value);
    return { text, value };
  });
  labels[labels.length - 1].text.classList.add("gs-curve-naive");
  return { rule, dots, lost, labels, nodes: [rule, ...dots, lost, ...labels.map((each) => each.text)] };
}

/**
 * What goes along with the epoch and with every edit: rule, knobs, and their numbers beside the curves.
 * @param {Still} still @param {number} epoch @param {Now} now
 */
function move({ shape, moving }, epoch, { predictions, loss: error }) {
  const at = px(shape.x(epoch));
  for (const end of ["x1", "x2"]) setAttribute(moving.rule, end, at);
  const heights = predictions.map(shape.predicted);
  [...moving.dots, moving.lost].forEach((dot, k) => {
    setAttribute(dot, "cx", at);
    setAttribute(dot, "cy", px(k < heights.length ? heights[k] : shape.lost(error)));
  });
  const places = [
    ...spread(heights, shape.gap, TOP + 4, TOP + HEIGHT.predictions),
    ...spread([shape.lost(error), shape.lost(shape.naive)], shape.gap, LOSS_TOP, LOSS_TOP + HEIGHT.loss),
  ];
  [...predictions.map((each) => plain(each)), loss(error), loss(shape.naive)].forEach((text, k) => {
    setAttribute(moving.labels[k].text, "x", shape.right + 12);
    setAttribute(moving.labels[k].text, "y", px(places[k] + 4));
    setText(moving.labels[k].value, text);
  });
}
