/**
 * Where one number comes from: its equation in symbols and in numbers, and the products that add up to it. No DOM.
 *
 * @typedef {{label: string, weight: number | null, value: number, product: number, place: {layer: number, unit: number} | null}} Row
 *   weight and value: its factors, null where there is nothing to multiply; place: the unit that a click leads to
 * @typedef {{symbols: string, numbers: string, note: string, rows: Row[], total: number}} Why
 *   note: what its letters stand for; the rows' products add up to the total
 */

/**
 * @import {Squashed, Summed} from "../cells/equation.js"
 * @import {Moment} from "../cells/moment.js"
 * @import {Term} from "../cells/terms.js"
 * @import {DrawnSnapshot} from "./what_if.js"
 * @import {Network, Words} from "../shared/message.js"
 * @import {Film} from "../shared/store.js"
 *
 * @typedef {{film: Film, snapshot: DrawnSnapshot, network: Network, words: Words}} WhyContent
 */

import { wordOf } from "../cells/cells.js";
import { CURVES, isSummed, productsIn } from "../cells/equation.js";
import { curved, digitsOf, equationOf, lineOf, PREDICTION } from "../cells/equations.js";
import { fill, plain, signed } from "../shared/format.js";
import { symbolOf } from "../lanes/lanes.js";
import { runOf } from "../cells/moment.js";
import { digitsFor, factorDigits, sum } from "../shared/printed_digits.js";
import { termsOf } from "../cells/terms.js";

/**
 * @param {WhyContent} content
 * @param {import("../cells/moment.js").Moment} moment @param {string} focus
 * @returns {Why}
 */
export function whyOf(content, moment, focus) {
  if (focus === "prediction") return prediction(content, moment);
  const equation = equationOf(moment.cell, focus);
  return isSummed(equation) ? state(focus, equation, moment, content.words) : preActivation(content, moment, focus, equation);
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
  /** @param {{weight: number | null, value: number}} row */
  const decimals = ({ weight, value: factor }) => (weight === null ? parts : factorDigits([weight, factor], parts));
  return { shown: shown.map((row) => ({ ...row, decimals: decimals(row) })), products: parts, total: value };
}

/** @param {{product: number}[]} rows */
const productsOf = (rows) => sum(rows.map((row) => row.product));

/**
 * A gate, a candidate, or an RNN's state: an affine map of x and h', squashed.
 * @param {WhyContent} content @param {Moment} moment @param {string} name @param {Squashed} equation
 */
function preActivation({ film, snapshot, network, words }, moment, name, equation) {
  const place = { layer: moment.layer, timestep: moment.t, unit: moment.unit, name };
  const { terms, total } = termsOf(network, runOf(film, snapshot), snapshot.inputs, place);
  const { curve, resetBy, peephole } = equation;
  const gated = resetBy !== null;
  const rows = terms.map((term) => rowOf(term, moment, film.meta.input_names, equation, words));
  const symbol = symbolOf(name, moment.cell, words);
  /** @param {...Term["kind"]} kinds */
  const of = (...kinds) => productsOf(terms.filter((each) => kinds.includes(each.kind)));
  /** @type {[number, string][]} */
  const seen = peephole ? [[of("peephole"), words[`why_from_c_${peephole.sees}`]]] : [];
  /** @type {[number, string][]} */
  const sources = [
    [of("input", "below"), moment.layer ? fill(words.why_from_below, moment) : words.why_from_x],
    [of("hidden"), words[gated ? "why_from_gated" : "why_from_h"]],
    ...seen,
    [of("bias"), words.why_from_b],
  ];
  const from = fill(words[moment.layer ? "why_x_below" : "why_x"], moment);
  return {
    symbols: `${symbol} = ${curved(equation)}`,
    numbers: `${symbol} = ${squashed(curve, sources, total, moment.now[name])}`,
    note: [from, gated ? "" : words.why_b, peephole ? words.why_w : "", words.why_prime].filter(Boolean).join(" "),
    ...{ rows, total },
  };
}

/**
 * σ(+0.12 from x, …) = σ(+0.34) = 0.584: each step of it as a reader would work it out.
 * @param {string} curve @param {[number, string][]} sources @param {number} total @param {number} value
 */
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

/**
 * @param {Term} term @param {Moment} moment @param {string[]} names @param {Squashed} equation @param {Words} words
 * @returns {Row}
 */
function rowOf({ kind, index, weight, value, product }, { layer }, names, { resetBy, peephole }, words) {
  const unit = index + 1;
  const gated = resetBy !== null;
  const label = {
    input: () => `x · ${words[`input_${names[index]}`] ?? unit}`,
    below: () => fill(words.why_below, { unit, layer }),
    hidden: () => fill(words[gated ? "why_gated" : "why_hidden"], { unit }),
    peephole: () => words[`why_peephole_${peephole?.sees}`],
    bias: () => words[index ? (gated ? "why_bias_gated" : "why_bias_h") : "why_bias_x"],
  }[kind]();
  const place = /** @type {Partial<Record<Term["kind"], Row["place"]>>} */ ({ below: { layer: layer - 1, unit: index }, hidden: { layer, unit: index } })[kind] ?? null;
  const isFactor = kind !== "bias" || (gated && index === 1);
  return { label, weight: isFactor ? weight : null, value, product, place };
}

/**
 * What is kept and what is added, where it is a sum.
 * @param {string} name @param {Summed} equation @param {Moment} moment @param {Words} words
 */
function state(name, equation, moment, words) {
  const [symbols, ...numbers] = lineOf(name, symbolOf(name, moment.cell, words), moment, words);
  const products = productsIn(equation, moment);
  const rows = products.map((each) => ({
    ...{ label: wordOf(words, `why_${each.name}`, moment.cell), weight: null, value: NaN },
    ...{ product: each.share * each.value, place: null },
  }));
  const through = equation.products.find(({ value }) => value.as === "tanh");
  return {
    symbols,
    numbers: `${symbols[0]} ${through ? throughTanh(products, moment, [through.value.of, name], numbers) : numbers.join(" ")}`,
    note: through ? "" : words.why_prime,
    ...{ rows: rows.length > 1 ? rows : [], total: productsOf(rows) },
  };
}

/**
 * = o·tanh(c), with c in it.
 * @param {{share: number, value: number}[]} products @param {Moment} moment
 * @param {[string, string]} names of c and h @param {string[]} numbers
 */
function throughTanh(products, { now }, [inner, name], numbers) {
  const [{ share, value }] = products;
  const { parts } = digitsOf(products, now[name]);
  const inside = digitsFor([now[inner]], ([each]) => Math.tanh(each), value, { shown: parts, fixed: true });
  return `= ${plain(share, parts)}·tanh(${signed(now[inner], inside.parts)}) ${numbers.join(" ")}`;
}

/** @param {WhyContent} content @param {Moment} moment */
function prediction({ film, snapshot, words }, moment) {
  const [, layers, , hidden] = snapshot.activations.shape;
  const states = runOf(film, snapshot).activations.hidden_state;
  const at = ((layers - 1) * moment.T + moment.t) * hidden;
  /** @type {Row[]} */
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
