/**
 * What only the browser says about each cell: a file each. What everybody knows of it (its gates, their bounds, which one
 * keeps) is the row of lstm_core/network/cells.py, which comes with every message that names a cell.
 *
 * @typedef {Object} Row
 * @property {string} cell @property {string[]} activations in the order in which arrays hold them
 * @property {string[]} blocks in the order in which the weights' rows are stacked
 * @property {Record<string, [number, number]>} bounds of the activations
 * @property {string | null} keeps the gate that keeps a state @property {string[]} peepholes names of their weights
 * @property {{light: string, dark: string}} colours
 *
 * @typedef {Object} Cell
 * @property {string[]} words whose words it has, its own first
 * @property {Record<string, import("./equation.js").Equation>} equations in the order in which a timestep is computed
 * @property {Record<number, {worksOut: string, apart?: boolean}>} substeps those that work something out, from 0;
 *   apart: each product by itself before the sum
 * @property {Record<string, string>} said what its sentence says: name -> activation
 * @property {string[]} asked activations that "guess" asks about, in turn
 * @property {[string, string, number][]} clamps that are offered: word, activation, value
 * @property {import("./diagram_parts.js").Diagram} diagram
 */

import { GRU } from "./gru.js";
import { LSTM } from "./lstm.js";
import { PeepholeLSTM } from "./peephole_lstm.js";
import { RNN } from "./rnn.js";

/** @type {Record<string, Cell>} */
const CELLS = { LSTM, GRU, RNN, PeepholeLSTM };

/** @param {string} name @returns {Cell} */
export const cellOf = (name) => CELLS[name];

/** The row of the cell that is shown, also of a network whose film is yet to come. @param {any} content @returns {Row} */
export const rowIn = ({ film, status }) => film?.meta ?? status;

/** A word that some cells have in their own way; undefined where nobody has it. @param {Record<string, string>} words */
export function wordOf(words, key, cell) {
  const own = cellOf(cell)?.words.find((name) => `${key}_${name}` in words);
  return words[own ? `${key}_${own}` : key];
}

/** The state that remembers. @param {string} cell */
export const memoryOf = (cell) => ("cell_state" in cellOf(cell).equations ? "cell_state" : "hidden_state");
