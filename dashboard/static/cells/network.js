/**
 * The network in the browser: the equations of each cell (those of lstm_core/network/equations.py) over layers and time,
 * for what-if, ablation and clamps. Pure functions of weights, inputs and clamps; it counts in float64 with the run's own
 * float32 weights.
 *
 * @typedef {Float32Array | Float64Array} Numbers
 * @typedef {Pick<import("../shared/message.js").CellRow, "cell" | "blocks"> & {layers: Layer[], head_weight: Numbers,
 *   head_bias: number}} Network
 * @typedef {{layer: number | null, unit: number | null, name: string, value: number}} Clamp
 *   an activation clamped at a value, for one unit and layer or (null) for all
 * @typedef {{shape: [number, number, number], activations: Record<string, Numbers>, prediction: Numbers}} Run
 *   activations (L, T, H) by name, prediction (T,): a trace
 * @typedef {(k: number, unit: number, fromInput: Numbers, fromHidden: Numbers) => number} Step an activation of a unit;
 *   k: place of the unit at the timestep among a layer's (T, H); from input and hidden state: (G*H,)
 * @typedef {Record<string, Float64Array>} Rows (T, H) of one layer, by activation
 */

/**
 * @import {Factor, Squashed, Summed} from "./equation.js"
 * @import {Layer} from "../shared/message.js"
 */

import { cellOf } from "./cells.js";
import { CURVES, isSummed, MAKES } from "./equation.js";

/**
 * Run the network over inputs (T, D), from zero initial states.
 * @param {Network} network @param {Numbers} inputs @param {Clamp[]} [clamps]
 * @returns {Run}
 */
export function run(network, inputs, clamps = []) {
  const { cell, layers, head_weight } = network;
  const hidden = head_weight.length;
  const timesteps = inputs.length / features(layers[0], network);
  const names = Object.keys(cellOf(cell).equations);
  const activations = Object.fromEntries(
    names.map((name) => [name, new Float64Array(layers.length * timesteps * hidden)]),
  );
  let below = inputs;
  layers.forEach((layer, index) => {
    const size = timesteps * hidden;
    const rows = Object.fromEntries(names.map((name) => [name, part(activations[name], index, size)]));
    runLayer(network, layer, below, rows, { timesteps, hidden, clamped: clampedIn(clamps, index, hidden) });
    below = rows.hidden_state;
  });
  return { shape: [layers.length, timesteps, hidden], activations, prediction: headOf(network, below, timesteps) };
}

/** D of a layer. @param {Layer} layer @param {Pick<Network, "blocks" | "head_weight">} network */
export function features(layer, { blocks, head_weight }) {
  return layer.weight_ih.length / (blocks.length * head_weight.length);
}

/** One layer's stretch of an array (L, ...). @param {Float64Array} array @param {number} index @param {number} size */
const part = (array, index, size) => array.subarray(index * size, (index + 1) * size);

/**
 * What is clamped in one layer: name -> (H,), NaN where the unit is free.
 * @param {Clamp[]} clamps @param {number} layer @param {number} hidden
 */
function clampedIn(clamps, layer, hidden) {
  /** @type {Rows} */
  const clamped = {};
  for (const clamp of clamps) {
    if (clamp.layer !== null && clamp.layer !== layer) continue;
    clamped[clamp.name] ??= new Float64Array(hidden).fill(NaN);
    if (clamp.unit === null) clamped[clamp.name].fill(clamp.value);
    else clamped[clamp.name][clamp.unit] = clamp.value;
  }
  return clamped;
}

/**
 * @param {Network} network @param {Layer} layer @param {Numbers} below (T, D) @param {Rows} rows to fill
 * @param {{timesteps: number, hidden: number, clamped: Rows}} place clamped: (H,) each, NaN where free
 */
function runLayer({ cell, blocks }, layer, below, rows, { timesteps, hidden, clamped }) {
  const width = below.length / timesteps;
  const steps = Object.entries(cellOf(cell).equations).map(([name, equation]) => {
    const step = isSummed(equation)
      ? summedStep(equation, rows, hidden)
      : squashedStep(equation, layer, rows, { row: blocks.indexOf(name) * hidden, hidden });
    return { step, out: rows[name], fixed: clamped[name] };
  });
  const [fromInput, fromHidden] = [new Float64Array(layer.bias_ih.length), new Float64Array(layer.bias_hh.length)];
  const zeros = new Float64Array(hidden);
  for (let t = 0, at = 0; t < timesteps; t++, at += hidden) {
    const h = t ? rows.hidden_state.subarray(at - hidden, at) : zeros;
    affine(layer.weight_ih, layer.bias_ih, below.subarray(t * width, (t + 1) * width), fromInput);
    affine(layer.weight_hh, layer.bias_hh, h, fromHidden);
    for (const { step, out, fixed } of steps) {
      for (let unit = 0; unit < hidden; unit++) {
        const isFree = fixed === undefined || Number.isNaN(fixed[unit]);
        out[at + unit] = isFree ? step(at + unit, unit, fromInput, fromHidden) : fixed[unit];
      }
    }
  }
}

/**
 * Reads an activation of a layer, or of the timestep before, which is 0 before the first.
 * @param {Numbers} values @param {Factor["when"]} when @param {number} hidden @returns {(k: number) => number}
 */
const reader = (values, when, hidden) =>
  when === "now" ? (k) => values[k] : (k) => (k < hidden ? 0 : values[k - hidden]);

/** @param {Summed} equation @param {Rows} rows @param {number} hidden @returns {Step} */
function summedStep({ products }, rows, hidden) {
  const factors = products.map(({ share, value }) => [share, value].map(({ of, when, as }) => ({
    ...{ read: reader(rows[of], when, hidden), make: MAKES[as] },
  })));
  return (k) => {
    let total = 0;
    for (const [one, other] of factors) total += one.make(one.read(k)) * other.make(other.read(k));
    return total;
  };
}

/**
 * @param {Squashed} equation @param {Layer} layer @param {Rows} rows
 * @param {{row: number, hidden: number}} place row: the first of its block @returns {Step}
 */
function squashedStep({ curve, resetBy, peephole }, layer, rows, { row, hidden }) {
  const squash = CURVES[curve];
  const gate = resetBy && rows[resetBy];
  const weights = peephole && layer[peephole.weight];
  const seen = peephole && reader(rows.cell_state, peephole.sees, hidden);
  return (k, unit, fromInput, fromHidden) =>
    squash(
      fromInput[row + unit] +
        (gate ? gate[k] : 1) * fromHidden[row + unit] +
        (weights && seen ? weights[unit] * seen(k) : 0),
    );
}

/**
 * out = W v + b: weight (R, C) row by row, vector (C,), bias and out (R,). Four sums side by side, for a processor that
 * would otherwise wait for each addition before the next; this is where nearly all of the time goes.
 * @param {Numbers} weight @param {Numbers} bias @param {Numbers} vector @param {Float64Array} out
 */
function affine(weight, bias, vector, out) {
  const width = vector.length;
  const even = width - (width % 4);
  for (let row = 0, at = 0; row < out.length; row++, at += width) {
    let [a, b, c, d] = [bias[row], 0, 0, 0];
    for (let k = 0; k < even; k += 4) {
      a += weight[at + k] * vector[k];
      b += weight[at + k + 1] * vector[k + 1];
      c += weight[at + k + 2] * vector[k + 2];
      d += weight[at + k + 3] * vector[k + 3];
    }
    for (let k = even; k < width; k++) a += weight[at + k] * vector[k];
    out[row] = a + b + (c + d);
  }
}

/**
 * prediction = head_weight . h + head_bias at every timestep.
 * @param {Network} network @param {Numbers} states @param {number} timesteps
 */
function headOf({ head_weight, head_bias }, states, timesteps) {
  const out = new Float64Array(timesteps);
  const hidden = head_weight.length;
  for (let t = 0; t < timesteps; t++) {
    let sum = head_bias;
    for (let unit = 0; unit < hidden; unit++) sum += head_weight[unit] * states[t * hidden + unit];
    out[t] = sum;
  }
  return out;
}
