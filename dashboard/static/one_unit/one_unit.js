/**
 * The smallest LSTM: one unit, twelve scalars, two companies. What it computes from the scalars shown, and how the page
 * changes from one action to the next. No DOM.
 *
 * @typedef {Float64Array} Scalars twelve: gates i, f, g, o (PyTorch's order) by (weight on x, weight on h, bias)
 * @typedef {{name: string, prices: number[], target: number, naive: number}} Company
 * @typedef {{id: string, epochs: number, scalars: Float64Array, losses: Float64Array, predictions: Float64Array}} Run
 *   epochs E; scalars (E + 1, 4, 3), losses (E + 1,), predictions (E + 1, companies)
 * @typedef {{epoch: number, edited: Scalars | null}} Shown
 * @typedef {Shown & {run: Run, past: Shown[], field: number | null, refused: number | null,
 *   company: number, day: number}} State
 *   past: what Undo goes back to; field: the scalar being typed; refused: the one whose last edit could not be used
 */

import { run } from "../cells/network.js";

/** As PyTorch stacks them. */
const BLOCKS = ["input_gate", "forget_gate", "candidate", "output_gate"];
export const LARGEST = 100;
const COLUMNS = 3;
const LIFE = 8000; // milliseconds in which all epochs run

/** @param {Run} run @param {number} epoch @returns {State} */
export function begin(run, epoch = run.epochs) {
  const chosen = { company: 1, day: 0 };
  return { run, epoch, edited: null, past: [], field: null, refused: null, ...chosen };
}

/** @param {State} state @returns {Scalars} those that every number on the page is computed from */
export function scalarsOf({ run, epoch, edited }) {
  return edited ?? run.scalars.subarray(epoch * 12, epoch * 12 + 12);
}

/** Which scalars differ from the trained ones. @param {State} state @returns {number[]} */
export function editedIn(state) {
  const trained = scalarsOf({ ...state, edited: null });
  return [...scalarsOf(state).keys()].filter((index) => scalarsOf(state)[index] !== trained[index]);
}

/** What was typed, or null where no scalar can be made of it. @param {string} text */
export function readScalar(text) {
  const value = text.trim() === "" ? NaN : Number(text);
  return Number.isFinite(value) && Math.abs(value) <= LARGEST ? value : null;
}

/**
 * @typedef {{type: "seek", value: number} | {type: "edit", index: number, text: string} | {type: "leave"}
 *   | {type: "undo"} | {type: "reset"} | {type: "look", company: number, day: number}} Action
 * @param {State} state @param {Action} action @returns {State}
 */
export function act(state, action) {
  return ACTIONS[action.type](state, action);
}

/** any: each row is called with its own action. @type {Record<string, (state: State, action: any) => State>} */
const ACTIONS = {
  seek: (state, { value }) => {
    const within = Math.max(0, Math.min(state.run.epochs, Math.round(value)));
    return { ...state, past: pastOf(state), epoch: within, edited: null, field: null, refused: null };
  },
  edit: (state, { index, text }) => {
    const value = readScalar(text);
    if (value === null) return { ...state, refused: index };
    const before = scalarsOf(state);
    if (before[index] === value) return { ...state, refused: null };
    const past = state.field === index ? state.past : [...state.past, shownIn(state)];
    return { ...state, edited: before.with(index, value), past, field: index, refused: null };
  },
  leave: (state) => ({ ...state, field: null, refused: null }),
  undo: (state) => {
    const before = state.past.at(-1);
    return before ? { ...state, ...before, past: state.past.slice(0, -1), field: null, refused: null } : state;
  },
  reset: (state) => ({ ...state, past: pastOf(state), edited: null, field: null, refused: null }),
  look: (state, { company, day }) => ({ ...state, company, day }),
};

/** @param {Shown} shown */
const shownIn = ({ epoch, edited }) => ({ epoch, edited });

/** Leaving edited scalars behind can be undone; leaving trained ones needs no undo. @param {State} state */
const pastOf = (state) => (state.edited ? [...state.past, shownIn(state)] : state.past);

/**
 * The unit over the days of one company, with the equations of network.js. Its prediction is its last hidden state.
 * @param {Scalars} scalars @param {number[]} prices
 * @returns {{days: import("../cells/moment.js").Moment[], prediction: number}}
 */
export function follow(scalars, prices) {
  const { activations, prediction } = run(networkOf(scalars), Float64Array.from(prices));
  /** @param {number} t */
  const at = (t) => Object.fromEntries(Object.entries(activations).map(([name, values]) => [name, values[t]]));
  const nothing = { cell_state: 0, hidden_state: 0 };
  const place = { cell: "LSTM", T: prices.length, layer: 0, unit: 0, layers: 1, hidden: 1 };
  const days = prices.map((price, t) => ({
    ...place,
    t,
    inputs: [price],
    now: at(t),
    before: t ? at(t - 1) : nothing,
  }));
  return { days: /** @type {any} only what the unit's picture reads of a moment */ (days), prediction: prediction[prices.length - 1] };
}

/** @param {Scalars} scalars @returns {import("../cells/network.js").Network} */
function networkOf(scalars) {
  /** @param {number} index */
  const column = (index) => Float64Array.from({ length: 4 }, (_, gate) => scalars[gate * COLUMNS + index]);
  const [weight_ih, weight_hh, bias_ih] = [column(0), column(1), column(2)];
  const layer = { weight_ih, weight_hh, bias_ih, bias_hh: new Float64Array(4) };
  return { cell: "LSTM", blocks: BLOCKS, layers: [layer], head_weight: Float64Array.of(1), head_bias: 0 };
}

/** Mean squared error over both companies. @param {number[]} predictions @param {number[]} targets */
export function lossOf(predictions, targets) {
  return predictions.reduce((sum, each, k) => sum + (each - targets[k]) ** 2, 0) / predictions.length;
}

/** Row of a gate among the scalars. @param {string} name */
export const rowOf = (name) => BLOCKS.indexOf(name) * COLUMNS;

/**
 * The epoch after some milliseconds of playing, and whether the last one is reached.
 * @param {number} from @param {number} milliseconds @param {number} epochs
 */
export function played(from, milliseconds, epochs) {
  const epoch = Math.min(epochs, from + (milliseconds * epochs) / LIFE);
  return { epoch, done: epoch >= epochs };
}
