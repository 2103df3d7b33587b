/** The moment in sentences, with letters and numbers to be coloured. The naive forecast stands beside the network's. */

/**
 * @import {Moment} from "../cells/moment.js"
 * @import {Chart, Words} from "../shared/message.js"
 * @import {Piece} from "../shared/sentence_pieces.js"
 */

import { amount, dayOfYear, fill, percent, signed } from "../shared/format.js";
import { movePhrase, seriesName } from "./input_words.js";
import { cellOf, memoryOf, wordOf } from "../cells/cells.js";
import { isSummed, productsIn } from "../cells/equation.js";
import { symbolOf } from "../lanes/lanes.js";
import { piecesOf, textOf } from "../shared/sentence_pieces.js";
import { decimalsOfShare } from "../shared/printed_digits.js";
import { kindOf } from "../shared/symbol.js";

/** Below it a unit is said to be almost silent; so much kept is said to be little. */
export const SILENT = 0.05;
const LITTLE = 0.5;

/**
 * Everything as text: what is heard, and what stands where no chart shows the forecasts.
 * @param {import("../cells/moment.js").Moment} moment @param {Chart} chart @param {Record<string, string>} words
 */
export function readout(moment, chart, words) {
  return `${textOf(cellPieces(moment, chart, words))} ${forecastSentence(moment, chart, words)}`;
}

/**
 * What the series does and what the unit makes of it.
 * @param {Moment} moment @param {Chart} chart @param {Words} words @returns {Piece[]}
 */
export function cellPieces(moment, chart, words) {
  const { layers, layer, unit, cell } = moment;
  const number = layers > 1 ? fill(words.unit_of_layer, { unit: unit + 1, layer: layer + 1 }) : unit + 1;
  const letters = Object.fromEntries(
    Object.keys(moment.now).map((name) => [name, { kind: "letter", text: symbolOf(name, cell, words), lane: name }]),
  );
  const moved = { date: dayOfYear(moment.date), move: movePhrase(moment, chart, words) };
  return [
    { kind: "text", text: `${fill(words.readout_move, moved)} ` },
    // words: readout, readout_little, readout_first
    ...piecesOf(wordOf(words, templateOf(moment), cell), { ...letters, ...numbersIn(moment), unit: number }),
  ];
}

/** What both say of the next step, and what came. @param {Moment} moment @param {Chart} chart @param {Words} words */
export function forecastSentence(moment, chart, words) {
  const known = Number.isFinite(moment.targetPrice) ? "came" : "open";
  const outcome = moment.supposed ? "supposed" : known;
  const values = {
    series: seriesName(chart, words),
    prediction: amount(moment.predictionPrice, chart.unit),
    naive: amount(moment.naivePrice, chart.unit),
    target: amount(moment.targetPrice, chart.unit),
  };
  // words: readout_forecast, readout_came, readout_open, readout_supposed
  return ["readout_forecast", `readout_${outcome}`].map((name) => fill(words[name], values)).join(" ");
}

/** @param {string} text @param {string} lane @param {number} value @returns {Piece} */
const number = (text, lane, value) => ({ kind: "number", text, lane, value });

/** An activation, or what goes into one, as its lane shows it. @param {string} lane @param {number} value */
const shown = (lane, value) => number(kindOf(lane) === "share" ? percent(value) : signed(value, 2), lane, value);

/**
 * What is kept of a state, in numbers that come out as printed.
 * @param {number} share @param {number} whole @param {string} shareLane @param {string} stateLane
 */
function keeping(share, whole, shareLane, stateLane) {
  const decimals = decimalsOfShare(share, whole);
  return {
    keep: number(percent(share, decimals.percent), shareLane, share),
    rest: number(percent(1 - Number(share.toFixed(decimals.percent + 2)), decimals.percent), shareLane, 1 - share),
    before: number(signed(whole, decimals.whole), stateLane, whole),
    left: number(signed(share * whole, 2), stateLane, share * whole),
  };
}

/** Which sentence: the first timestep has nothing to keep, and little kept is said to be little. @param {Moment} moment */
function templateOf({ now, keeps, t }) {
  if (t === 0) return "readout_first";
  return keeps && now[keeps] < LITTLE ? "readout_little" : "readout";
}

/**
 * What goes into it: what is kept, each product of a state's sum, and what the cell says besides.
 * @param {Moment} moment @returns {Record<string, Piece>}
 */
function numbersIn(moment) {
  const { cell, now, before, keeps } = moment;
  const memory = memoryOf(cell);
  const { equations, said } = cellOf(cell);
  const kept = keeps ? keeping(now[keeps], before[memory], keeps, memory) : { before: shown(memory, before[memory]) };
  const written = Object.entries(equations).flatMap(([name, equation]) =>
    isSummed(equation)
      ? productsIn(equation, moment).map((each) => [each.name, shown(name, each.share * each.value)])
      : [],
  );
  const others = Object.entries(said).map(([name, lane]) => [name, shown(lane, now[lane])]);
  return { ...Object.fromEntries(written), ...kept, ...Object.fromEntries(others) };
}

/**
 * What a row's number means, beside it at the playhead.
 * @param {string} name of the activation @param {import("../cells/moment.js").Moment} moment
 * @param {Record<string, string>} words
 * @param {boolean} [short] a word each
 * @returns {{number: string, meaning: string}}
 */
export function rowMeaning(name, { cell, now, before }, words, short = false) {
  const value = now[name];
  const number = kindOf(name) === "share" ? value.toFixed(2) : signed(value, 2);
  if (short) return { number, meaning: words[`means_short_${name}`] ?? "" };
  const isSilent = name === "hidden_state" && Math.abs(value) < SILENT;
  const template = isSilent ? words.means_silent : wordOf(words, `means_${name}`, cell);
  const values = { share: percent(value), rest: percent(1 - Number(value.toFixed(2))), was: signed(before[name], 2) };
  return { number, meaning: fill(template, values) };
}
