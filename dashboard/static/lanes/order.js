/** In which order a lane shows its units. */

/**
 * @typedef {{keep: ArrayLike<number> | null, hidden: ArrayLike<number>, weight: ArrayLike<number> | null, price: ArrayLike<number>,
 *   size: number}} Scored
 */

export const ORDERS = ["index", "keep", "contribution", "correlation"];

/**
 * Those that make a difference here: a cell may keep nothing by a gate, and the head reads the top layer alone.
 * @param {{keeps: string | null, layer: number, layers: number, hidden: number}} moment @returns {string[]}
 */
export function ordersFor({ keeps, layer, layers, hidden }) {
  /** @type {Record<string, boolean>} */
  const makesSense = { index: true, keep: keeps !== null, contribution: layer === layers - 1, correlation: true };
  return hidden > 1 ? ORDERS.filter((name) => makesSense[name]) : [];
}

/**
 * @param {string} order one of ORDERS
 * @param {{keep: ArrayLike<number> | null, hidden: ArrayLike<number>, weight: ArrayLike<number> | null,
 *   price: ArrayLike<number>}} window one layer's forget (or update) gates and hidden states (T, H), the head's weights
 *   where the layer is the last, and the price (T,)
 * @returns {number[]} (H,) units from top to bottom, the most first
 */
export function unitOrder(order, { keep, hidden, weight, price }) {
  const size = hidden.length / price.length;
  const units = Array.from({ length: size }, (_, unit) => unit);
  const score = SCORES[order]?.({ keep, hidden, weight, price, size });
  return score ? units.sort((a, b) => score[b] - score[a] || a - b) : units;
}

/** @type {Record<string, (window: Scored) => ArrayLike<number> | null>} */
const SCORES = {
  keep: ({ keep, size }) => keep && means(keep, size, (each) => each),
  contribution: ({ hidden, weight, size }) =>
    weight && means(hidden, size, (each, unit) => Math.abs(weight[unit] * each)),
  correlation: ({ hidden, price, size }) => correlations(hidden, price, size),
};

/**
 * Mean over the timesteps, unit by unit.
 * @param {ArrayLike<number>} values @param {number} size @param {(value: number, unit: number) => number} of
 */
function means(values, size, of) {
  const sums = new Float64Array(size);
  for (let k = 0; k < values.length; k++) sums[k % size] += of(values[k], k % size);
  return sums.map((sum) => (sum * size) / values.length);
}

/**
 * Pearson's correlation of each unit with the price; 0 for a unit that stands still.
 * @param {ArrayLike<number>} values @param {ArrayLike<number>} price @param {number} size
 */
export function correlations(values, price, size) {
  const own = means(values, size, (each) => each);
  const mean = Array.from(price).reduce((sum, each) => sum + each, 0) / price.length;
  const [both, square] = [new Float64Array(size), new Float64Array(size)];
  let ofPrice = 0;
  for (let t = 0; t < price.length; t++) {
    ofPrice += (price[t] - mean) ** 2;
    for (let unit = 0; unit < size; unit++) {
      const off = values[t * size + unit] - own[unit];
      both[unit] += off * (price[t] - mean);
      square[unit] += off * off;
    }
  }
  return both.map((sum, unit) => (square[unit] && ofPrice ? sum / Math.sqrt(square[unit] * ofPrice) : 0));
}

/** Place of each unit in an order: its row. @param {number[]} order */
export function rowsOf(order) {
  const rows = new Array(order.length);
  order.forEach((unit, row) => (rows[unit] = row));
  return rows;
}
