/**
 * What only the browser says about each cell: a file each. What everybody knows of it (its gates, their bounds, which one
 * keeps) is the row of lstm_core/network/cells.py, which comes with every message that names a cell.
 *
 * @import {CellRow, FilmMeta, Words} from "../shared/message.js"
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

/**
 * The row of the cell that is shown, also of a network whose film is yet to come.
 * @param {{film?: {meta: FilmMeta} | null, status: CellRow}} content
 * @returns {CellRow & Partial<Pick<FilmMeta, "cell_state_bound">>}
 */
export const rowIn = ({ film, status }) => film?.meta ?? status;

/**
 * A word that some cells have in their own way; undefined where nobody has it.
 * @param {Words} words @param {string} key @param {string} cell
 */
export function wordOf(words, key, cell) {
  const own = cellOf(cell)?.words.find((name) => `${key}_${name}` in words);
  return words[own ? `${key}_${own}` : key];
}

/** The state that remembers. @param {string} cell */
export const memoryOf = (cell) => ("cell_state" in cellOf(cell).equations ? "cell_state" : "hidden_state");
