/** One sentence for each sub-step of a timestep, with its numbers; sums and products come out as printed. */

import { showingDigits } from "./equations.js";
import { factor, fill, plain, signed, steps } from "../shared/format.js";
import { inputSentence } from "../stage/input_words.js";
import { symbolOf } from "../lanes/lanes.js";
import { digitsFor, factorDigits, sum, twoProducts } from "../shared/printed_digits.js";

/** What a sub-step works out: where somebody holds it, that is what there is to say. */
const WORKED_OUT = { "LSTM 2": "cell_state", "LSTM 4": "hidden_state", "GRU 4": "hidden_state", "RNN 4": "hidden_state" };

/**
 * @param {import("./moment.js").Moment} moment
 * @param {number} step 0 to 4
 * @param {Record<string, string>} words
 * @param {import("../stage/input_words.js").Told} told the inputs, as a person and as the network sees them
 * @returns {string}
 */
export function substepSentence(moment, step, words, told) {
  const { now, before, cell } = moment;
  const name = WORKED_OUT[`${cell} ${step}`];
  if (name && moment.clamped?.has(name)) return clampedSentence(moment, step, name, words);
  const numbers = Object.fromEntries(Object.entries(now).map(([each, value]) => [each, show(each, value)]));
  const values = {
    ...numbers,
    states: steps(moment.hidden, words.substep_state),
    x: moment.layer ? fill(words.substep_below, { layer: moment.layer, states: steps(moment.hidden, words.substep_state) }) : inputSentence(told, words),
    h_before: signed(before.hidden_state),
    ...NUMBERS[`${cell} ${step}`]?.(now, before),
  };
  return fill(step ? words[`substep_${cell}_${step}`] : words.substep_0, values);
}

const show = (name, value) => (name.endsWith("_gate") ? plain(value) : signed(value));

function clampedSentence({ now, cell }, step, name, words) {
  const symbol = symbolOf(name, cell, words);
  return fill(words.substep_clamped, { number: step + 1, symbol, value: signed(now[name]) });
}

/** Of the sub-steps that calculate. */
const NUMBERS = {
  "LSTM 2": ({ forget_gate: f, input_gate: i, candidate: g, cell_state: c }, { cell_state: before }) => {
    const [kept, written] = [f * before, i * g];
    const digits = digitsFor([kept, written], sum, c);
    return {
      ...{ kept: signed(kept, digits.parts), written: signed(written, digits.parts) },
      ...{ keeping: factors(f, before, digits.parts), writing: factors(i, g, digits.parts) },
      cell_state: signed(c, digits.value),
    };
  },
  "LSTM 4": (now) => {
    const { parts, value } = showingDigits(now);
    const showing = `${plain(now.output_gate, parts)}·${factor(Math.tanh(now.cell_state), parts)}`;
    return { showing, hidden_state: signed(now.hidden_state, value) };
  },
  "GRU 3": ({ update_gate: z }) => ({ share: plain(1 - z) }),
  "GRU 4": ({ update_gate: z, candidate: n, hidden_state: h }, { hidden_state: before }) => {
    const { parts, value } = digitsFor([1 - z, n, z, before], twoProducts, h);
    const taking = `${plain(1 - z, parts)}·${factor(n, parts)}`;
    return { taking, keeping: `${plain(z, parts)}·${factor(before, parts)}`, hidden_state: signed(h, value) };
  },
};

/** Two factors whose printed product has so many decimals. */
function factors(gate, value, decimals) {
  const parts = factorDigits([gate, value], decimals);
  return `${plain(gate, parts)}·${factor(value, parts)}`;
}
