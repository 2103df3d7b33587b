/** The moment in sentences, with letters and numbers to be coloured. The naive forecast stands beside the network's. */

import { amount, dayOfYear, fill, percent, signed } from "../shared/format.js";
import { movePhrase, seriesName } from "./input_words.js";
import { symbolOf } from "../lanes/lanes.js";
import { piecesOf, textOf } from "../shared/sentence_pieces.js";
import { decimalsOfShare } from "../shared/printed_digits.js";

/** Below it a unit is said to be almost silent; so much kept is said to be little. */
export const SILENT = 0.05;
const LITTLE = 0.5;

/**
 * Everything as text: what is heard, and what stands where no chart shows the forecasts.
 * @param {import("../cells/moment.js").Moment} moment @param {Record<string, any>} chart @param {Record<string, string>} words
 */
export function readout(moment, chart, words) {
  return `${textOf(cellPieces(moment, chart, words))} ${forecastSentence(moment, chart, words)}`;
}

/** What the series does and what the unit makes of it. @returns {import("../shared/sentence_pieces.js").Piece[]} */
export function cellPieces(moment, chart, words) {
  const { layers, layer, unit, cell } = moment;
  const number = layers > 1 ? fill(words.unit_of_layer, { unit: unit + 1, layer: layer + 1 }) : unit + 1;
  const { template, values } = CELLS[cell](moment);
  const letters = Object.fromEntries(
    Object.keys(moment.now).map((name) => [name, { kind: "letter", text: symbolOf(name, cell, words), lane: name }]),
  );
  const moved = { date: dayOfYear(moment.date), move: movePhrase(moment, chart, words) };
  return [
    { kind: "text", text: `${fill(words.readout_move, moved)} ` },
    ...piecesOf(words[`readout_${template}`], { ...letters, ...values, unit: number }),
  ];
}

/** What both say of the next step, and what came. */
export function forecastSentence(moment, chart, words) {
  const known = Number.isFinite(moment.targetPrice) ? "came" : "open";
  const outcome = moment.supposed ? "supposed" : known;
  const values = {
    ...{ step: chart.step, series: seriesName(chart, words) },
    prediction: amount(moment.predictionPrice, chart.unit),
    naive: amount(moment.naivePrice, chart.unit),
    target: amount(moment.targetPrice, chart.unit),
  };
  return ["readout_forecast", `readout_${outcome}`].map((name) => fill(words[name], values)).join(" ");
}

const number = (text, lane, value) => ({ kind: "number", text, lane, value });

/** What is kept of a state, in numbers that come out as printed. */
function keeping(share, whole, shareLane, stateLane) {
  const decimals = decimalsOfShare(share, whole);
  return {
    keep: number(percent(share, decimals.percent), shareLane, share),
    rest: number(percent(1 - Number(share.toFixed(decimals.percent + 2)), decimals.percent), shareLane, 1 - share),
    before: number(signed(whole, decimals.whole), stateLane, whole),
    left: number(signed(share * whole, 2), stateLane, share * whole),
  };
}

/** Which sentence, and what goes into it. */
const CELLS = {
  LSTM: ({ now, before, t }) => ({
    template: `LSTM${t === 0 ? "_first" : now.forget_gate < LITTLE ? "_little" : ""}`,
    values: {
      ...keeping(now.forget_gate, before.cell_state, "forget_gate", "cell_state"),
      written: number(signed(now.input_gate * now.candidate, 2), "cell_state", now.input_gate * now.candidate),
      show: number(percent(now.output_gate), "output_gate", now.output_gate),
    },
  }),
  GRU: ({ now, before, t }) => ({
    template: `GRU${t === 0 ? "_first" : now.update_gate < LITTLE ? "_little" : ""}`,
    values: {
      ...keeping(now.update_gate, before.hidden_state, "update_gate", "hidden_state"),
      could: number(signed(now.candidate, 2), "candidate", now.candidate),
    },
  }),
  RNN: ({ now, before, t }) => ({
    template: t === 0 ? "RNN_first" : "RNN",
    values: {
      state: number(signed(now.hidden_state, 2), "hidden_state", now.hidden_state),
      before: number(signed(before.hidden_state, 2), "hidden_state", before.hidden_state),
    },
  }),
};

/**
 * What a row's number means, beside it at the playhead.
 * @param {string} name of the activation @param {import("../cells/moment.js").Moment} moment
 * @param {Record<string, string>} words
 * @param {boolean} [short] a word each
 * @returns {{number: string, meaning: string}}
 */
export function rowMeaning(name, { cell, now, before }, words, short = false) {
  const value = now[name];
  const number = name.endsWith("_gate") ? value.toFixed(2) : signed(value, 2);
  if (short) return { number, meaning: words[`means_short_${name}`] ?? "" };
  const isSilent = name === "hidden_state" && Math.abs(value) < SILENT;
  const key = isSilent ? "means_silent" : `means_${cell}_${name}`;
  const values = { share: percent(value), rest: percent(1 - Number(value.toFixed(2))), was: signed(before[name], 2) };
  return { number, meaning: fill(words[key], values) };
}
