/** Where things lie in the left column, in CSS pixels. One gutter, so that chart and lanes share one axis. No DOM. */

const STACKED_BELOW = 860;
const TOOLS_WRAP_BELOW = 640; // in large letters the chart's tools then take a second line
const WRAPPED = 40;
const GAP = 6; // between lanes; half of it belongs to either neighbour
const FUNNEL_BELOW_CHART = 34; // the style sheet's margin above the lanes

/**
 * @typedef {{name: string, kind: string, top: number, height: number}} Row
 * @typedef {Object} Layout
 * @property {boolean} stacked
 * @property {number} gutter left of the plot @property {number} width of the plot
 * @property {number} chartHeight @property {{top: number, bottom: number}} chartMargin
 * @property {number} funnelHeight from the plot's foot to the lanes
 * @property {Row[]} rows @property {number} lanesHeight
 */

/** Rows that only "Inside the cell" has, and their heights. */
const PRICE = 84;
const STRIP = 14;
const MEMORY = 56;

/** @param {number} stageWidth */
export function isStacked(stageWidth) {
  return stageWidth < STACKED_BELOW;
}

/**
 * @param {number} columnWidth @param {boolean} stacked @param {boolean} large @param {string[]} laneNames
 * @param {boolean} [inside] with the rows of "Inside the cell"
 * @param {boolean} [low] the window is low: lanes and chart give way, so that the prediction's lane is on the first screen
 * @returns {Layout}
 */
export function layoutFor(columnWidth, stacked, large, laneNames, inside = false, low = false) {
  const gutter = large ? 88 : stacked ? 56 : 64;
  const wraps = large && !stacked && columnWidth < TOOLS_WRAP_BELOW;
  const rows = rowsFor(laneNames, large, inside, low && !stacked);
  const last = rows[rows.length - 1];
  return {
    ...{ stacked, gutter, rows },
    width: Math.max(40, columnWidth - gutter),
    chartHeight: (large ? 334 : stacked ? 330 : low ? 204 : 236) + (wraps ? WRAPPED : 0),
    chartMargin: { top: (stacked ? 112 : large ? 66 : 54) + (wraps ? WRAPPED : 0), bottom: large ? 30 : 24 },
    funnelHeight: (large ? 30 : 24) + FUNNEL_BELOW_CHART,
    lanesHeight: last.top + last.height,
  };
}

/** x, the cell's lanes, the prediction. A cell with fewer lanes gets taller ones. @returns {Row[]} */
function rowsFor(laneNames, large, inside, low) {
  const room = large ? 450 : low ? 252 : 312;
  const height = Math.min(large ? 150 : 116, (room - GAP * (laneNames.length - 1)) / laneNames.length);
  const line = large ? 52 : 38;
  const before = inside
    ? [
        ["price_row", "price", PRICE],
        ["mattered", "mattered", STRIP],
      ]
    : [];
  const memory = inside && laneNames.includes("forget_gate") ? [["memory", "memory", MEMORY]] : [];
  const after = inside ? [["norms", "norms", STRIP]] : [];
  return oneBelowTheOther([
    ...before,
    ["inputs", "inputs", line],
    ...laneNames.map((name) => [name, "lane", height]),
    ...memory,
    ["prediction", "prediction", line + 6],
    ...after,
  ]);
}

/** @returns {Row[]} */
function oneBelowTheOther(sizes) {
  let top = 8;
  return sizes.map(([name, kind, height]) => {
    const row = { name, kind, top, height };
    top += height + GAP;
    return row;
  });
}

/** Middle of a timestep's column; `position` may lie between two. */
export function columnCentre(position, timesteps, width) {
  return ((Math.min(position, timesteps - 1) + 0.5) / timesteps) * width;
}

/** Timestep under x. */
export function timestepAt(x, timesteps, width) {
  return Math.max(0, Math.min(timesteps - 1, Math.floor((x / width) * timesteps)));
}

/** @param {Layout} layout @param {number} y @param {number} hidden @returns {{row: Row, unit: number} | null} */
export function rowAt(layout, y, hidden) {
  const row = layout.rows.find((each) => y >= each.top - GAP / 2 && y <= each.top + each.height + GAP / 2);
  if (!row) return null;
  const unit = Math.floor(((y - row.top) / row.height) * hidden);
  return { row, unit: Math.max(0, Math.min(hidden - 1, unit)) };
}

/** Stripe of one unit inside a lane, at least three pixels high. */
export function stripe(row, unit, hidden) {
  const exact = row.height / hidden;
  const height = Math.max(3, exact);
  const top = row.top + Math.min(row.height - height, Math.max(0, (unit + 0.5) * exact - height / 2));
  return { top, height };
}
