/**
 * What the pointer rests on explains itself, with the model's numbers: lanes, the cell's parts, the ledger's bars.
 * Values change under a resting pointer: the tooltip is written anew with every frame.
 *
 * @typedef {Object} Spot
 * @property {string} kind lane, part (of the cell) or entry (of the ledger)
 * @property {number} [clientX] @property {number} [clientY] where the pointer is
 * @property {any} [row] @property {number} [unit] @property {number} [t] @property {string} [id]
 */

import { px } from "../shared/dom.js";
import { explain, product } from "../cells/equations.js";
import { amount, capital, date, fill, plain, signed } from "../shared/format.js";
import { inputPhrase, scaledPhrase, toldInputs } from "./input_words.js";
import { columnCentre } from "../lanes/layout.js";
import { matteredText, normsText } from "../inside/mattered_view.js";
import { headInput, momentAt } from "../cells/moment.js";
import { hideTooltip, showTooltip } from "../shared/tooltip.js";

/**
 * @param {Element} node @param {string} selector of the parts that explain themselves
 * @param {(part: any, event: PointerEvent) => Spot | null} spotOf @param {(spot: Spot | null) => void} onSpot
 */
export function listenToHover(node, selector, spotOf, onSpot) {
  node.addEventListener("pointermove", (event) => {
    const { target, clientX, clientY } = /** @type {any} */ (event);
    const part = target.closest(selector);
    const spot = part && spotOf(part, /** @type {PointerEvent} */ (event));
    onSpot(spot ? { ...spot, clientX, clientY } : null);
  });
  node.addEventListener("pointerleave", () => onSpot(null));
}

/** @param {any} stage */
export function showHover(stage) {
  const { hover, parts, root } = stage;
  if (!hover && parts.tooltip.node.hidden) return;
  const { laneHover } = parts.refs;
  laneHover.hidden = !["lane", "chart"].includes(hover?.kind);
  const text = hover && textOf(stage, hover);
  if (!text) return hideTooltip(parts.tooltip);
  const box = root.getBoundingClientRect();
  showTooltip(parts.tooltip, text, { x: hover.clientX - box.left, y: hover.clientY - box.top, width: box.width });
  const { length } = stage.held.view.clock;
  if (!laneHover.hidden)
    laneHover.style.transform = `translateX(${px(columnCentre(hover.t, length, stage.layout.width))}px)`;
}

function textOf(stage, hover) {
  return { lane: laneText, part: partText, entry: entryText, chart: chartText }[hover.kind](stage, hover);
}

/** A step of the window's chart: what it came to, and what both had said of it the step before. */
function chartText({ scene, frame, original }, { t }) {
  const { film, words, chart } = scene;
  const now = momentAt(film, frame, { layer: 0, unit: 0 }, t, chart.dates, chart.price);
  const was = momentAt(film, original, { layer: 0, unit: 0 }, t, chart.dates, chart.price).price;
  const value = `${amount(now.price, chart.unit)} · ${date(now.date)}`;
  const changed = now.price !== was ? ` ${words.was} ${amount(was, chart.unit)}.` : "";
  if (t === 0) return { value, equation: changed.trim() };
  const before = momentAt(film, frame, { layer: 0, unit: 0 }, t - 1, chart.dates);
  const said = {
    cell: film.meta.cell,
    step: chart.step,
    prediction: amount(before.predictionPrice, chart.unit),
    naive: amount(before.naivePrice, chart.unit),
  };
  return { value, equation: `${fill(words.chart_hover, said)}${changed}` };
}

/** The rows that only some pages have. */
const ROWS = {
  change: ({ changes, scene }, t, day) => {
    const { unit } = scene.chart;
    return {
      value: `${scene.words.change_symbol} = ${amount(changes.said[t], unit)} · ${day}`,
      equation: `${scene.words.change_real} ${amount(changes.real[t], unit)}; ${scene.words.change_naive}`,
    };
  },
  price: ({ price, scene }, t, day) => {
    const { unit } = scene.chart;
    const changed = price.values[t] !== price.was[t];
    return {
      value: `${amount(price.values[t], unit)} · ${day}`,
      equation: changed ? `${scene.words.was} ${amount(price.was[t], unit)}` : "",
    };
  },
  mattered: ({ scene }, t, day, unit, { explanation, moment }) =>
    explanation && {
      value: `${scene.words.mattered_symbol} = ${signed(explanation.input_gradients[t * explanation.input_gradients.shape[1]], 4)} · ${day}`,
      equation: matteredText(explanation, scene, moment, scene.words),
    },
  norms: ({ scene }, t, day, unit, { explanation, moment }) =>
    explanation && {
      value: `‖${scene.words.norms_symbol}‖ · ${day}`,
      equation: normsText(explanation, scene, moment, scene.words),
    },
  memory: ({ memory, bounds, scene }, t, day, unit) =>
    memory && {
      value: `${scene.words[`memory_symbol_${scene.film.meta.cell}`] ?? scene.words.memory_symbol}[${fill(scene.words.unit, { unit: unit + 1 })}] = ${plain(memory.left[t * bounds.hidden + unit])} · ${day}`,
      equation: "",
    },
};

function laneText(stage, { row, unit, t }) {
  const { scene, frame, held, lanes, bounds } = stage;
  const { film, words, chart } = scene;
  const moment = momentAt(
    film,
    frame,
    { layer: held.view.layer, unit: Math.min(unit, bounds.hidden - 1) },
    t,
    chart.dates,
  );
  const day = date(moment.date);
  if (row.kind === "inputs") return inputText(stage, t, day);
  if (row.kind === "prediction") {
    const value = `${words.prediction_symbol} = ${signed(moment.prediction)} · ${day}`;
    return { value, equation: `${words.target} ${signed(moment.target)}` };
  }
  if (ROWS[row.kind]) return ROWS[row.kind](stage, t, day, unit, { explanation: stage.explanation, moment });
  const { value, equation } = explain(row.name, lanes.find((each) => each.name === row.name).symbol, moment, words);
  return { value: `${value} · ${day}`, equation };
}

function inputText({ scene, frame }, t, day) {
  const told = toldInputs(scene, frame, t);
  return {
    value: `${capital(inputPhrase(told, scene.words))} · ${day}`,
    equation: `${scene.words.inputs_symbol}: ${scaledPhrase(told, scene.words)}`,
  };
}

/** A part of the diagram: what it computes; for what enters, what it is. */
function partText(stage, { id }) {
  const { scene, moment, lanes } = stage;
  const { words } = scene;
  const lane = lanes.find((each) => each.name === (PARTS[id] ?? id));
  if (lane) return explain(lane.name, lane.symbol, moment, words);
  if (id === "x" && moment.layer === 0) return inputText(stage, moment.t, date(moment.date));
  return null;
}

const PARTS = { c_now: "cell_state", h_now: "hidden_state", tanh: "hidden_state", take: "update_gate" };

function entryText({ scene, frame, moment }, { unit }) {
  const hidden = headInput(scene.film, frame, moment.t)[unit];
  const name = moment.layers > 1 ? scene.words.hold_unit : scene.words.unit; // the head reads the top layer alone
  const value = fill(name, { unit: unit + 1, layer: moment.layers });
  return { value, equation: product(frame.head_weight[unit], hidden) };
}
