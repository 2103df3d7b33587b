/**
 * How many digits a calculation on the screen needs: whoever works out the printed numbers gets the printed result.
 * Three decimals where they do; more of them where three would be wrong in the last place. No DOM.
 *
 * @typedef {{parts: number, value: number}} Digits decimals of the numbers that go in, and of what they come to
 */

const MOST = 9; // decimals of what has three; a float32 has no more to tell
const MOST_MORE = 6; // than the result has, where its unit has many
const MORE = 2; // a result that lies on the edge between two roundings shows so many more

/**
 * @param {number[]} parts the numbers that go in @param {(parts: number[]) => number} work what is done with them
 * @param {number} value what the model has for it
 * @param {{shown?: number, least?: number, fixed?: boolean}} [wanted] shown: decimals of the result; least: of the
 *   parts; fixed: the result's stay as they are
 * @returns {Digits}
 */
export function digitsFor(parts, work, value, { shown = 3, least = shown, fixed = false } = {}) {
  for (let decimals = shown; decimals <= shown + (fixed ? 0 : MORE); decimals++) {
    for (let digits = Math.max(least, decimals); digits <= Math.max(MOST, shown + MOST_MORE); digits++) {
      const worked = work(parts.map((each) => rounded(each, digits)));
      if (comesTo(worked, value, decimals)) return { parts: digits, value: decimals };
    }
  }
  return { parts: Math.max(least, shown), value: shown }; // it does not come to that: somebody holds it at another value
}

/** @param {number} value @param {number} decimals as `toFixed` prints it */
const rounded = (value, decimals) => Number(value.toFixed(decimals));

/** Nobody has to know which way a half is rounded. */
function comesTo(worked, value, decimals) {
  return Math.abs(worked - rounded(value, decimals)) < 0.5 * 10 ** -decimals * (1 - 1e-8);
}

/** @param {number[]} parts */
export const sum = (parts) => parts.reduce((total, each) => total + each, 0);

/** @param {number[]} parts */
export const product = (parts) => parts.reduce((total, each) => total * each, 1);

/** a·b + c·d + ... @param {number[]} parts factors in pairs */
export const sumOfProducts = (parts) =>
  parts.reduce((total, each, at) => (at % 2 ? total + parts[at - 1] * each : total), 0);

/** Decimals of two factors whose printed product has so many. @param {number[]} factors @param {number} decimals */
export const factorDigits = (factors, decimals) =>
  digitsFor(factors, product, product(factors), { shown: decimals, least: 3, fixed: true }).parts;

/** So many decimals that two different numbers are seen to differ. @param {number} one @param {number} other */
export function digitsApart(one, other) {
  for (let decimals = 3; decimals < MOST; decimals++) {
    if (one.toFixed(decimals) !== other.toFixed(decimals)) return decimals;
  }
  return 3;
}

/**
 * Decimals of "keeps 14.6 % of 3.89: 0.57 is left": the fewest with which the printed share of the printed whole is the
 * printed part, which has two.
 * @param {number} share @param {number} whole
 * @returns {{percent: number, whole: number}}
 */
export function decimalsOfShare(share, whole) {
  for (const decimals of [2, 3, 4]) {
    for (const percent of [0, 1, 2]) {
      const part = rounded(share * 100, percent) / 100;
      if (comesTo(part * rounded(whole, decimals), share * whole, 2)) return { percent, whole: decimals };
    }
  }
  return { percent: 2, whole: 4 };
}
