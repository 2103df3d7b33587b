/**
 * The ledger in the series' unit: prediction = base + sum of the entries, exactly.
 *
 * A scaled prediction y becomes z = y * deviation + mean, and z a price. Where that is linear in z (levels, changes
 * since the window's start) an entry's share is its own; a log return's exp is shared out in proportion:
 * price * (exp(z) - 1) = sum of z_k * price * (exp(z) - 1) / z.
 */

import { digitsFor, sum } from "../shared/printed_digits.js";

/**
 * @param {import("../inside/inputs.js").Scaling} scaling @param {number} prediction scaled
 * @param {{today: number, first: number}} values of the timestep's day and of the window's first day
 * @returns {{base: number, perScaled: number, ofMean: number}} what an entry of 1 adds, and what the mean does
 */
export function priceShares({ target, scales }, prediction, { today, first }) {
  const [mean, deviation] = scales[target];
  const z = prediction * deviation + mean;
  const per = { log_return: z ? (today * Math.expm1(z)) / z : today, level: 1, relative: first }[target];
  const base = { log_return: today, level: 0, relative: first }[target];
  return { base, perScaled: per * deviation, ofMean: per * mean };
}

/** What an entry is worth in the series' unit; the mean goes with the bias. @param {{kind: string, value: number}} entry */
export const worthOf = ({ kind, value }, { perScaled, ofMean }) => value * perScaled + (kind === "bias" ? ofMean : 0);

/**
 * Decimals with which entries and base add up to the predicted price as it is printed, with so many decimals.
 * @param {{kind: string, value: number}[]} entries @param {ReturnType<typeof priceShares>} shares @param {number} price
 * @param {number} shown
 */
export function moneyDigits(entries, shares, price, shown) {
  return digitsFor([...entries.map((each) => worthOf(each, shares)), shares.base], sum, price, { shown });
}

/**
 * How much the price moves for a small step of the scaled prediction: its derivative.
 * @param {import("../inside/inputs.js").Scaling} scaling @param {number} prediction scaled
 * @param {{today: number, first: number}} values as for `priceShares`
 */
export function priceSlope({ target, scales }, prediction, { today, first }) {
  const [mean, deviation] = scales[target];
  const per = { log_return: today * Math.exp(prediction * deviation + mean), level: 1, relative: first }[target];
  return per * deviation;
}
