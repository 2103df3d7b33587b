/**
 * The page Compare without its DOM: what a person chose, where rows lie, and what differs. One clock for all columns;
 * layer, unit and age of the network are each column's own.
 *
 * @typedef {{clock: import("../player/clock.js").Clock, large: boolean}} Shared
 * @typedef {{layer: number, unit: number, epoch: number | null, started: boolean}} Own
 * @typedef {{shared: import("../stage/view.js").View, own: Record<string, Own>, against: "epochs" | "seconds"}} Choices
 */

/**
 * @import {Film} from "../shared/store.js"
 * @import {ComparedColumn, Snapshot} from "../shared/message.js"
 *
 * @typedef {import("../stage/view.js").Action & {column?: string}} ColumnAction column: of which
 * @typedef {{real: Float64Array, said: Float64Array}} Changes (T,) in the series' unit
 * @typedef {ReturnType<typeof figuresOf>} Figures
 */

import { emOf } from "../lanes/layout.js";
import { colourOf } from "../shared/theme.js";
import { act, createView } from "../stage/view.js";

/** @param {boolean} playing @returns {Choices} */
export function createChoices(playing) {
  return { shared: createView(playing), own: {}, against: "epochs" };
}

/** The ink of what belongs to a network of this cell; `setColours` says which colour that is. @param {string} cell */
export const inkOf = (cell) => `var(--gs-of-${cell})`;

/**
 * @param {HTMLElement} root @param {Pick<import("../shared/message.js").CellRow, "cell" | "colours">[]} rows
 * @param {import("../shared/theme.js").Theme} theme
 */
export function setColours(root, rows, theme) {
  for (const row of rows) root.style.setProperty(`--gs-of-${row.cell}`, colourOf(row, theme));
}

/** A column's view, as the stage's functions know one. @param {Choices} choices @param {string} id */
export function viewOf({ shared, own }, id) {
  return { ...shared, ...own[id] };
}

/**
 * @param {Choices} choices
 * @param {ColumnAction} action of a column, or of all where it names none
 * @param {import("../stage/view.js").Bounds} bounds of that column
 * @returns {Choices}
 */
export function choose(choices, action, bounds) {
  if (action.type === "against") return { ...choices, against: action.value };
  if (!action.column) return { ...choices, shared: act(choices.shared, action, bounds) };
  const { layer, unit, epoch } = act(viewOf(choices, action.column), action, bounds);
  return {
    ...choices,
    own: { ...choices.own, [action.column]: { ...choices.own[action.column], layer, unit, epoch } },
  };
}

const FAR = 3; // beyond it a percentage says less than a factor

const GUTTER = { usual: 98, large: 146 }; // the longest name and its letter
const INPUTS = 30;
const CHANGE = 56;
const HIDDEN = 64;
const LANE = 40;
const GAP = 6;
const LEAST = 12; // pixels of the chosen unit's row

/**
 * What all cells have comes first and lies at the same height in every column: x, the change said and come, h.
 * Each cell's own gates and states follow in the order in which they are computed.
 * @param {number} width of the column @param {string[]} laneNames @param {{large: boolean, stacked: boolean}} screen
 * @returns {import("../lanes/layout.js").Layout}
 */
export function columnLayout(width, laneNames, { large, stacked }) {
  const scale = large ? 1.35 : 1;
  const gutter = large ? GUTTER.large : GUTTER.usual;
  const own = laneNames.filter((name) => name !== "hidden_state");
  const sizes = [
    ["inputs", "inputs", INPUTS],
    ["change", "change", CHANGE],
    ["hidden_state", "lane", HIDDEN],
    ...own.map((name) => [name, "lane", LANE]),
  ];
  let top = 6;
  const rows = sizes.map(([name, kind, height]) => {
    const row = { name: String(name), kind: String(kind), top, height: Number(height) * scale };
    top += row.height + GAP;
    return row;
  });
  const lanesHeight = top;
  const none = { chartHeight: 0, chartMargin: { top: 0, bottom: 0 }, funnelHeight: 0 };
  const plot = { top: 0, height: 0, foot: 0 };
  const place = { stacked: false, gutter, width: Math.max(40, width - gutter), rows, lanesHeight };
  return { ...none, plot, ...place, least: LEAST * scale, gap: GAP, em: emOf({ large, stacked }) };
}

/**
 * What each timestep's next value changed by, in the series' unit: really, and as the network said it. Naive: 0.
 * @param {Film} film @param {Snapshot} snapshot @returns {Changes}
 */
export function changes(film, snapshot) {
  const { target_price: target, naive_price: naive } = film.meta;
  /** @param {Float64Array} prices */
  const off = (prices) => Float64Array.from(prices, (price, t) => price - naive[t]);
  return { real: off(target), said: off(snapshot.prediction_price) };
}

/** One scale for all columns: the largest change that came or was said, up and down. @param {Changes[]} all */
export function changeScale(all) {
  const every = all.flatMap(({ real, said }) => [...real, ...said]).filter(Number.isFinite);
  return { low: Math.min(0, ...every), high: Math.max(0, ...every) };
}

/**
 * A column's figures at the age shown, null where there is none (yet).
 * @param {ComparedColumn} column @param {number | null} shown
 */
export function figuresOf(column, shown) {
  const { epochs, train, validation, seconds, naive, judged, parameters } = column;
  const at = shown === null ? epochs.length - 1 : epochs.findLastIndex((epoch) => epoch <= shown);
  const spent = seconds.reduce((sum, each) => sum + each, 0);
  const isJudged = judged !== null && judged.epoch === shown;
  return {
    parameters,
    pace: spent > 0 ? epochs.length / spent : null,
    train: at < 0 ? null : train[at],
    validation: at < 0 ? null : validation[at],
    naive,
    skill: isJudged ? judged.skill : null,
    sure: isJudged ? judged.sure : null,
    judged: isJudged ? judged : null,
  };
}

/**
 * How a figure differs from the first column's: a ratio, a share, or percentage points; null where nothing differs.
 * @param {string} name @param {number | null} value @param {number | null} first
 */
export function difference(name, value, first) {
  if (value === null || first === null || value === first) return null;
  if (name === "skill") return { kind: "points", by: (value - first) * 100 };
  if (name === "parameters" || name === "pace") return { kind: "ratio", by: value / first };
  const ratio = value / first;
  return ratio > FAR ? { kind: "ratio", by: ratio } : { kind: "share", by: (ratio - 1) * 100 };
}
