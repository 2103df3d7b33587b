/**
 * What if: some days had another value, some activations were clamped. Pure: a history of experiments, and the snapshot that
 * the network makes of one. Days are positions in the series, so that an edit stays with its day in every window.
 *
 * @typedef {import("../cells/network.js").Clamp} Clamp
 * @typedef {{edits: Record<number, number>, clamps: Clamp[]}} Experiment
 * @typedef {{now: Experiment, past: Experiment[]}} History
 */

import { inputsOf, needsPositive, predictedValues } from "./inputs.js";
import { run } from "../cells/network.js";

/** @type {Experiment} */
const NOTHING = Object.freeze({ edits: Object.freeze({}), clamps: Object.freeze([]) });
const REMEMBERED = 200;
const FURTHEST = 100; // times the window's largest value: beyond it a typed number is a slip

/** @returns {History} */
export function begin() {
  return { now: NOTHING, past: [] };
}

/** @param {History} history */
export const isUntouched = ({ now }) => !Object.keys(now.edits).length && !now.clamps.length;

/**
 * One day's value. A drag makes many of them that are one step back.
 * @param {History} history @param {number} day @param {number} value @param {boolean} [goesOn] the drag's next
 */
export function edited(history, day, value, goesOn = false) {
  const now = { ...history.now, edits: { ...history.now.edits, [day]: value } };
  return goesOn ? { ...history, now } : after(history, now);
}

/** A clamp; a second one of the same place takes the first one's. @param {History} history @param {Clamp} clamp */
export function clamped(history, clamp) {
  const others = history.now.clamps.filter((each) => !samePlace(each, clamp));
  return after(history, { ...history.now, clamps: [...others, clamp] });
}

/** @param {History} history @param {number} index of the clamp to let go */
export function released(history, index) {
  return after(history, { ...history.now, clamps: history.now.clamps.filter((_, at) => at !== index) });
}

/** @param {History} history */
export function undone({ now, past }) {
  return past.length ? { now: past[past.length - 1], past: past.slice(0, -1) } : { now, past };
}

/** Back to what was; that too can be undone. @param {History} history */
export function reset(history) {
  return isUntouched(history) ? history : after(history, NOTHING);
}

const after = ({ now, past }, next) => ({ now: next, past: [...past, now].slice(-REMEMBERED) });

const samePlace = (one, other) => ["name", "layer", "unit"].every((key) => one[key] === other[key]);

/**
 * A typed value, or why it is none.
 * @param {string} text @param {import("./inputs.js").Scaling} scaling @param {ArrayLike<number>} values of the window
 * @returns {{value: number} | {problem: "not_a_number" | "not_positive" | "too_far", limit: number}}
 */
export function typedValue(text, scaling, values) {
  const value = text.trim() === "" ? NaN : Number(text.replace("\u2212", "-"));
  const limit = FURTHEST * Array.from(values).reduce((most, each) => Math.max(most, Math.abs(each)), 0);
  if (!Number.isFinite(value)) return { problem: "not_a_number", limit };
  if (needsPositive(scaling) && value <= 0) return { problem: "not_positive", limit };
  return Math.abs(value) > limit ? { problem: "too_far", limit } : { value };
}

/** The window's values with the edits in them. @param {ArrayLike<number>} price @param {number} start @param {number} length */
export function windowValues(price, start, length, edits = {}) {
  return Float64Array.from({ length }, (_, t) => edits[start + t] ?? price[start + t]);
}

/**
 * The snapshot that the network makes of an experiment: same shape as the snapshots that come from the server.
 * @param {any} network a section of the payload @param {any} film @param {any} snapshot @param {ArrayLike<number>} price
 * @param {Experiment} experiment
 */
export function experimentSnapshot(network, film, snapshot, price, { edits, clamps }) {
  const [, , timesteps] = snapshot.activations.shape;
  const { window_start: start, activations: names } = film.meta;
  const values = windowValues(price, start, timesteps, edits);
  const inputs = inputsOf(network, values, edits[start - 1] ?? price[start - 1]);
  const trace = run(network, inputs, clamps);
  return {
    ...snapshot,
    inputs: Object.assign(inputs, { shape: snapshot.inputs.shape }),
    activations: Object.assign(stacked(trace, names), { shape: snapshot.activations.shape }),
    prediction: trace.prediction,
    prediction_price: predictedValues(network, trace.prediction, values),
    naive_price: values,
    supposed_from: Math.min(...Object.keys(edits).map((day) => Number(day) - start)),
    edits,
    clamps,
    trace,
  };
}

function stacked({ activations }, names) {
  const size = activations[names[0]].length;
  const all = new Float32Array(names.length * size);
  names.forEach((name, index) => all.set(activations[name], index * size));
  return all;
}
