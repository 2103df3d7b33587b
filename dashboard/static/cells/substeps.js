/** One sentence for each sub-step of a timestep, with its numbers; sums and products come out as printed. */

/**
 * @import {Moment} from "./moment.js"
 * @import {Words} from "../shared/message.js"
 */

import { cellOf, wordOf } from "./cells.js";
import { isSummed, productsIn } from "./equation.js";
import { digitsOf, equationOf, workedOut } from "./equations.js";
import { counted, fill, plain, signed } from "../shared/format.js";
import { inputSentence } from "../stage/input_words.js";
import { symbolOf } from "../lanes/lanes.js";
import { digitsFor, factorDigits, sum } from "../shared/printed_digits.js";
import { kindOf } from "../shared/symbol.js";

/**
 * @param {import("./moment.js").Moment} moment
 * @param {number} step 0 to 4
 * @param {Record<string, string>} words
 * @param {import("../stage/input_words.js").Told} told the inputs, as a person and as the network sees them
 * @returns {string}
 */
export function substepSentence(moment, step, words, told) {
  const { now, before, cell } = moment;
  const { worksOut, apart } = cellOf(cell).substeps[step] ?? {};
  if (worksOut && moment.clamped?.has(worksOut)) return clampedSentence(moment, step, worksOut, words);
  const numbers = Object.fromEntries(Object.entries(now).map(([each, value]) => [each, show(each, value)]));
  const states = counted(words, "substep_states", moment.hidden);
  const values = {
    ...numbers,
    ...sharesIn(moment),
    ...{ states, h_before: signed(before.hidden_state), c_before: signed(before.cell_state) },
    x: moment.layer ? fill(words.substep_below, { layer: moment.layer, states }) : inputSentence(told, words),
    ...(worksOut ? workOf(moment, worksOut, apart) : {}),
  };
  return fill(step ? wordOf(words, `substep_${step}`, cell) : words.substep_0, values);
}

/** @param {string} name @param {number} value */
const show = (name, value) => (kindOf(name) === "share" ? plain(value) : signed(value));

/** @param {Moment} moment @param {number} step @param {string} name @param {Words} words */
function clampedSentence({ now, cell }, step, name, words) {
  const symbol = symbolOf(name, cell, words);
  return fill(words.substep_clamped, { number: step + 1, symbol, value: signed(now[name]) });
}

/** The shares that go into the cell's sums: product's name with _share. @param {Moment} moment */
function sharesIn(moment) {
  const equations = Object.values(cellOf(moment.cell).equations);
  const products = equations.flatMap((each) => (isSummed(each) ? productsIn(each, moment) : []));
  return Object.fromEntries(products.map(({ name, share }) => [`${name}_share`, plain(share)]));
}

/**
 * What works an activation out: each product's factors as NAME_worked, and itself as NAME. Where they stand apart, each
 * product comes out as printed and their sum too; else all of it at once.
 * @param {Moment} moment @param {string} name @param {boolean} [apart]
 */
function workOf(moment, name, apart) {
  const { cell, now } = moment;
  const equation = equationOf(cell, name);
  if (!isSummed(equation)) return {};
  const products = productsIn(equation, moment);
  const results = products.map(({ share, value }) => share * value);
  const digits = apart ? digitsFor(results, sum, now[name]) : digitsOf(products, now[name]);
  const worked = products.map((each) => {
    const decimals = apart ? factorDigits([each.share, each.value], digits.parts) : digits.parts;
    return [`${each.name}_worked`, workedOut(each, decimals)];
  });
  const whole = products.map((each, at) => [each.name, signed(results[at], digits.parts)]);
  return { ...Object.fromEntries([...worked, ...whole]), [name]: signed(now[name], digits.value) };
}
