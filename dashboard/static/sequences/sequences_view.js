/** The lanes' regions in reading order, and everything that follows from the way and the playhead. */

/**
 * @import {Batch} from "./sequences.js"
 * @import {BatchRow, Way, Words} from "../shared/message.js"
 * @import {Theme} from "../shared/theme.js"
 * @import {Track} from "../player/transport.js"
 * @import {Action} from "../stage/view.js"
 *
 * @typedef {ReturnType<typeof buildBatch>} BatchView
 * @typedef {(action: import("./sequences.js").Action) => void} Act
 */

import { beside, boundsOf, describe, readout, unitsOf, wayOf } from "./sequences.js";
import { drawAxis, drawRow, heightOf, paintRow, SIZES } from "./sequence_lanes.js";
import { batchLegend } from "./legend.js";
import { timestep } from "../player/clock.js";
import { createTransport, updateTransport } from "../player/transport.js";
import { chip, el, px, setAttribute, setText } from "../shared/dom.js";
import { fill } from "../shared/format.js";
import { columnCentre, timestepAt } from "../lanes/layout.js";

const SPEAK_AT_REST = 600;

/**
 * Fills the root for one content.
 * @param {HTMLElement} root @param {import("./sequences.js").Batch} batch
 * @param {(action: import("./sequences.js").Action) => void} dispatch
 */
export function buildBatch(root, batch, dispatch) {
  const { words, kind } = batch;
  setAttribute(root, "aria-label", words.batch);
  root.dataset.kind = kind;
  const choices = createWays(batch, dispatch);
  const about = el("p", { class: "gs-batch-about" });
  const sentence = el("p", { class: "gs-batch-readout", "data-testid": "batch-readout" });
  const live = el("p", { class: "gs-hidden", role: "status", "aria-live": "polite" });
  const axis = createAxis(batch, dispatch);
  const rows = batch.rows.map((row, index) => createRow(row, index, kind));
  const rule = el("div", { class: "gs-batch-rule", "aria-hidden": "true" });
  const grid = el("div", { class: "gs-batch-grid" });
  const transport = createTransport(dispatch, words, timestepsOf(words));
  const legend = el("div", { class: "gs-batch-legend" });
  root.replaceChildren(choices.node, about, sentence, live, grid, legend, transport.node);
  const view = { root, words, choices, about, sentence, live, axis, rows, rule, grid, transport, legend };
  for (const { canvas } of rows) listen(canvas, () => batch.values.shape[1], dispatch);
  return { ...view, ...{ painted: "", drawn: "", timer: /** @type {ReturnType<typeof setTimeout> | undefined} */ (undefined), width: 0 } };
}

/** The timesteps of the longest sequence. @param {Words} words @returns {Track} */
const timestepsOf = (words) => ({
  id: "batch",
  hands: { start: words.batch_to_start, back: words.batch_step_back, on: words.batch_step_on },
  scrubber: words.batch_scrubber,
  position: ({ t, T }) => fill(words.batch_scrubber_value, { t: t + 1, T }),
  counter: ({ t, T }) => `${t + 1} / ${T}`,
});

/** @param {Batch} batch @param {Act} dispatch */
function createWays({ ways, kind, words }, dispatch) {
  const node = el("div", { class: "gs-spans gs-ways", role: "group", "aria-label": words[`ways_${kind}`] });
  const buttons = ways.map(({ name, label }) => {
    const button = el("button", { type: "button", "data-testid": `batch-way-${name}` }, label);
    button.addEventListener("click", () => dispatch({ type: "way", value: name }));
    return button;
  });
  node.append(...buttons);
  return { node, buttons };
}

/** Over the lanes: batch sizes, or a button at each chunk's beginning. @param {Batch} batch @param {Act} dispatch */
function createAxis({ kind, words, boundaries, values }, dispatch) {
  const label = el("div", { class: "gs-batch-head" }, words[kind === "lengths" ? "batch_sizes" : "timesteps"]);
  const heading = el("div", { class: "gs-batch-side" }, words[`outputs_${kind}`]);
  const canvas = el("canvas", { "aria-hidden": "true", style: `height:${SIZES[kind].axis}px` });
  const chunks = (kind === "chunks" ? [0, ...boundaries] : []).map((at, index) => {
    const text = fill(words.chunk, { chunk: index + 1 });
    const button = chip(text, `batch-chunk-${index + 1}`, () => dispatch({ type: "seek", value: at }));
    button.style.left = `${(100 * at) / values.shape[1]}%`;
    return button;
  });
  const jumps = chunks.length ? [el("div", { class: "gs-batch-jumps" }, ...chunks)] : [];
  const lane = el("div", { class: "gs-batch-lane" }, ...jumps, canvas);
  return { nodes: [label, heading, lane], lane, canvas };
}

/** @param {BatchRow} row @param {number} index @param {Batch["kind"]} kind */
function createRow(row, index, kind) {
  const note = el("span", { class: "gs-batch-note" }, row.note);
  const head = el("div", { class: "gs-batch-head" }, el("b", {}, row.name), note);
  const canvas = el("canvas", {
    role: "img",
    style: `height:${heightOf(kind)}px`,
    "data-testid": `batch-lane-${index}`,
  });
  const side = el("div", { class: "gs-batch-side", "data-testid": `batch-side-${index}` });
  const painted = document.createElement("canvas");
  return { nodes: [head, side, el("div", { class: "gs-batch-lane" }, canvas)], canvas, side, painted };
}

/**
 * A click or a drag on a lane moves the playhead.
 * @param {HTMLCanvasElement} canvas @param {() => number} timesteps @param {Act} dispatch
 */
function listen(canvas, timesteps, dispatch) {
  /** @param {PointerEvent} event */
  const to = (event) => {
    const box = canvas.getBoundingClientRect();
    dispatch({ type: "seek", value: timestepAt(event.clientX - box.left, timesteps(), box.width) });
  };
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    to(event);
  });
  canvas.addEventListener("pointermove", (event) => event.buttons && to(event));
}

/**
 * @param {ReturnType<typeof buildBatch>} view @param {import("./sequences.js").Batch} batch
 * @param {import("./sequences.js").State} state @param {import("../shared/theme.js").Theme} theme
 */
export function drawBatch(view, batch, state, theme) {
  const way = wayOf(batch, state);
  const t = timestep(state.clock);
  arrange(view, way);
  paint(view, batch, way, theme);
  const timesteps = batch.values.shape[1];
  view.rule.style.transform = `translateX(${px(columnCentre(state.clock.position, timesteps, view.width))}px)`;
  const key = [t, state.clock.playing, view.painted].join("|");
  if (view.drawn === key) return;
  view.drawn = key;
  drawAt(view, batch, way, t, theme);
  updateTransport(view.transport, { t, T: timesteps, playing: state.clock.playing });
  Object.assign(view.root.dataset, { timestep: t, way: way.name, playing: state.clock.playing });
  speak(view, readout(batch, way, t), state.clock.playing);
}

/**
 * Rows from top to bottom as this way takes them; the document's order is what is seen.
 * @param {BatchView} view @param {Way} way
 */
function arrange(view, way) {
  if (view.root.dataset.way === way.name && view.grid.childElementCount) return;
  const rows = way.order.flatMap((index) => view.rows[index].nodes);
  view.grid.replaceChildren(...view.axis.nodes, ...rows, view.rule);
  for (const button of view.choices.buttons)
    setAttribute(button, "aria-pressed", String(button.dataset.testid === `batch-way-${way.name}`));
  setText(view.about, way.about);
}

/** @param {BatchView} view @param {Batch} batch @param {Way} way @param {Theme} theme */
function paint(view, batch, way, theme) {
  view.width = view.axis.lane.clientWidth;
  const key = [way.name, view.width, theme.name, window.devicePixelRatio].join("|");
  if (view.painted === key) return;
  view.painted = key;
  const axis = view.axis.nodes[2];
  view.rule.style.top = `${axis.offsetTop + axis.offsetHeight + 6}px`;
  const shared = { bounds: boundsOf(batch, way), units: unitsOf(batch, way), width: view.width, theme };
  view.rows.forEach(({ painted }, row) => paintRow(painted, { batch, way, row, ...shared }));
  view.legend.replaceChildren(...batchLegend(batch, way, theme));
}

/** @param {BatchView} view @param {Batch} batch @param {Way} way @param {number} t @param {Theme} theme */
function drawAt(view, batch, way, t, theme) {
  const [width, timesteps, height] = [view.width, batch.values.shape[1], heightOf(batch.kind)];
  drawAxis(view.axis.canvas, { batch, way, width, t, theme });
  view.rows.forEach((row, index) => {
    drawRow(row.canvas, row.painted, { t, timesteps, width, height });
    setAttribute(row.canvas, "aria-label", describe(batch, way, index, t));
    writeLines(row.side, beside(batch, way, index, t));
  });
  setText(view.sentence, readout(batch, way, t));
}

/** @param {HTMLElement} node @param {string[]} lines */
function writeLines(node, lines) {
  while (node.childElementCount < lines.length) node.append(el(node.childElementCount ? "span" : "b"));
  lines.forEach((text, index) => setText(node.children[index], text));
}

/** @param {BatchView} view @param {string} sentence @param {boolean} playing */
function speak(view, sentence, playing) {
  clearTimeout(view.timer);
  if (!playing) view.timer = setTimeout(() => setText(view.live, sentence), SPEAK_AT_REST);
}
