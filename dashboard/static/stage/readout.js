/** The moment as one sentence. The naive forecast stands beside the network's, always. */

import { amount, capital, date, fill, percent, signed } from "./format.js";

/**
 * @param {import("./moment.js").Moment} moment
 * @param {Record<string, any>} chart
 * @param {Record<string, string>} words
 */
export function readout(moment, chart, words) {
  const values = { ...timeValues(moment, chart), ...CELLS[moment.cell](moment), ...priceValues(moment, chart) };
  const kind = chart.unit.money ? "price" : "value";
  const known = Number.isFinite(moment.targetPrice) ? "came" : "open";
  const outcome = `readout_${moment.supposed ? "supposed" : known}_${kind}`;
  const parts = ["readout_time", `readout_${moment.cell}`, `readout_forecast_${kind}`, outcome];
  return parts.map((name) => fill(words[name], values)).join(" ");
}

/** @param {import("./moment.js").Moment} moment @param {Record<string, any>} chart */
export function timeValues(moment, chart) {
  return { step: chart.step, Step: capital(chart.step), t: moment.t + 1, T: moment.T, date: date(moment.date) };
}

/** @param {import("./moment.js").Moment} moment @param {Record<string, any>} chart */
function priceValues(moment, { unit }) {
  return {
    prediction: amount(moment.predictionPrice, unit),
    naive: amount(moment.naivePrice, unit),
    target: amount(moment.targetPrice, unit),
  };
}

const CELLS = {
  LSTM: ({ unit, now }) => ({
    unit: unit + 1,
    keep: percent(now.forget_gate),
    write: signed(now.input_gate * now.candidate, 2),
    show: percent(now.output_gate),
  }),
  GRU: ({ unit, now }) => ({
    unit: unit + 1,
    keep: percent(now.update_gate),
    take: percent(1 - now.update_gate),
    candidate: signed(now.candidate, 2),
  }),
  RNN: ({ unit, now }) => ({ unit: unit + 1, state: signed(now.hidden_state, 2) }),
};
