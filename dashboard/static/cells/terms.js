/** Where a gate's number comes from: its pre-activation, product by product. */

/**
 * @typedef {import("./network.js").Run} Run
 */

import { features, GATES } from "./network.js";

/**
 * @typedef {{kind: "input" | "below" | "hidden" | "bias", index: number, weight: number, value: number, product: number}} Term
 *   kind: an input feature, a unit of the layer below, a unit of the same layer a timestep before, or a bias
 */

/**
 * All terms of one pre-activation, largest first; they add up to it. In a GRU's candidate the terms of the hidden
 * state and their bias carry the reset gate's factor, in their values.
 * @param {import("./network.js").Network} network @param {import("./network.js").Run} run
 * @param {import("./network.js").Numbers} inputs (T, D)
 * @param {{layer: number, timestep: number, unit: number, name: string}} place
 * @returns {{terms: Term[], total: number}}
 */
export function termsOf(network, run, inputs, { layer, timestep, unit, name }) {
  const [, timesteps, hidden] = run.shape;
  const { weight_ih, weight_hh, bias_ih, bias_hh } = network.layers[layer];
  const row = GATES[network.cell].indexOf(name) * hidden + unit;
  const width = features(network.layers[layer], network.cell, hidden);
  /** @param {number} of */
  const states = (of) => run.activations.hidden_state.subarray(of * timesteps * hidden, (of + 1) * timesteps * hidden);
  const below = layer ? states(layer - 1) : inputs;
  const share =
    network.cell === "GRU" && name === "candidate" ? activation(run, "reset_gate", layer, timestep, unit) : 1;
  const terms = [term("bias", 0, bias_ih[row], 1), term("bias", 1, bias_hh[row], share)];
  for (let k = 0; k < width; k++) {
    terms.push(term(layer ? "below" : "input", k, weight_ih[row * width + k], below[timestep * width + k]));
  }
  for (let k = 0; k < hidden && timestep > 0; k++) {
    const before = states(layer)[(timestep - 1) * hidden + k];
    terms.push(term("hidden", k, weight_hh[row * hidden + k], share * before));
  }
  terms.sort((a, b) => Math.abs(b.product) - Math.abs(a.product));
  return { terms, total: terms.reduce((sum, each) => sum + each.product, 0) };
}

/** @param {Term["kind"]} kind @param {number} index @param {number} weight @param {number} value @returns {Term} */
const term = (kind, index, weight, value) => ({ kind, index, weight, value, product: weight * value });

/** @param {Run} run @param {string} name @param {number} layer @param {number} timestep @param {number} unit */
function activation(run, name, layer, timestep, unit) {
  const [, timesteps, hidden] = run.shape;
  return run.activations[name][(layer * timesteps + timestep) * hidden + unit];
}
