/**
 * What the series does, and what a network is given of it at one timestep, as a person would say it: from the series'
 * own values. What the network sees of it, in standard deviations, comes second. No DOM.
 *
 * @typedef {{name: string, amount: number, scaled: number}} Input
 *   name: return, level or change; amount: a share of the value before (return) or of the window's first one (change),
 *   a value (level); scaled: standard deviations from the mean of the training part
 * @typedef {{inputs: Input[], unit: Unit}} Told
 */

/**
 * @import {DrawnSnapshot} from "../inside/what_if.js"
 * @import {Film} from "../shared/store.js"
 * @import {Chart, Unit, Words} from "../shared/message.js"
 */

import { amount, fill, plain, signed } from "../shared/format.js";
import { move } from "./moves.js";

/**
 * @param {{chart: Chart, film: Film}} content @param {DrawnSnapshot} snapshot with the edits of a what-if, if there are any
 * @param {number} t @returns {Told}
 */
export function toldInputs({ chart, film }, snapshot, t) {
  const { window_start: start, input_names: names } = film.meta;
  /** @param {number} day */
  const value = (day) => snapshot.edits?.[day] ?? chart.price[day];
  const width = snapshot.inputs.shape[1];
  const inputs = names.slice(0, width).map((name, feature) => ({
    name,
    amount: AMOUNTS[name](value(start + t), value(start + t - 1), value(start)),
    scaled: snapshot.inputs[t * width + feature],
  }));
  return { inputs, unit: chart.unit };
}

/** @type {Record<string, (today: number, before: number, first: number) => number>} */
const AMOUNTS = {
  return: (today, before) => today / before - 1,
  level: (today) => today,
  change: (today, _, first) => today / first - 1,
};

/** "the price falls by 8.3 % and it stands 2.1 % above ..." @param {Told} told @param {Record<string, string>} words */
export function inputPhrase({ inputs, unit }, words) {
  /** @param {number} at */
  const subject = (at) => (at ? words.told_it : subjectOf(unit, words));
  return inputs.map((input, at) => phrase(input, subject(at), unit, words)).join(words.told_and);
}

/**
 * What the series does on its way to this step: "the price falls by 8.3 %"; of the first step there is, where it stands.
 * @param {{price: number, priceBefore: number}} moment @param {Pick<Chart, "unit" | "step">} chart @param {Record<string, string>} words
 */
export function movePhrase({ price, priceBefore }, { unit }, words) {
  const by = move(price, priceBefore, unit.money);
  const moved = { name: unit.money ? "return" : "difference", amount: by };
  const told = Number.isFinite(by) ? moved : { name: "level", amount: price };
  return phrase(told, subjectOf(unit, words), unit, words);
}

/** @param {Unit} unit @param {Words} words */
const subjectOf = (unit, words) => fill(words.told_series, { series: seriesName({ unit }, words) });

/**
 * A level stands somewhere; a return, a difference and the change since the window's start have size and direction.
 * @param {{name: string, amount: number}} input @param {string} subject @param {Unit} unit @param {Words} words
 */
function phrase({ name, amount: size }, subject, unit, words) {
  if (name === "level") return fill(words.told_level, { subject, value: amount(size, unit) });
  const by = name === "difference" ? amount(Math.abs(size), unit) : shareText(size);
  const way = /[1-9]/.test(by) ? (size < 0 ? "falls" : "rises") : "stays";
  return fill(words[`told_${name === "change" ? "change" : "move"}_${way}`], { subject, by });
}

/**
 * What enters the cell, in a box's width: the first input in the series' own terms, its move with a sign.
 * @param {import("../cells/moment.js").Moment} moment @param {Pick<Chart, "unit" | "step">} chart
 * @param {string[]} inputs names of the inputs; the first is shown @param {Record<string, string>} words
 * @returns {{name: string, number: string}}
 */
export function inputInShort({ layer, hidden, price, priceBefore, firstPrice }, chart, [first], words) {
  if (layer > 0) return { name: fill(words.below, { layer }), number: fill(words.values, { count: hidden }) };
  const size = AMOUNTS[first](price, priceBefore, firstPrice);
  const number = first === "level" ? amount(size, chart.unit) : signedShare(size);
  return { name: fill(words[`x_${first}`], { series: seriesName(chart, words) }), number };
}

/** What the series is called in a sentence. @param {Pick<Chart, "unit">} chart @param {Record<string, string>} words */
export const seriesName = ({ unit }, words) => words[unit.money ? "price_line" : "value_line"];

/** In percent, without a sign; what is small has a digit more. @param {number} share */
function shareOf(share) {
  const percent = Math.abs(100 * share);
  return plain(percent, percent < 0.995 ? 2 : 1);
}

/** 8.3 %, and the space never breaks. @param {number} share */
export const shareText = (share) => `${shareOf(share)}\u00a0%`;

/** −8.3 %. @param {number} share */
export const signedShare = (share) =>
  Number.isFinite(share) ? `${share < 0 ? "\u2212" : "+"}${shareText(share)}` : "–";

/** "−3.61 standard deviations" @param {Told} told @param {Record<string, string>} words */
export const scaledPhrase = ({ inputs }, words) =>
  fill(words.told_scaled, { numbers: inputs.map(({ scaled }) => signed(scaled, 2)).join(words.told_and) });

/** Both. @param {Told} told @param {Record<string, string>} words */
export const inputSentence = (told, words) => `${inputPhrase(told, words)} (${scaledPhrase(told, words)})`;
