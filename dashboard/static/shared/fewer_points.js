/** Fewer points for the same line: of each bucket as wide as a pixel or two the lowest and the highest stay. */

const DAY = 864e5;

/**
 * @param {ArrayLike<number>} values @param {number} start @param {number} stop first index not wanted
 * @param {number} buckets
 * @returns {number[]} indices, rising; the first and the last of the range are among them
 */
export function thinned(values, start, stop, buckets) {
  const count = stop - start;
  if (count <= buckets * 2) return Array.from({ length: Math.max(0, count) }, (_, index) => start + index);
  const kept = new Set([start, stop - 1]);
  for (let bucket = 0; bucket < buckets; bucket++) {
    const from = start + Math.floor((bucket * count) / buckets);
    const to = start + Math.floor(((bucket + 1) * count) / buckets);
    let low = from;
    let high = from;
    for (let index = from; index < to; index++) {
      if (values[index] < values[low]) low = index;
      if (values[index] > values[high]) high = index;
    }
    kept.add(low).add(high);
  }
  return [...kept].sort((a, b) => a - b);
}

/** First index whose value is not below `wanted`. @param {ArrayLike<number>} sorted @param {number} wanted */
export function lowerBound(sorted, wanted) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Index of the last date on a day or before it; 0 before them all. @param {ArrayLike<number>} dates @param {number} day its beginning */
export function lastUntil(dates, day) {
  return Math.max(0, lowerBound(dates, day + DAY) - 1);
}

/** Index of the value nearest to `wanted`. @param {ArrayLike<number>} sorted @param {number} wanted */
export function nearestIndex(sorted, wanted) {
  const right = lowerBound(sorted, wanted);
  if (right === 0) return 0;
  if (right === sorted.length) return sorted.length - 1;
  return wanted - sorted[right - 1] <= sorted[right] - wanted ? right - 1 : right;
}
