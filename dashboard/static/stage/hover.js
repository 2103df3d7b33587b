/**
 * What the pointer rests on explains itself, with the model's numbers: lanes, the cell's parts, the ledger's bars.
 * Values change under a resting pointer: the tooltip is written anew with every frame.
 *
 * @import {Moment} from "../cells/moment.js"
 * @import {Row} from "../lanes/layout.js"
 * @import {createTooltip} from "../shared/tooltip.js"
 * @import {Filmed, Composed} from "./parts.js"
 * @import {View} from "./view.js"
 *
 * @typedef {{clientX?: number, clientY?: number}} Pointer where it is
 * @typedef {Pointer & {kind: "lane", row: Row, unit: number, t: number}} LaneSpot
 * @typedef {Pointer & {kind: "part", id: string}} PartSpot of the cell
 * @typedef {Pointer & {kind: "entry", unit: number}} EntrySpot of the ledger
 * @typedef {Pointer & {kind: "chart", t: number}} ChartSpot
 * @typedef {LaneSpot | PartSpot | EntrySpot | ChartSpot} Spot
 *
 * @typedef {{value: string, equation: string}} Text
 * @typedef {Object} Parts that are written to
 * @property {ReturnType<typeof createTooltip>} tooltip @property {{laneHover: HTMLElement}} refs
 * @typedef {Pick<Filmed, "snapshot" | "original" | "bounds" | "lanes" | "layout">
 *   & {content: Filmed["content"]}
 *   & Partial<Pick<Composed, "explanation" | "price" | "memory">> & {changes?: import("../compare/compare.js").Changes | null}
 *   & {root: HTMLElement, parts: Parts, state: {view: View}, hover: Spot | null, moment: Moment | null}} Hovered
 *   a stage, or a column of the page Compare
 */

import { px } from "../shared/dom.js";
import { wordOf } from "../cells/cells.js";
import { boxOf } from "../cells/diagram.js";
import { explain, product } from "../cells/equations.js";
import { amount, capital, date, fill, form, plain, signed } from "../shared/format.js";
import { inputPhrase, scaledPhrase, toldInputs } from "./input_words.js";
import { columnCentre } from "../lanes/layout.js";
import { matteredText, normsText } from "../inside/gradients_view.js";
import { headInput, momentAt } from "../cells/moment.js";
import { hideTooltip, showTooltip } from "../shared/tooltip.js";

/**
 * @param {Element} node @param {string} selector of the parts that explain themselves
 * @param {(part: HTMLElement, event: PointerEvent) => Spot | null} spotOf @param {(spot: Spot | null) => void} onSpot
 */
export function listenToHover(node, selector, spotOf, onSpot) {
  node.addEventListener("pointermove", (event) => {
    const { target, clientX, clientY } = /** @type {PointerEvent} */ (event);
    const part = /** @type {HTMLElement | null} */ (/** @type {Element} */ (target).closest(selector));
    const spot = part && spotOf(part, /** @type {PointerEvent} */ (event));
    onSpot(spot ? { ...spot, clientX, clientY } : null);
  });
  node.addEventListener("pointerleave", () => onSpot(null));
}

/** @param {Hovered} stage */
export function showHover(stage) {
  const { hover, parts, root } = stage;
  if (!hover && parts.tooltip.node.hidden) return;
  const { laneHover } = parts.refs;
  const t = hover && "t" in hover ? hover.t : null;
  laneHover.hidden = t === null;
  const text = hover && textOf(stage, hover);
  if (!hover || !text) return hideTooltip(parts.tooltip);
  const box = root.getBoundingClientRect();
  const { clientX = 0, clientY = 0 } = hover;
  showTooltip(parts.tooltip, text, { x: clientX - box.left, y: clientY - box.top, width: box.width });
  const { length } = stage.state.view.clock;
  if (t !== null) laneHover.style.transform = `translateX(${px(columnCentre(t, length, stage.layout.width))}px)`;
}

/** @param {Hovered} stage @param {Spot} hover @returns {Text | null} */
function textOf(stage, hover) {
  if (hover.kind === "lane") return laneText(stage, hover);
  if (hover.kind === "part") return partText(stage, hover);
  return hover.kind === "entry" ? entryText(stage, hover) : chartText(stage, hover);
}

/**
 * A step of the window's chart: what it came to, and what both had said of it the step before.
 * @param {Hovered} stage @param {ChartSpot} spot @returns {Text}
 */
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
    prediction: amount(before.predictionPrice, chart.unit),
    naive: amount(before.naivePrice, chart.unit),
  };
  return { value, equation: `${fill(words.chart_hover, said)}${changed}` };
}

/**
 * The rows that only some pages have.
 * @type {Record<string, (stage: Hovered, spot: LaneSpot, day: string, moment: Moment) => Text | null>}
 */
const ROWS = {
  change: ({ changes, content }, { t }, day) => {
    if (!changes) return null;
    const { unit } = content.chart;
    return {
      value: `${content.words.change_symbol} = ${amount(changes.said[t], unit)} · ${day}`,
      equation: `${content.words.change_real} ${amount(changes.real[t], unit)}; ${content.words.change_naive}`,
    };
  },
  price: ({ price, content }, { t }, day) => {
    if (!price) return null;
    const { unit } = content.chart;
    const changed = price.values[t] !== price.was[t];
    return {
      value: `${amount(price.values[t], unit)} · ${day}`,
      equation: changed ? `${content.words.was} ${amount(price.was[t], unit)}` : "",
    };
  },
  mattered: ({ content, explanation }, { t }, day, moment) =>
    explanation ? {
      value: `${content.words.mattered_symbol} = ${signed(explanation.input_gradients[t * explanation.input_gradients.shape[1]], 4)} · ${day}`,
      equation: matteredText(explanation, content, moment, content.words),
    } : null,
  norms: ({ content, explanation }, _, day, moment) =>
    explanation ? {
      value: `‖${content.words.norms_symbol}‖ · ${day}`,
      equation: normsText(explanation, content, moment, content.words),
    } : null,
  memory: ({ memory, bounds, content }, { t, unit }, day) =>
    memory ? {
      value: `${wordOf(content.words, "memory_symbol", content.film.meta.cell)}[${fill(content.words.unit, { unit: unit + 1 })}] = ${plain(memory.left[t * bounds.hidden + unit])} · ${day}`,
      equation: "",
    } : null,
};

/** @param {Hovered} stage @param {LaneSpot} spot @returns {Text | null} */
function laneText(stage, spot) {
  const { row, unit, t } = spot;
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
  if (ROWS[row.kind]) return ROWS[row.kind](stage, spot, day, moment);
  const lane = lanes.find((each) => each.name === row.name);
  if (!lane) return null;
  const { value, equation } = explain(row.name, lane.symbol, moment, words);
  return { value: `${value} · ${day}`, equation };
}

/** @param {Hovered} stage @param {number} t @param {string} day @returns {Text} */
function inputText({ content, snapshot }, t, day) {
  const told = toldInputs(content, snapshot, t);
  return {
    value: `${capital(inputPhrase(told, content.words))} · ${day}`,
    equation: `${content.words.inputs_symbol}: ${scaledPhrase(told, content.words)}`,
  };
}

/**
 * A part of the diagram: what it computes; for what enters, what it is.
 * @param {Hovered} stage @param {PartSpot} spot @returns {Text | null}
 */
function partText(stage, { id }) {
  const { content, moment, lanes } = stage;
  const { words } = content;
  const box = moment && boxOf(moment.cell, id);
  if (!box) return null; // another cell has come under the pointer
  if (box.of === null) return moment.layer ? null : inputText(stage, moment.t, date(moment.date));
  const lane = lanes.find((each) => each.name === box.of);
  return lane && box.when !== "before" ? explain(lane.name, lane.symbol, moment, words) : null;
}

/** @param {Hovered} stage @param {EntrySpot} spot @returns {Text | null} */
function entryText({ content, snapshot, moment }, { unit }) {
  if (!moment) return null;
  const hidden = headInput(content.film, snapshot, moment.t)[unit];
  const top = { unit: unit + 1, layer: moment.layers }; // the head reads the top layer alone
  const value = fill(content.words[`clamp_unit_${form(moment.layers)}`], top);
  return { value, equation: product(snapshot.head_weight[unit], hidden) };
}
