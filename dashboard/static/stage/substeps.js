/** One sentence for each sub-step of a timestep, with its numbers. */

import { factor, fill, plain, signed } from "./format.js";

/**
 * @param {import("./moment.js").Moment} moment @param {number} step 0 to 4
 * @param {Record<string, string>} words @param {string[]} names of the inputs
 * @returns {string}
 */
export function substepSentence(moment, step, words, names) {
  const { now, before, cell } = moment;
  const numbers = Object.fromEntries(Object.entries(now).map(([name, value]) => [name, show(name, value)]));
  const values = {
    ...numbers,
    t: moment.t + 1,
    unit: moment.unit + 1,
    hidden: moment.hidden,
    x: inputsText(moment, words, names),
    h_before: signed(before.hidden_state),
    c_before: signed(before.cell_state ?? NaN),
    ...(cell === "LSTM" ? lstmNumbers(now, before) : {}),
    ...(cell === "GRU" ? gruNumbers(now, before) : {}),
  };
  return fill(words[`substep_${cell}_${step}`], values);
}

const show = (name, value) => (name.endsWith("_gate") ? plain(value) : signed(value));

function inputsText({ layer, inputs, hidden }, words, names) {
  if (layer) return fill(words.substep_below, { layer, hidden });
  return inputs.map((each, at) => `${names[at] ?? "x"} ${signed(each)}`).join(", ");
}

function lstmNumbers({ forget_gate: f, input_gate: i, candidate: g, cell_state: c, output_gate: o }, before) {
  return {
    kept: signed(f * before.cell_state),
    written: signed(i * g),
    keeping: `${plain(f)}·${factor(before.cell_state)}`,
    writing: `${plain(i)}·${factor(g)}`,
    showing: `${plain(o)}·${factor(Math.tanh(c))}`,
  };
}

function gruNumbers({ update_gate: z, candidate: n }, before) {
  return {
    share: plain(1 - z),
    taking: `${plain(1 - z)}·${factor(n)}`,
    keeping: `${plain(z)}·${factor(before.hidden_state)}`,
  };
}
