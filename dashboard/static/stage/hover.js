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
import { wordOf } from "../cells/cells.js";
import { boxOf } from "../cells/diagram.js";
import { explain, product } from "../cells/equations.js";
import { amount, capital, date, fill, plain, signed } from "../shared/format.js";
import { inputPhrase, scaledPhrase, toldInputs } from "./input_words.js";
import { columnCentre } from "../lanes/layout.js";
import { matteredText, normsText } from "../inside/gradients_view.js";
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
  const { length } = stage.state.view.clock;
  if (!laneHover.hidden)
    laneHover.style.transform = `translateX(${px(columnCentre(hover.t, length, stage.layout.width))}px)`;
}

function textOf(stage, hover) {
  return { lane: laneText, part: partText, entry: entryText, chart: chartText }[hover.kind](stage, hover);
}

/** A step of the window's chart: what it came to, and what both had said of it the step before. */
function chartText({ content, snapshot, original }, { t }) {
  const { film, words, chart } = content;
  const now = momentAt(film, snapshot, { layer: 0, unit: 0 }, t, chart.dates, chart.price);
  const was = momentAt(film, original, { layer: 0, unit: 0 }, t, chart.dates, chart.price).price;
  const value = `${amount(now.price, chart.unit)} · ${date(now.date)}`;
  const changed = now.price !== was ? ` ${words.was} ${amount(was, chart.unit)}.` : "";
  if (t === 0) return { value, equation: changed.trim() };
  const before = momentAt(film, snapshot, { layer: 0, unit: 0 }, t - 1, chart.dates);
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
  change: ({ changes, content }, t, day) => {
    const { unit } = content.chart;
    return {
      value: `${content.words.change_symbol} = ${amount(changes.said[t], unit)} · ${day}`,
      equation: `${content.words.change_real} ${amount(changes.real[t], unit)}; ${content.words.change_naive}`,
    };
  },
  price: ({ price, content }, t, day) => {
    const { unit } = content.chart;
    const changed = price.values[t] !== price.was[t];
    return {
      value: `${amount(price.values[t], unit)} · ${day}`,
      equation: changed ? `${content.words.was} ${amount(price.was[t], unit)}` : "",
    };
  },
  mattered: ({ content }, t, day, unit, { explanation, moment }) =>
    explanation && {
      value: `${content.words.mattered_symbol} = ${signed(explanation.input_gradients[t * explanation.input_gradients.shape[1]], 4)} · ${day}`,
      equation: matteredText(explanation, content, moment, content.words),
    },
  norms: ({ content }, t, day, unit, { explanation, moment }) =>
    explanation && {
      value: `‖${content.words.norms_symbol}‖ · ${day}`,
      equation: normsText(explanation, content, moment, content.words),
    },
  memory: ({ memory, bounds, content }, t, day, unit) =>
    memory && {
      value: `${wordOf(content.words, "memory_symbol", content.film.meta.cell)}[${fill(content.words.unit, { unit: unit + 1 })}] = ${plain(memory.left[t * bounds.hidden + unit])} · ${day}`,
      equation: "",
    },
};

function laneText(stage, { row, unit, t }) {
  const { content, snapshot, state, lanes, bounds } = stage;
  const { film, words, chart } = content;
  const moment = momentAt(
    film,
    snapshot,
    { layer: state.view.layer, unit: Math.min(unit, bounds.hidden - 1) },
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

function inputText({ content, snapshot }, t, day) {
  const told = toldInputs(content, snapshot, t);
  return {
    value: `${capital(inputPhrase(told, content.words))} · ${day}`,
    equation: `${content.words.inputs_symbol}: ${scaledPhrase(told, content.words)}`,
  };
}

/** A part of the diagram: what it computes; for what enters, what it is. */
function partText(stage, { id }) {
  const { content, moment, lanes } = stage;
  const { words } = content;
  const box = boxOf(moment.cell, id);
  if (box.of === null) return moment.layer ? null : inputText(stage, moment.t, date(moment.date));
  if (box.when === "before") return null;
  return explain(box.of, lanes.find((each) => each.name === box.of).symbol, moment, words);
}

function entryText({ content, snapshot, moment }, { unit }) {
  const hidden = headInput(content.film, snapshot, moment.t)[unit];
  const name = moment.layers > 1 ? content.words.clamp_unit : content.words.unit; // the head reads the top layer alone
  const value = fill(name, { unit: unit + 1, layer: moment.layers });
  return { value, equation: product(snapshot.head_weight[unit], hidden) };
}
