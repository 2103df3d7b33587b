/**
 * Where one number comes from: its equation in symbols and in numbers, and the products that add up to it. No DOM.
 *
 * @typedef {{label: string, weight: number | null, value: number, product: number, place: {layer: number, unit: number} | null}} Row
 *   place: the unit that a click leads to
 * @typedef {{symbols: string, numbers: string, rows: Row[], total: number, sums: boolean}} Why
 *   sums: the rows' products add up to the total
 */

import { factor, fill, plain, signed } from "./format.js";
import { symbolOf } from "./lanes.js";
import { runOf } from "./moment.js";
import { termsOf } from "./terms.js";

/** What can be explained, in the order in which a timestep is computed. @param {string} cell */
export const focusesOf = (cell) => FOCUSES[cell];
const FOCUSES = {
  LSTM: ["forget_gate", "input_gate", "candidate", "cell_state", "output_gate", "hidden_state", "prediction"],
  GRU: ["reset_gate", "update_gate", "candidate", "hidden_state", "prediction"],
  RNN: ["hidden_state", "prediction"],
};

/**
 * @param {{film: any, frame: any, network: any, words: Record<string, string>}} scene
 * @param {import("./moment.js").Moment} moment @param {string} focus
 * @returns {Why}
 */
export function whyOf(scene, moment, focus) {
  if (focus === "prediction") return prediction(scene, moment);
  if (focus === "cell_state") return cellState(moment, scene.words);
  if (focus === "hidden_state" && moment.cell !== "RNN") return hiddenState(moment, scene.words);
  return preActivation(scene, moment, focus);
}

/** A gate, a candidate, or an RNN's state: an affine map of x and h', squashed. */
function preActivation({ film, frame, network, words }, moment, name) {
  const place = { layer: moment.layer, timestep: moment.t, unit: moment.unit, name };
  const { terms, total } = termsOf(network, runOf(film, frame), frame.inputs, place);
  const rows = terms.map((term) => rowOf(term, moment, film.meta.input_names, words));
  const symbol = symbolOf(name, moment.cell, words);
  const [squash, value] = name.endsWith("_gate") ? ["σ", plain(moment.now[name])] : ["tanh", signed(moment.now[name])];
  const of = (...kinds) =>
    terms.filter((each) => kinds.includes(each.kind)).reduce((sum, each) => sum + each.product, 0);
  const parts = `${signed(of("input", "below"))} ${words.why_from_x} ${signed(of("hidden"))} ${words.why_from_h} ${signed(of("bias"))} ${words.why_from_b}`;
  return {
    symbols: `${symbol} = ${squash}(${inside(moment.cell, name)})`,
    numbers: `${symbol} = ${squash}(${parts}) = ${squash}(${signed(total)}) = ${value}`,
    ...{ rows, total, sums: true },
  };
}

function inside(cell, name) {
  const index = { input_gate: "i", forget_gate: "f", candidate: cell === "GRU" ? "n" : "g", output_gate: "o" };
  const k = { ...index, reset_gate: "r", update_gate: "z", hidden_state: "h" }[name];
  const ofHidden = `W_h${k} h′ + b_h${k}`;
  const gated = cell === "GRU" && name === "candidate" ? `r·(${ofHidden})` : ofHidden;
  return `W_i${k} x + b_i${k} + ${gated}`;
}

function rowOf({ kind, index, weight, value, product }, { layer }, names, words) {
  const unit = index + 1;
  const label = {
    input: () => `x · ${names[index] ?? unit}`,
    below: () => fill(words.why_below, { unit, layer }),
    hidden: () => fill(words.why_hidden, { unit }),
    bias: () => words[index ? "why_bias_hh" : "why_bias_ih"],
  }[kind]();
  const place = { below: { layer: layer - 1, unit: index }, hidden: { layer, unit: index } }[kind] ?? null;
  return { label, weight: kind === "bias" ? null : weight, value, product, place };
}

function cellState({ now, before }, words) {
  const { forget_gate: f, input_gate: i, candidate: g, cell_state: c } = now;
  return {
    symbols: "c = f·c′ + i·g",
    numbers: `c = ${plain(f)}·${factor(before.cell_state)} + ${plain(i)}·${factor(g)} = ${signed(c)}`,
    rows: [plainRow(words.why_kept, f * before.cell_state), plainRow(words.why_written, i * g)],
    total: f * before.cell_state + i * g,
    sums: true,
  };
}

function hiddenState({ cell, now, before }, words) {
  const { output_gate: o, cell_state: c, hidden_state: h, update_gate: z, candidate: n } = now;
  if (cell === "LSTM") {
    const numbers = `h = ${plain(o)}·tanh(${signed(c)}) = ${plain(o)}·${factor(Math.tanh(c))} = ${signed(h)}`;
    return { symbols: "h = o·tanh(c)", numbers, rows: [], total: h, sums: false };
  }
  return {
    symbols: "h = (1 − z)·n + z·h′",
    numbers: `h = ${plain(1 - z)}·${factor(n)} + ${plain(z)}·${factor(before.hidden_state)} = ${signed(h)}`,
    rows: [plainRow(words.why_taken, (1 - z) * n), plainRow(words.why_kept_state, z * before.hidden_state)],
    total: h,
    sums: true,
  };
}

const plainRow = (label, product) => ({ label, weight: null, value: NaN, product, place: null });

function prediction({ film, frame, words }, moment) {
  const [, layers, , hidden] = frame.activations.shape;
  const states = runOf(film, frame).activations.hidden_state;
  const at = ((layers - 1) * moment.T + moment.t) * hidden;
  const rows = Array.from({ length: hidden }, (_, unit) => ({
    label: fill(words.why_head, { unit: unit + 1 }),
    weight: frame.head_weight[unit],
    value: states[at + unit],
    product: frame.head_weight[unit] * states[at + unit],
    place: { layer: layers - 1, unit },
  }));
  rows.push({ label: words.bias, weight: null, value: 1, product: frame.head_bias, place: null });
  rows.sort((a, b) => Math.abs(b.product) - Math.abs(a.product));
  const total = rows.reduce((sum, row) => sum + row.product, 0);
  const fromUnits = total - frame.head_bias;
  return {
    symbols: "ŷ = Σ w·h + b",
    numbers: `ŷ = ${signed(fromUnits)} ${words.why_from_units} ${signed(frame.head_bias)} ${words.why_from_bias} = ${signed(moment.prediction)}`,
    ...{ rows, total, sums: true },
  };
}
