/** Geometry of the loss strip: a logarithmic scale, its ticks, and labels that never lie on each other. No DOM. */

/**
 * Bounds of a log scale over all finite positive values, at least a factor of ``least`` apart.
 * @param {number[]} values @param {number} [least] @returns {{low: number, high: number}}
 */
export function bounds(values, least = 2) {
  const usable = values.filter((each) => Number.isFinite(each) && each > 0);
  if (!usable.length) return { low: 0.1, high: 1 };
  const low = Math.min(...usable);
  const high = Math.max(...usable);
  const spread = Math.max(1, Math.sqrt(least / (high / low)));
  return { low: (low / spread) * 0.92, high: high * spread * 1.08 };
}

/**
 * Place of a value, 0 at the top and `height` at the bottom; NaN stays NaN.
 * @param {number} value @param {{low: number, high: number}} scale @param {number} height
 */
export function place(value, { low, high }, height) {
  return value > 0 ? (height * Math.log(high / value)) / Math.log(high / low) : NaN;
}

/**
 * Round numbers (1, 2, 5 times a power of ten) within the bounds, at most `most`.
 * @param {{low: number, high: number}} scale @param {number} [most]
 */
export function ticks({ low, high }, most = 4) {
  for (const steps of [[1, 2, 5], [1, 3], [1]]) {
    const found = roundNumbers(low, high, steps);
    if (found.length <= most) return found.length ? found : [Number(Math.sqrt(low * high).toPrecision(1))];
  }
  const decades = roundNumbers(low, high, [1]);
  const stride = Math.ceil(decades.length / most);
  return decades.filter((_, index) => index % stride === 0);
}

/** @param {number} low @param {number} high @param {number[]} steps */
function roundNumbers(low, high, steps) {
  const found = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++) {
    for (const step of steps) found.push(Number((step * 10 ** power).toPrecision(2)));
  }
  return found.filter((each) => each >= low && each <= high);
}

/**
 * Moves labels apart, as little as possible, inside [top, bottom]; order is kept.
 * @param {number[]} wanted centres @param {number} gap smallest distance @param {number} top @param {number} bottom
 * @returns {number[]} centres in the order given
 */
export function spread(wanted, gap, top, bottom) {
  const order = wanted.map((_, index) => index).sort((a, b) => wanted[a] - wanted[b] || a - b);
  const placed = [...wanted];
  let floor = top;
  for (const index of order) {
    placed[index] = Math.max(placed[index], floor);
    floor = placed[index] + gap;
  }
  let ceiling = bottom;
  for (const index of [...order].reverse()) {
    placed[index] = Math.min(placed[index], ceiling);
    ceiling = placed[index] - gap;
  }
  return placed;
}

/**
 * The three lines in a small picture; empty before there are two epochs.
 * @param {{epochs: ArrayLike<number>, train: ArrayLike<number>, validation: ArrayLike<number>, naive: number | null, planned_epochs: number}} losses
 * @param {{width: number, height: number}} size
 * @returns {{naive: string, train: string, validation: string}}
 */
export function sparkPaths({ epochs, train, validation, naive, planned_epochs: planned }, { width, height }) {
  const scale = bounds([...Array.from(train), ...Array.from(validation), naive ?? NaN]);
  const span = Math.max(1, planned, epochs[epochs.length - 1] ?? 0);
  /** @param {ArrayLike<number>} values */
  const path = (values) =>
    Array.from(values, (value, at) => [(epochs[at] / span) * width, place(value, scale, height)])
      .filter(([, y]) => Number.isFinite(y))
      .map(([x, y], at) => `${at ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`)
      .join("");
  const y = place(naive ?? NaN, scale, height);
  return {
    naive: Number.isFinite(y) ? `M0 ${y.toFixed(1)}H${width}` : "",
    train: path(train),
    validation: path(validation),
  };
}
