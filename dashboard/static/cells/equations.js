/**
 * The cell's equations with this moment's numbers in them, as one line of text each. A prime marks the timestep
 * before. Whoever works out the printed numbers gets the printed result.
 */

import { factor, plain, signed } from "../shared/format.js";
import { sigmoid } from "./network.js";
import { digitsFor, product as productOf, twoProducts } from "../shared/printed_digits.js";

/** What every gate and candidate is made of; a GRU's candidate sees the past through r. @param {string} cell @param {string} name */
export const insideOf = (cell, name) =>
  cell === "GRU" && name === "candidate" ? "W·x + b_x + r·(U·h′ + b_h)" : "W·x + U·h′ + b";

/** Of o and tanh(c), and of the h that they come to. @param {Record<string, number>} now */
export const showingDigits = ({ output_gate: o, cell_state: c, hidden_state: h }) =>
  digitsFor([o, Math.tanh(c)], productOf, h);

export const PREDICTION = "ŷ = Σ w·h + b";

/**
 * The lines under the cell diagram.
 * @param {import("./moment.js").Moment} moment @param {Record<string, string>} [words] only for what is clamped
 * @returns {string[][]} pieces that may wrap
 */
export function equationLines(moment, words = {}) {
  return LINES[moment.cell].map((name) => [...stateLine(name, moment, words), ""].slice(0, 3));
}

const LINES = { LSTM: ["cell_state", "hidden_state"], GRU: ["hidden_state"], RNN: ["hidden_state"] };

/** c or h: symbols, numbers, result. @returns {string[]} */
export function stateLine(name, moment, words) {
  if (moment.clamped?.has(name)) return clampedLine(SYMBOLS[name], moment.now[name], words);
  if (name === "cell_state") return cellState(moment);
  return HIDDEN[moment.cell](moment);
}

const SYMBOLS = { cell_state: "c", hidden_state: "h" };

const clampedLine = (symbol, value, words) => [symbol, `= ${signed(value)}`, `(${words.clamped_here})`];

function cellState({ now, before }) {
  const { forget_gate: f, input_gate: i, candidate: g, cell_state: c } = now;
  return ["c = f·c′ + i·g", ...worked([f, before.cell_state, i, g], c)];
}

/** = a·b + c·d = value */
function worked(parts, value) {
  const digits = digitsFor(parts, twoProducts, value);
  const [a, b, c, d] = [plain, factor, plain, factor].map((write, at) => write(parts[at], digits.parts));
  return [`= ${a}·${b} + ${c}·${d}`, `= ${signed(value, digits.value)}`];
}

const HIDDEN = {
  LSTM: ({ now }) => {
    const digits = showingDigits(now);
    const products = `= ${plain(now.output_gate, digits.parts)}·${factor(Math.tanh(now.cell_state), digits.parts)}`;
    return ["h = o·tanh(c)", products, `= ${signed(now.hidden_state, digits.value)}`];
  },
  GRU: ({ now: { update_gate: z, candidate: n, hidden_state: h }, before }) => [
    "h = (1 − z)·n + z·h′",
    ...worked([1 - z, n, z, before.hidden_state], h),
  ],
  RNN: ({ cell, now: { hidden_state: h } }) => [`h = tanh(${insideOf(cell, "hidden_state")})`, ...squashed("tanh", h)],
};

/** One unit's share of the prediction. @param {number} weight @param {number} hidden */
export function product(weight, hidden) {
  const digits = digitsFor([weight, hidden], productOf, weight * hidden);
  const total = signed(weight * hidden, digits.value);
  return `w·h = ${factor(weight, digits.parts)}·${factor(hidden, digits.parts)} = ${total}`;
}

/** What the tooltip says of one activation: its value, and how it came about. */
export function explain(name, symbol, moment, words = {}) {
  const value = moment.now[name];
  const shown = name.endsWith("_gate") ? plain(value) : signed(value);
  return { value: `${symbol}[unit ${moment.unit + 1}] = ${shown}`, equation: source(name, symbol, moment, words) };
}

function source(name, symbol, moment, words) {
  if (name.endsWith("_state")) return stateLine(name, moment, words).join(" ");
  if (moment.clamped?.has(name)) return clampedLine(symbol, moment.now[name], words).join(" ");
  const curve = curveOf(name);
  return [`${symbol} = ${curve}(${insideOf(moment.cell, name)})`, ...squashed(curve, moment.now[name])].join(" ");
}

/** @param {string} name @returns {"σ" | "tanh"} */
export const curveOf = (name) => (name.endsWith("_gate") ? "σ" : "tanh");

/** What the curve makes of a number. @type {Record<string, (value: number) => number>} */
export const CURVES = { σ: sigmoid, tanh: Math.tanh };
const BACK = { σ: (value) => Math.log(value / (1 - value)), tanh: Math.atanh };
const FLAT = { σ: [0.001, 0.999], tanh: [-0.999, 0.999] };

/** The pre-activation follows from the value, except where the curve is too flat to tell. */
function squashed(curve, value) {
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
export function gateLine(name, symbol, scalars, { now, before, inputs }) {
  const [w, u, b] = Array.from(scalars);
  const [x, h] = [inputs[0], before.hidden_state];
  const curve = curveOf(name);
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
