/** The cell's equations with this moment's numbers in them, as one line of text each. */

import { factor, plain, signed } from "./format.js";

/**
 * The lines under the cell diagram.
 * @param {import("./moment.js").Moment} moment
 * @returns {string[][]} pieces that may wrap
 */
export function equationLines(moment) {
  return LINES[moment.cell](moment);
}

const LINES = {
  LSTM: (m) => [cellState(m), hiddenState(m)],
  GRU: (m) => [gruState(m)],
  RNN: (m) => [["h = tanh(W·x + U·h′ + b)", ...tanhOf(m.now.hidden_state)]],
};

function cellState({ now, before }) {
  const { forget_gate: f, input_gate: i, candidate: g, cell_state: c } = now;
  const products = `${plain(f)}·${factor(before.cell_state)} + ${plain(i)}·${factor(g)}`;
  return ["c = f·c′ + i·g", `= ${products}`, `= ${signed(c)}`];
}

function hiddenState({ now }) {
  const { output_gate: o, cell_state: c, hidden_state: h } = now;
  return ["h = o·tanh(c)", `= ${plain(o)}·${factor(Math.tanh(c))}`, `= ${signed(h)}`];
}

function gruState({ now, before }) {
  const { update_gate: z, candidate: n, hidden_state: h } = now;
  const products = `${plain(1 - z)}·${factor(n)} + ${plain(z)}·${factor(before.hidden_state)}`;
  return ["h = (1−z)·n + z·h′", `= ${products}`, `= ${signed(h)}`];
}

/** One unit's share of the prediction. @param {number} weight @param {number} hidden */
export function product(weight, hidden) {
  return `w·h = ${factor(weight)}·${factor(hidden)} = ${signed(weight * hidden)}`;
}

/** What the tooltip says of one activation: its value, and how it came about. */
export function explain(name, symbol, moment) {
  const value = moment.now[name];
  const shown = name.endsWith("_gate") ? plain(value) : signed(value);
  return { value: `${symbol}[unit ${moment.unit + 1}] = ${shown}`, equation: source(name, symbol, moment, value) };
}

function source(name, symbol, moment, value) {
  if (name === "cell_state") return cellState(moment).join(" ");
  if (name === "hidden_state" && moment.cell !== "RNN") return LINES[moment.cell](moment).at(-1).join(" ");
  if (name.endsWith("_gate")) return [`${symbol} = σ(W·x + U·h′ + b)`, ...sigmoidOf(value)].join(" ");
  const inside = moment.cell === "GRU" ? "W·x + r·(U·h′ + b)" : "W·x + U·h′ + b";
  return [`${symbol} = tanh(${inside})`, ...tanhOf(value)].join(" ");
}

/** The pre-activation follows from the value, except where the curve is too flat to tell. */
function sigmoidOf(value) {
  const readable = value > 0.001 && value < 0.999;
  return [...(readable ? [`= σ(${signed(Math.log(value / (1 - value)))})`] : []), `= ${plain(value)}`];
}

function tanhOf(value) {
  return [...(Math.abs(value) < 0.999 ? [`= tanh(${signed(Math.atanh(value))})`] : []), `= ${signed(value)}`];
}

/**
 * One gate of a unit with a single input: its scalars, then what they add up to, then what the curve makes of it.
 * @param {string} name @param {string} symbol @param {ArrayLike<number>} scalars weight on x, weight on h, bias
 * @param {import("./moment.js").Moment} moment
 */
export function gateLine(name, symbol, scalars, { now, before, inputs }) {
  const [w, u, b] = Array.from(scalars);
  const [x, h] = [inputs[0], before.hidden_state];
  const curve = name.endsWith("_gate") ? "σ" : "tanh";
  const shown = name.endsWith("_gate") ? plain(now[name]) : signed(now[name]);
  const products = `${factor(w)}·${factor(x)} + ${factor(u)}·${factor(h)} + ${factor(b)}`;
  return [
    `${symbol} = ${curve}(w·x + u·h′ + b)`,
    `= ${curve}(${products})`,
    `= ${curve}(${signed(w * x + u * h + b)})`,
    `= ${shown}`,
  ];
}
