/** Which lanes a cell has, what their colours are bound to, and their pixels. No DOM. */

import { level } from "../shared/palette.js";

/** Lanes from top to bottom: in the order in which a timestep is computed. */
const ORDER = {
  LSTM: ["forget_gate", "input_gate", "candidate", "cell_state", "output_gate", "hidden_state"],
  GRU: ["reset_gate", "update_gate", "candidate", "hidden_state"],
  RNN: ["hidden_state"],
};

/**
 * @typedef {{name: string, symbol: string, signed: boolean, low: number, high: number}} Lane
 * @param {Record<string, any>} meta of a film
 * @param {Record<string, string>} words
 * @returns {Lane[]}
 */
export function lanesOf(meta, words) {
  return ORDER[meta.cell].map((name) => ({ name, symbol: symbolOf(name, meta.cell, words), ...boundsOf(name, meta) }));
}

/**
 * PyTorch calls the GRU's candidate n.
 * @param {string} name
 * @param {string} cell
 * @param {Record<string, string>} words
 */
export function symbolOf(name, cell, words) {
  return words[cell === "GRU" && name === "candidate" ? "gru_candidate_symbol" : `${name}_symbol`];
}

/** Gates [0, 1]; candidate and hidden state [-1, 1]; the cell state one bound for the whole run. */
function boundsOf(name, meta) {
  if (name.endsWith("_gate")) return { signed: false, low: 0, high: 1 };
  const bound = name === "cell_state" ? meta.cell_state_bound : 1;
  return { signed: true, low: -bound, high: bound };
}

/**
 * One activation of one layer: a view on T x H numbers, timestep by timestep.
 * @param {import("../shared/store.js").Film} film
 * @param {import("../shared/store.js").Snapshot} snapshot
 * @param {string} name
 * @param {number} layer
 */
export function valuesOf(film, snapshot, name, layer) {
  const [, layers, timesteps, hidden] = snapshot.activations.shape;
  const start = (film.meta.activations.indexOf(name) * layers + layer) * timesteps * hidden;
  return snapshot.activations.subarray(start, start + timesteps * hidden);
}

/**
 * Pixels of one lane, T wide and H high: units down, timesteps across.
 * @param {Float32Array} values (T, H) @param {number} timesteps @param {number} hidden
 * @param {Uint32Array} lut @param {number} low @param {number} high
 * @param {number[] | null} [order] of the units, from top to bottom
 * @returns {Uint8ClampedArray<ArrayBuffer>} RGBA
 */
export function pixels(values, timesteps, hidden, lut, low, high, order = null) {
  const out = new Uint32Array(timesteps * hidden);
  for (let t = 0; t < timesteps; t++) {
    for (let row = 0; row < hidden; row++) {
      const unit = order ? order[row] : row;
      out[row * timesteps + t] = lut[level(values[t * hidden + unit], low, high)];
    }
  }
  return new Uint8ClampedArray(out.buffer);
}
