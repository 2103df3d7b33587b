/**
 * Several sequences under one playhead: what is there at each timestep, what is told about it, and how the picture
 * changes from one action to the next. No DOM.
 *
 * @import {SequencesBody, Way} from "../shared/message.js"
 *
 * @typedef {SequencesBody & {id: string}} Batch
 * @typedef {{way: string, clock: import("../player/clock.js").Clock}} State
 */

/**
 * @import {BatchRow, Words} from "../shared/message.js"
 */

import { MOVES, resized } from "../player/clock.js";
import { fill, plain, scientific, signed } from "../shared/format.js";
import { unitOrder } from "../lanes/order.js";

/**
 * What is at a timestep of a row: the sequence's own value, padding that is run over, or nothing.
 * @param {BatchRow} row @param {Way} way @param {number} index @param {number} t
 */
export function kindAt(row, way, index, t) {
  if (t < row.length) return "value";
  return Number.isNaN(way.outputs[index * way.outputs.shape[1] + t]) ? "absent" : "padding";
}

/** How many sequences still have a value at a timestep. @param {number[]} lengths @param {number} t */
export function presentAt(lengths, t) {
  return lengths.filter((length) => length > t).length;
}

/** Output of a row at a timestep. @param {Way} way @param {number} row @param {number} t */
export const outputAt = (way, row, t) => way.outputs[row * way.outputs.shape[1] + t];

/** Hidden states of one row: a view on T x H numbers. @param {Way} way @param {number} row @returns {Float32Array} */
export function hiddenOf(way, row) {
  const [, timesteps, hidden] = way.hidden.shape;
  return way.hidden.subarray(row * timesteps * hidden, (row + 1) * timesteps * hidden);
}

/** Largest absolute hidden state of a row at a timestep. @param {Way} way @param {number} row @param {number} t */
export function largestAt(way, row, t) {
  return statesAt(way, row, t).reduce((most, each) => Math.max(most, Math.abs(each)), 0);
}

/**
 * By how much two rows differ at most at a timestep.
 * @param {Way} way @param {number} one @param {number} other @param {number} t
 */
export function apartAt(way, one, other, t) {
  const others = statesAt(way, other, t);
  return statesAt(way, one, t).reduce((most, each, unit) => Math.max(most, Math.abs(each - others[unit])), 0);
}

/** @param {Way} way @param {number} row @param {number} t */
function statesAt(way, row, t) {
  const hidden = way.hidden.shape[2];
  return hiddenOf(way, row).subarray(t * hidden, (t + 1) * hidden);
}

/** Which chunk a timestep is in, from 0. @param {number[]} boundaries @param {number} t */
export const chunkAt = (boundaries, t) => boundaries.filter((each) => each <= t).length;

/** The sentence under the lanes. @param {Batch} batch @param {Way} way @param {number} t */
export function readout(batch, way, t) {
  return batch.kind === "chunks" ? chunkReadout(batch, way, t) : lengthsReadout(batch, way, t);
}

/** @param {Batch} batch @param {Way} way @param {number} t */
function lengthsReadout({ lengths, rows, words }, way, t) {
  const present = presentAt(lengths, t);
  const count = lengths.length;
  // words: readout_one_by_one, readout_padded, readout_packed, readout_masked
  const sentence = fill(words[`readout_${way.name}`], { t: t + 1, present, count, padding: count - present, batch: way.batch_sizes?.[t] });
  const read = rows.filter((_, row) => way.read_at?.[row] === t).map((row) => row.name);
  return read.length ? `${sentence} ${fill(words.reads_here, { rows: read.join(", ") })}` : sentence;
}

/** @param {Batch} batch @param {Way} way @param {number} t */
function chunkReadout({ boundaries, rows, words }, way, t) {
  const [restarted, carried] = [rows.findIndex((row) => row.restarts), rows.findIndex((row) => !row.restarts)];
  /** @param {number} row @param {number} at */
  const largest = (row, at) => plain(at < 0 ? 0 : largestAt(way, row, at));
  return fill(words[boundaries.includes(t) ? "chunk_begins" : "chunk_within"], {
    t: t + 1,
    chunk: chunkAt(boundaries, t) + 1,
    carried: largest(carried, t),
    restarted: largest(restarted, t),
    carried_before: largest(carried, t - 1),
    restarted_before: largest(restarted, t - 1),
    apart: plain(apartAt(way, carried, restarted, t)),
  });
}

/**
 * Lines beside a row, the first in large letters.
 * @param {Batch} batch @param {Way} way @param {number} row @param {number} t @returns {string[]}
 */
export function beside({ rows, words, values }, way, row, t) {
  if (!way.read_at) {
    const [largest, output] = [plain(largestAt(way, row, t)), signed(outputAt(way, row, t))];
    const naive = signed(values[row * values.shape[1] + t]); // the next value is the one before
    return [fill(words.largest, { largest }), fill(words.says_next, { output }), fill(words.naive_next, { naive })];
  }
  const output = outputAt(way, row, way.read_at[row]);
  const target = rows[row].target;
  return [
    signed(output),
    fill(words.read_at, { t: way.read_at[row] + 1 }),
    ...(target === null ? [] : [fill(words.mean_is, { target: signed(target) })]),
    compared(output, way.reference?.[row] ?? NaN, words),
  ];
}

/**
 * Where rounding alone can make the difference, its power of ten is told.
 * @param {number} output @param {number} reference @param {Words} words
 */
function compared(output, reference, words) {
  const difference = Math.abs(output - reference);
  const told = difference < 1e-4 ? scientific(difference) : plain(difference);
  return fill(words[difference < 1e-4 ? "same" : "other"], { difference: told, reference: signed(reference) });
}

/**
 * What a row shows at a timestep, for who cannot see it.
 * @param {Batch} batch @param {Way} way @param {number} row @param {number} t
 */
export function describe({ rows, words }, way, row, t) {
  const values = { largest: plain(largestAt(way, row, t)), output: signed(outputAt(way, row, t)) };
  const state = fill(words[`alt_${kindAt(rows[row], way, row, t)}`], values);
  const [, T, H] = way.hidden.shape;
  return fill(words.alt_row, { name: rows[row].name, H, T, t: t + 1, state });
}

/** One scale for all strips: everything that is read or said fits, zero too. @param {Batch} batch @param {Way} way */
export function boundsOf(batch, way) {
  const targets = batch.rows.map((row) => row.target ?? 0);
  const numbers = [...batch.values, ...way.outputs, ...targets].filter(Number.isFinite);
  return { low: Math.min(0, ...numbers), high: Math.max(0, ...numbers) };
}

/**
 * One order of the units for all rows, so that they can be compared: by their correlation with the input over the
 * longest row. @param {Batch} batch @param {Way} way @returns {number[]}
 */
export function unitsOf({ rows, values }, way) {
  const timesteps = values.shape[1];
  const row = rows.reduce((longest, each, index) => (each.length > rows[longest].length ? index : longest), 0);
  const { length } = rows[row];
  const price = values.subarray(row * timesteps, row * timesteps + length);
  const hidden = hiddenOf(way, row).subarray(0, length * way.hidden.shape[2]);
  return unitOrder("correlation", { keep: null, hidden, weight: null, price });
}

/** The way chosen, or what one looks at first. @param {Batch} batch @param {State} state @returns {Way} */
export function wayOf({ ways, first }, { way }) {
  return /** @type {Way} */ (ways.find((each) => each.name === way) ?? ways.find((each) => each.name === first));
}

/**
 * @typedef {import("../stage/view.js").Action} Action of a clock, or the way: {type: "way", value: its name}
 * @param {State} state @param {Action} action @returns {State} unchanged where the action is not its own
 */
export function act(state, action) {
  if (action.type === "way") return { ...state, way: action.value };
  const move = MOVES[action.type];
  return move ? { ...state, clock: move(state.clock, action) } : state;
}

/** Another content under the same playhead. @param {State} state @param {Batch} batch @returns {State} */
export function fitted(state, batch) {
  return { ...state, clock: resized(state.clock, batch.values.shape[1]) };
}
