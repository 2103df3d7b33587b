/**
 * What a network is given at one timestep, as a person would say it: from the series' own values. What the network sees
 * of it, in standard deviations, comes second. No DOM.
 *
 * @typedef {{name: string, amount: number, scaled: number}} Input
 *   name: return, level or change; amount: a share of the value before (return) or of the window's first one (change),
 *   a value (level); scaled: standard deviations from the mean of the training part
 * @typedef {{inputs: Input[], unit: {before: string, after: string, money: boolean}, step: string}} Told
 */

import { amount, fill, plain, signed } from "./format.js";

/**
 * @param {{chart: any, film: any}} scene @param {any} frame with the edits of a what-if, if there are any
 * @param {number} t @returns {Told}
 */
export function toldInputs({ chart, film }, frame, t) {
  const { window_start: start, input_names: names } = film.meta;
  const value = (day) => frame.edits?.[day] ?? chart.price[day];
  const width = frame.inputs.shape[1];
  const inputs = names.slice(0, width).map((name, feature) => ({
    name,
    amount: AMOUNTS[name](value(start + t), value(start + t - 1), value(start)),
    scaled: frame.inputs[t * width + feature],
  }));
  return { inputs, unit: chart.unit, step: chart.step };
}

const AMOUNTS = {
  return: (today, before) => today / before - 1,
  level: (today) => today,
  change: (today, _, first) => today / first - 1,
};

/** "the price falls by 8.3 %" @param {Told} told @param {Record<string, string>} words */
export function inputPhrase({ inputs, unit, step }, words) {
  const phrase = ({ name, amount: size }, at) => {
    const subject = words[at ? "told_it" : unit.money ? "told_price" : "told_value"];
    if (name === "level") return fill(words.told_level, { subject, value: amount(size, unit) });
    const way = shareOf(size) === "0.00" ? "stays" : size < 0 ? "falls" : "rises";
    return fill(words[`told_${name}_${way}`], { subject, share: shareOf(size), step });
  };
  return inputs.map(phrase).join(words.told_and);
}

/** In percent, without a sign; what is small has a digit more. @param {number} share */
export function shareOf(share) {
  const percent = Math.abs(100 * share);
  return plain(percent, percent < 0.995 ? 2 : 1);
}

/** "−3.61 standard deviations" @param {Told} told @param {Record<string, string>} words */
export const scaledPhrase = ({ inputs }, words) =>
  fill(words.told_scaled, { numbers: inputs.map(({ scaled }) => signed(scaled, 2)).join(words.told_and) });

/** Both. @param {Told} told @param {Record<string, string>} words */
export const inputSentence = (told, words) => `${inputPhrase(told, words)} (${scaledPhrase(told, words)})`;
