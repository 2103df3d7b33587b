/**
 * The cell's equations with this moment's numbers in them, as one line of text each. A prime marks the timestep
 * before. Whoever works out the printed numbers gets the printed result.
 */

/**
 * @import {Equation, Squashed} from "./equation.js"
 * @import {Moment} from "./moment.js"
 * @import {Words} from "../shared/message.js"
 */

import { cellOf } from "./cells.js";
import { CURVES, isSummed, productsIn } from "./equation.js";
import { factor, fill, plain, signed } from "../shared/format.js";
import { digitsFor, product as productOf, sumOfProducts } from "../shared/printed_digits.js";

export const PREDICTION = "ŷ = Σ w·h + b";

/** What can be explained, in the order in which a timestep is computed. @param {string} cell */
export const focusesOf = (cell) => [...Object.keys(cellOf(cell).equations), "prediction"];

/** @param {string} cell @param {string} name */
export const equationOf = (cell, name) => cellOf(cell).equations[name];

/**
 * The lines under the cell diagram: its states.
 * @param {import("./moment.js").Moment} moment @param {Record<string, string>} [words] only for what is clamped
 * @returns {string[][]} pieces that may wrap
 */
export function equationLines(moment, words = {}) {
  const states = Object.keys(cellOf(moment.cell).equations).filter((name) => name.endsWith("_state"));
  return states.map((name) => [...lineOf(name, SYMBOLS[name], moment, words), ""].slice(0, 3));
}

/** @type {Record<string, string>} */
const SYMBOLS = { cell_state: "c", hidden_state: "h" };

/**
 * One activation: symbols, numbers, result.
 * @param {string} name @param {string} symbol @param {import("./moment.js").Moment} moment
 * @param {Record<string, string>} words @returns {string[]}
 */
export function lineOf(name, symbol, moment, words) {
  const value = moment.now[name];
  const equation = equationOf(moment.cell, name);
  if (moment.clamped?.has(name)) return [symbol, `= ${showIn(equation)(value)}`, `(${words.clamped_here})`];
  if (!isSummed(equation)) return [`${symbol} = ${curved(equation)}`, ...unsquashed(equation.curve, value)];
  const products = productsIn(equation, moment);
  const digits = digitsOf(products, value);
  const worked = products.map((each) => workedOut(each, digits.parts)).join(" + ");
  return [equation.symbols, `= ${worked}`, `= ${signed(value, digits.value)}`];
}

/** σ(W·x + U·h′ + b). @param {Squashed} equation */
export const curved = ({ curve, inside }) => `${curve}(${inside})`;

/** What σ makes is a share, and has no sign. @param {Equation} equation */
const showIn = (equation) => ("curve" in equation && equation.curve === "σ" ? plain : signed);

/**
 * Of all factors, and of what their products come to.
 * @param {{share: number, value: number}[]} products @param {number} value
 */
export const digitsOf = (products, value) =>
  digitsFor(
    products.flatMap(({ share, value: other }) => [share, other]),
    sumOfProducts,
    value,
  );

/** 0.849·1.476. @param {{share: number, value: number}} product @param {number} decimals */
export const workedOut = ({ share, value }, decimals) => `${plain(share, decimals)}·${factor(value, decimals)}`;

/** One unit's share of the prediction. @param {number} weight @param {number} hidden */
export function product(weight, hidden) {
  const digits = digitsFor([weight, hidden], productOf, weight * hidden);
  const total = signed(weight * hidden, digits.value);
  return `w·h = ${factor(weight, digits.parts)}·${factor(hidden, digits.parts)} = ${total}`;
}

/**
 * What the tooltip says of one activation: its value, and how it came about.
 * @param {string} name @param {string} symbol @param {Moment} moment @param {Words} words
 */
export function explain(name, symbol, moment, words) {
  const shown = showIn(equationOf(moment.cell, name))(moment.now[name]);
  return {
    value: `${symbol}[${fill(words.unit, { unit: moment.unit + 1 })}] = ${shown}`,
    equation: lineOf(name, symbol, moment, words).join(" "),
  };
}

/** @type {Record<string, (value: number) => number>} */
const BACK = { σ: (value) => Math.log(value / (1 - value)), tanh: Math.atanh };
/** @type {Record<string, [number, number]>} */
const FLAT = { σ: [0.001, 0.999], tanh: [-0.999, 0.999] };

/**
 * The pre-activation follows from the value, except where the curve is too flat to tell.
 * @param {Squashed["curve"]} curve @param {number} value
 */
function unsquashed(curve, value) {
  const show = curve === "σ" ? plain : signed;
  const [low, high] = FLAT[curve];
  if (!(value > low && value < high)) return [`= ${show(value)}`];
  const inside = BACK[curve](value);
  const digits = digitsFor([inside], ([each]) => CURVES[curve](each), value);
  return [`= ${curve}(${signed(inside, digits.parts)})`, `= ${show(value, digits.value)}`];
}

/**
 * One gate of a unit with a single input: its scalars, then what they add up to, then what the curve makes of it.
 * @param {string} name @param {string} symbol @param {ArrayLike<number>} scalars weight on x, weight on h, bias
 * @param {import("./moment.js").Moment} moment
 */
export function gateLine(name, symbol, scalars, { cell, now, before, inputs }) {
  const [w, u, b] = Array.from(scalars);
  const [x, h] = [inputs[0], before.hidden_state];
  const { curve } = /** @type {Squashed} */ (equationOf(cell, name));
  const total = w * x + u * h + b;
  const end = digitsFor([total], ([each]) => CURVES[curve](each), now[name]);
  const parts = [w, x, u, h, b];
  const { parts: digits, value } = digitsFor(parts, ([w, x, u, h, b]) => w * x + u * h + b, total, { shown: end.parts });
  const [one, two, three, four, five] = parts.map((each) => factor(each, digits));
  return [
    `${symbol} = ${curve}(w·x + u·h′ + b)`,
    `= ${curve}(${one}·${two} + ${three}·${four} + ${five})`,
    `= ${curve}(${signed(total, value)})`,
    `= ${(curve === "σ" ? plain : signed)(now[name], end.value)}`,
  ];
}
