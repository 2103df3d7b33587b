/** Which lanes a cell has, what their colours are bound to, and their pixels. No DOM. */

/**
 * @import {CellRow, FilmMeta} from "../shared/message.js"
 *
 * @typedef {Pick<CellRow, "cell" | "bounds"> & Pick<FilmMeta, "cell_state_bound">} Bounded a cell's row, and the colour
 *   bound of its cell state
 */

import { cellOf, wordOf } from "../cells/cells.js";
import { level } from "../shared/palette.js";

/**
 * Lanes from top to bottom: in the order in which a timestep is computed.
 * @typedef {{name: string, symbol: string, signed: boolean, low: number, high: number}} Lane
 * @param {Bounded} meta of a film
 * @param {Record<string, string>} words
 * @returns {Lane[]}
 */
export function lanesOf(meta, words) {
  return Object.keys(cellOf(meta.cell).equations).map((name) => ({ name, symbol: symbolOf(name, meta.cell, words), ...boundsOf(name, meta) }));
}

/** PyTorch calls the GRU's candidate n. @param {string} name @param {string} cell @param {Record<string, string>} words */
// words: {activation}_symbol, inputs_symbol, prediction_symbol, change_symbol, price_row_symbol, mattered_symbol, memory_symbol, norms_symbol
export const symbolOf = (name, cell, words) => wordOf(words, `${name}_symbol`, cell);

/**
 * The activation's own bounds; the cell state's is one for the whole run, far within what it could be.
 * @param {string} name @param {Bounded} meta
 */
function boundsOf(name, { bounds, cell_state_bound: bound }) {
  const [low, high] = name === "cell_state" && bound !== null ? [-bound, bound] : bounds[name];
  return { signed: low < 0, low, high };
}

/**
 * One activation of one layer: a view on T x H numbers, timestep by timestep.
 * @param {import("../shared/store.js").Film} film
 * @param {import("../shared/message.js").Snapshot} snapshot
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
 * @param {ArrayLike<number>} values (T, H) @param {number} timesteps @param {number} hidden
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
