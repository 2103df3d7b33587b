/** Where a gate's number comes from: its pre-activation, product by product. */

/**
 * @import {Squashed} from "./equation.js"
 * @import {Run} from "./network.js"
 */

import { equationOf } from "./equations.js";
import { features } from "./network.js";

/**
 * @typedef {"input" | "below" | "hidden" | "peephole" | "bias"} Kind
 * @typedef {{kind: Kind, index: number, weight: number, value: number, product: number}} Term
 *   kind: an input feature, a unit of the layer below, a unit of the same layer a timestep before, the unit's own cell
 *   state, or a bias
 * @typedef {{layer: number, timestep: number, unit: number}} Place
 */

/**
 * All terms of one pre-activation, largest first; they add up to it. Where a gate resets what comes from h' (a GRU's
 * candidate), those terms and their bias carry its factor in their values.
 * @param {import("./network.js").Network} network @param {Run} run
 * @param {import("./network.js").Numbers} inputs (T, D)
 * @param {Place & {name: string}} place
 * @returns {{terms: Term[], total: number}}
 */
export function termsOf(network, run, inputs, place) {
  const { layer, timestep, unit, name } = place;
  const [, timesteps, hidden] = run.shape;
  const { resetBy, peephole } = /** @type {Squashed} */ (equationOf(network.cell, name));
  const { weight_ih, weight_hh, bias_ih, bias_hh } = network.layers[layer];
  const row = network.blocks.indexOf(name) * hidden + unit;
  const width = features(network.layers[layer], network);
  /** @param {number} of */
  const states = (of) => run.activations.hidden_state.subarray(of * timesteps * hidden, (of + 1) * timesteps * hidden);
  const below = layer ? states(layer - 1) : inputs;
  const share = resetBy ? activation(run, resetBy, place) : 1;
  const terms = [term("bias", 0, bias_ih[row], 1), term("bias", 1, bias_hh[row], share)];
  for (let k = 0; k < width; k++) {
    terms.push(term(layer ? "below" : "input", k, weight_ih[row * width + k], below[timestep * width + k]));
  }
  for (let k = 0; k < hidden && timestep > 0; k++) {
    const before = states(layer)[(timestep - 1) * hidden + k];
    terms.push(term("hidden", k, weight_hh[row * hidden + k], share * before));
  }
  if (peephole) {
    const seen = activation(run, "cell_state", { ...place, timestep: timestep - (peephole.sees === "before" ? 1 : 0) });
    terms.push(term("peephole", unit, network.layers[layer][peephole.weight][unit], seen));
  }
  terms.sort((a, b) => Math.abs(b.product) - Math.abs(a.product));
  return { terms, total: terms.reduce((sum, each) => sum + each.product, 0) };
}

/** @param {Kind} kind @param {number} index @param {number} weight @param {number} value @returns {Term} */
const term = (kind, index, weight, value) => ({ kind, index, weight, value, product: weight * value });

/** 0 before the first timestep. @param {Run} run @param {string} name @param {Place} place */
function activation(run, name, { layer, timestep, unit }) {
  const [, timesteps, hidden] = run.shape;
  return timestep < 0 ? 0 : run.activations[name][(layer * timesteps + timestep) * hidden + unit];
}
