/**
 * Where one number comes from: its equation in symbols and in numbers, and the products that add up to it. No DOM.
 *
 * @typedef {{label: string, weight: number | null, value: number, product: number, place: {layer: number, unit: number} | null}} Row
 *   weight and value: its factors, null where there is nothing to multiply; place: the unit that a click leads to
 * @typedef {{symbols: string, numbers: string, note: string, rows: Row[], total: number}} Why
 *   note: what its letters stand for; the rows' products add up to the total
 */

import { CURVES, curveOf, insideOf, PREDICTION, showingDigits, stateLine } from "../cells/equations.js";
import { fill, plain, signed } from "../shared/format.js";
import { symbolOf } from "../lanes/lanes.js";
import { runOf } from "../cells/moment.js";
import { digitsFor, factorDigits, sum } from "../shared/printed_digits.js";
import { termsOf } from "../cells/terms.js";

/** What can be explained, in the order in which a timestep is computed. @param {string} cell */
export const focusesOf = (cell) => FOCUSES[cell];
const FOCUSES = {
  LSTM: ["forget_gate", "input_gate", "candidate", "cell_state", "output_gate", "hidden_state", "prediction"],
  GRU: ["reset_gate", "update_gate", "candidate", "hidden_state", "prediction"],
  RNN: ["hidden_state", "prediction"],
};

/**
 * @param {{film: any, snapshot: any, network: any, words: Record<string, string>}} content
 * @param {import("../cells/moment.js").Moment} moment @param {string} focus
 * @returns {Why}
 */
export function whyOf(content, moment, focus) {
  if (focus === "prediction") return prediction(content, moment);
  if (focus === "cell_state") return state(focus, moment, content.words);
  if (focus === "hidden_state" && moment.cell !== "RNN") return state(focus, moment, content.words);
  return preActivation(content, moment, focus);
}

const LISTED = 14;

/**
 * The largest products, the others in one, and how many decimals they need so that every product and the sum come out.
 * @param {Why} why @param {Record<string, string>} words
 * @returns {{shown: (Row & {decimals: number})[], products: number, total: number}} decimals: of a line's factors
 */
export function listOf({ rows, total }, words) {
  const listed = rows.length === LISTED + 1 ? LISTED + 1 : LISTED; // one alone is no "others"
  const rest = rows.slice(listed);
  const others = { label: fill(words.others, { count: rest.length }), weight: null, value: NaN, place: null };
  const shown = [...rows.slice(0, listed), ...(rest.length ? [{ ...others, product: productsOf(rest) }] : [])];
  const { parts, value } = digitsFor(
    shown.map((row) => row.product),
    sum,
    total,
  );
  const decimals = ({ weight, value: factor }) => (weight === null ? parts : factorDigits([weight, factor], parts));
  return { shown: shown.map((row) => ({ ...row, decimals: decimals(row) })), products: parts, total: value };
}

const productsOf = (rows) => sum(rows.map((row) => row.product));

/** A gate, a candidate, or an RNN's state: an affine map of x and h', squashed. */
function preActivation({ film, snapshot, network, words }, moment, name) {
  const place = { layer: moment.layer, timestep: moment.t, unit: moment.unit, name };
  const { terms, total } = termsOf(network, runOf(film, snapshot), snapshot.inputs, place);
  const gated = moment.cell === "GRU" && name === "candidate";
  const rows = terms.map((term) => rowOf(term, moment, film.meta.input_names, gated, words));
  const symbol = symbolOf(name, moment.cell, words);
  const of = (...kinds) => productsOf(terms.filter((each) => kinds.includes(each.kind)));
  const sources = [
    [of("input", "below"), moment.layer ? fill(words.why_from_below, moment) : words.why_from_x],
    [of("hidden"), words[gated ? "why_from_gated" : "why_from_h"]],
    [of("bias"), words.why_from_b],
  ];
  const from = fill(words[moment.layer ? "why_x_below" : "why_x"], moment);
  return {
    symbols: `${symbol} = ${curveOf(name)}(${insideOf(moment.cell, name)})`,
    numbers: `${symbol} = ${squashed(curveOf(name), sources, total, moment.now[name])}`,
    note: [from, gated ? "" : words.why_b, words.why_prime].filter(Boolean).join(" "),
    ...{ rows, total },
  };
}

/** σ(+0.12 from x, …) = σ(+0.34) = 0.584: each step of it as a reader would work it out. */
function squashed(curve, sources, total, value) {
  const end = digitsFor([total], ([each]) => CURVES[curve](each), value);
  const start = digitsFor(
    sources.map(([part]) => part),
    sum,
    total,
    { shown: end.parts },
  );
  const parts = sources.map(([part, from]) => `${signed(part, start.parts)} ${from}`).join(", ");
  const show = curve === "σ" ? plain : signed;
  return `${curve}(${parts}) = ${curve}(${signed(total, start.value)}) = ${show(value, end.value)}`;
}

function rowOf({ kind, index, weight, value, product }, { layer }, names, gated, words) {
  const unit = index + 1;
  const label = {
    input: () => `x · ${names[index] ?? unit}`,
    below: () => fill(words.why_below, { unit, layer }),
    hidden: () => fill(words[gated ? "why_gated" : "why_hidden"], { unit }),
    bias: () => words[index ? (gated ? "why_bias_gated" : "why_bias_h") : "why_bias_x"],
  }[kind]();
  const place = { below: { layer: layer - 1, unit: index }, hidden: { layer, unit: index } }[kind] ?? null;
  const isFactor = kind !== "bias" || (gated && index === 1);
  return { label, weight: isFactor ? weight : null, value, product, place };
}

/** c, or a gated h: what is kept and what is added, where it is a sum. */
function state(name, moment, words) {
  const [symbols, ...numbers] = stateLine(name, moment, words);
  const parts = PARTS[`${moment.cell} ${name}`]?.(moment) ?? [];
  const rows = parts.map(([label, product]) => ({
    ...{ label: words[label], weight: null, value: NaN, product, place: null },
  }));
  const tanh = moment.cell === "LSTM" && name === "hidden_state";
  return {
    symbols,
    numbers: `${symbols[0]} ${tanh ? shown(moment) : numbers.join(" ")}`,
    note: tanh ? "" : words.why_prime,
    ...{ rows, total: productsOf(rows) },
  };
}

const PARTS = {
  "LSTM cell_state": ({ now, before }) => [
    ["why_kept", now.forget_gate * before.cell_state],
    ["why_written", now.input_gate * now.candidate],
  ],
  "GRU hidden_state": ({ now, before }) => [
    ["why_taken", (1 - now.update_gate) * now.candidate],
    ["why_kept_state", now.update_gate * before.hidden_state],
  ],
};

/** = o·tanh(c), with c in it. */
function shown(moment) {
  const { cell_state: c, output_gate: o } = moment.now;
  const { parts } = showingDigits(moment.now);
  const inside = digitsFor([c], ([each]) => Math.tanh(each), Math.tanh(c), { shown: parts, fixed: true });
  const [, ...numbers] = stateLine("hidden_state", moment, {});
  return `= ${plain(o, parts)}·tanh(${signed(c, inside.parts)}) ${numbers.join(" ")}`;
}

function prediction({ film, snapshot, words }, moment) {
  const [, layers, , hidden] = snapshot.activations.shape;
  const states = runOf(film, snapshot).activations.hidden_state;
  const at = ((layers - 1) * moment.T + moment.t) * hidden;
  const rows = Array.from({ length: hidden }, (_, unit) => ({
    label: fill(words.why_head, { unit: unit + 1 }),
    weight: snapshot.head_weight[unit],
    value: states[at + unit],
    product: snapshot.head_weight[unit] * states[at + unit],
    place: { layer: layers - 1, unit },
  }));
  const units = productsOf(rows);
  rows.push({ label: words.bias, weight: null, value: 1, product: snapshot.head_bias, place: null });
  rows.sort((a, b) => Math.abs(b.product) - Math.abs(a.product));
  const digits = digitsFor([units, snapshot.head_bias], sum, moment.prediction);
  const [one, other] = [units, snapshot.head_bias].map((part) => signed(part, digits.parts));
  return {
    symbols: PREDICTION,
    numbers: `ŷ = ${one} ${words.why_from_units} ${other} ${words.why_from_bias} = ${signed(moment.prediction, digits.value)}`,
    note: layers > 1 ? fill(words.why_h_top, { layers }) : "",
    ...{ rows, total: units + snapshot.head_bias },
  };
}
