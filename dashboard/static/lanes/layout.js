/**
 * Where things lie in the left column, in CSS pixels. One gutter, so that chart and lanes share one axis. What is tall
 * grows with the screen: chart and lanes together fill what head and transport leave. No DOM.
 */

/**
 * @typedef {[name: string, kind: string, height: number]} Sized a row that has no place yet
 * @typedef {{before: Sized[], after: Sized[]}} Others rows above and below the lanes
 * @typedef {typeof MEASURES.wide} Measures
 */

import { rowUnder } from "./focus.js";

const STACKED_BELOW = 860;
const LOW_BELOW = 480; // a phone on its side: its screen is low, however wide

/**
 * @typedef {{name: string, kind: string, top: number, height: number}} Row
 * @typedef {Object} Layout
 * @property {boolean} stacked
 * @property {number} gutter left of the plot @property {number} width of the plot
 * @property {number} least pixels that the chosen unit's row has in a lane
 * @property {number} gap between rows; half of it belongs to either neighbour
 * @property {{top: number, height: number, foot: number}} plot of the window's chart: what is above it, it, its dates
 * @property {number} chartHeight all of that: the lanes begin below it
 * @property {{top: number, bottom: number}} chartMargin of the wide chart in the same place @property {number} funnelHeight
 * @property {Row[]} rows @property {number} lanesHeight
 * @property {number} em pixels of the letters
 *
 * @typedef {Object} Screen
 * @property {number} columnWidth @property {number} height of the browser's window
 * @property {boolean} stacked a phone @property {boolean} large letters for a projector
 * @property {boolean} inside with the rows of "Inside the cell"
 * @property {boolean} [keeps] whether its cell has a gate that keeps: then there is a row of what is remembered
 * @property {boolean} [more] with the rows of x and ŷ
 * @property {boolean} [wideSpan] the chart does not show the window
 */

/** @param {number} stageWidth @param {number} screenHeight */
export function isStacked(stageWidth, screenHeight) {
  return stageWidth < STACKED_BELOW || screenHeight <= LOW_BELOW;
}

/**
 * What lies above, between and below chart and lanes: the page's head, the chart's tools, dates, legends, transport.
 */
const MEASURES = {
  wide: { head: 222, gutter: 158, above: 50, foot: 28, below: 36, gap: 12, least: 15, axis: 26, funnel: 26 },
  large: { head: 300, gutter: 250, above: 76, foot: 40, below: 44, gap: 14, least: 26, axis: 36, funnel: 26 },
  stacked: { head: 287, gutter: 96, above: 26, foot: 24, below: 138, gap: 11, least: 15, axis: 26, funnel: 0 },
  low: { head: 60, gutter: 96, above: 24, foot: 24, below: 58, gap: 4, least: 11, axis: 26, funnel: 0 },
};
const LARGE_GUTTER = 120; // on a phone
const EM = { usual: 13, large: 19, large_on_a_phone: 16 };
const INSIDE_GAP = 9; // where there are more rows
const PLOT = { usual: 0.3, inside: 0.24 }; // of the height that chart and lanes share
const TALLEST = { lane: 120, only: 260, plot: 340 };
const SMALLEST = { lane: 24, plot: 100 };
const SMALLEST_LOW = { lane: 18, plot: 64 };

/** Rows besides the lanes, and their heights. */
const LINE = 38;
const [PRICE, STRIP, MEMORY] = [84, 22, 56];

/** @param {Screen} screen @param {string[]} laneNames @returns {Layout} */
export function layoutFor(screen, laneNames) {
  const measures = measuresFor(screen);
  const { gutter, above, foot, gap, least, axis, funnel } = measures;
  const others = othersOf(screen);
  const { plot, lane } = heights(screen, measures, laneNames.length, others);
  const rows = oneBelowTheOther(rowsFor(laneNames, others, lane), gap);
  const last = rows[rows.length - 1];
  return {
    ...{ stacked: screen.stacked, gutter, rows, least, gap, em: emOf(screen) },
    width: Math.max(40, screen.columnWidth - gutter),
    plot: { top: above, height: plot, foot },
    chartHeight: above + plot + foot,
    chartMargin: { top: above + (screen.stacked ? 26 : 0), bottom: Math.max(foot, axis + funnel) },
    funnelHeight: Math.max(foot, axis + funnel),
    lanesHeight: last.top + last.height,
  };
}

/**
 * The size of the stage's letters, as base.css has it: in the hand large ones need not be read across a room.
 * @param {{large: boolean, stacked: boolean}} screen
 */
export function emOf({ large, stacked }) {
  if (!large) return EM.usual;
  return stacked ? EM.large_on_a_phone : EM.large;
}

/** @param {Screen} screen */
function measuresFor({ stacked, large, inside, height }) {
  if (stacked) {
    const measures = height <= LOW_BELOW ? MEASURES.low : MEASURES.stacked;
    return large ? { ...measures, gutter: LARGE_GUTTER } : measures;
  }
  const measures = large ? MEASURES.large : MEASURES.wide;
  return inside ? { ...measures, gap: INSIDE_GAP } : measures;
}

/**
 * Chart and lanes share what is left of the window's height.
 * @param {Screen} screen @param {Measures} measures @param {number} count @param {Others} others
 */
function heights({ height, inside, stacked }, { head, above, foot, below, gap }, count, { before, after }) {
  const rest = [...before, ...after].reduce((sum, [, , own]) => sum + own + gap, 0);
  const room = height - head - above - foot - below;
  const smallest = height <= LOW_BELOW ? SMALLEST_LOW : SMALLEST;
  const share = inside && !stacked ? PLOT.inside : PLOT.usual;
  const plot = clamp(room * share, smallest.plot, TALLEST.plot);
  const lanes = room - plot - rest - gap * (count - 1);
  const tallest = count === 1 ? TALLEST.only : TALLEST.lane;
  return { plot: Math.round(plot), lane: Math.round(clamp(lanes / count, smallest.lane, tallest)) };
}

/** @param {number} value @param {number} low @param {number} high */
const clamp = (value, low, high) => Math.max(low, Math.min(high, value));

/** Rows above and below the cell's lanes. @param {Screen} screen @returns {Others} */
function othersOf({ inside, more, large, wideSpan, keeps }) {
  const line = large ? LINE * 1.4 : LINE;
  const stripe = (/** @type {string} */ name) => sized(name, name, STRIP);
  const lines = inside || more;
  return {
    before: [
      ...(inside && wideSpan ? [sized("price_row", "price", PRICE)] : []),
      ...(inside ? [stripe("mattered")] : []),
      ...(lines ? [sized("inputs", "inputs", line)] : []),
    ],
    after: [
      ...(inside && keeps ? [sized("memory", "memory", MEMORY)] : []),
      ...(lines ? [sized("prediction", "prediction", line)] : []),
      ...(inside ? [stripe("norms")] : []),
    ],
  };
}

/** @param {string} name @param {string} kind @param {number} height @returns {Sized} */
const sized = (name, kind, height) => [name, kind, height];

/** @param {string[]} laneNames @param {Others} others @param {number} lane @returns {Sized[]} */
function rowsFor(laneNames, { before, after }, lane) {
  return [...before, ...laneNames.map((name) => sized(name, "lane", lane)), ...after];
}

/** @param {Sized[]} sizes @param {number} gap @returns {Row[]} */
function oneBelowTheOther(sizes, gap) {
  let top = 0;
  return sizes.map(([name, kind, height]) => {
    const row = { name, kind, top, height };
    top += height + gap;
    return row;
  });
}

/**
 * Middle of a timestep's column; `position` may lie between two.
 * @param {number} position @param {number} timesteps @param {number} width
 */
export function columnCentre(position, timesteps, width) {
  return ((Math.min(position, timesteps - 1) + 0.5) / timesteps) * width;
}

/** Timestep under x. @param {number} x @param {number} timesteps @param {number} width */
export function timestepAt(x, timesteps, width) {
  return Math.max(0, Math.min(timesteps - 1, Math.floor((x / width) * timesteps)));
}

/**
 * The row under y and, in a row of units, the place of the one under it.
 * @param {Layout} layout @param {number} y
 * @param {(row: Row) => import("./focus.js").Focus} focusOf
 * @returns {{row: Row, unit: number} | null}
 */
export function rowAt({ rows, gap }, y, focusOf) {
  const row = rows.find((each) => y >= each.top - gap / 2 && y <= each.top + each.height + gap / 2);
  return row ? { row, unit: rowUnder(focusOf(row), y - row.top) } : null;
}
