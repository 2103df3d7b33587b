/** Everything that is true at the playhead, for one unit of one layer: plain numbers, straight from the trace. */

/**
 * @import {DrawnSnapshot} from "../inside/what_if.js"
 * @import {Snapshot} from "../shared/message.js"
 * @import {Film} from "../shared/store.js"
 */

import { valuesOf } from "../lanes/lanes.js";

/**
 * @typedef {Object} Moment
 * @property {string} cell @property {string | null} keeps the gate that keeps a state
 * @property {number} t @property {number} T @property {number} layer @property {number} unit
 * @property {number} layers @property {number} hidden
 * @property {number[]} inputs x_t as the network saw it (D,)
 * @property {Record<string, number>} now activation name -> value of this unit at t
 * @property {Record<string, number>} before cell_state and hidden_state of this unit at t - 1 (0 before the first)
 * @property {number} prediction scaled @property {number} predictionPrice @property {number} naivePrice
 * @property {number} target scaled, NaN where unknown @property {number} targetPrice NaN where unknown
 * @property {number} date milliseconds of the timestep's day @property {number} nextDate of the next, NaN where unknown
 * @property {number} firstPrice of the window @property {number} price on the day @property {number} priceBefore on the day before, NaN where unknown
 * @property {Set<string>} clamped activations of this unit that somebody has clamped at a value
 * @property {boolean} supposed a day up to the predicted one has another value than it had: what came belongs to
 *   another course of the series, so `target` and `targetPrice` are NaN
 */

/**
 * @param {import("../shared/store.js").Film} film @param {DrawnSnapshot} snapshot
 * @param {{layer: number, unit: number}} view @param {number} t @param {Float64Array} dates of the series
 * @param {ArrayLike<number>} [prices] of the series, for the day before the window
 * @returns {Moment}
 */
export function momentAt(film, snapshot, view, t, dates, prices = []) {
  const { meta } = film;
  const [, layers, T, hidden] = snapshot.activations.shape;
  const features = snapshot.inputs.shape[1];
  /** @param {string} name @param {number} step */
  const at = (name, step) => (step < 0 ? 0 : valuesOf(film, snapshot, name, view.layer)[step * hidden + view.unit]);
  const today = snapshot.naive_price ?? meta.naive_price; // naive says what the day's price is
  const states = meta.activations.filter((name) => name.endsWith("_state"));
  const supposed = (snapshot.supposed_from ?? Infinity) <= t + 1;
  return {
    ...{ cell: meta.cell, keeps: meta.keeps, t, T, layers, hidden, layer: view.layer, unit: view.unit },
    inputs: [...snapshot.inputs.subarray(t * features, (t + 1) * features)],
    now: Object.fromEntries(meta.activations.map((name) => [name, at(name, t)])),
    before: Object.fromEntries(states.map((name) => [name, at(name, t - 1)])),
    prediction: snapshot.prediction[t],
    predictionPrice: snapshot.prediction_price[t],
    naivePrice: today[t],
    firstPrice: today[0],
    price: today[t],
    priceBefore: (t ? today[t - 1] : prices[meta.window_start - 1]) ?? NaN,
    target: supposed ? NaN : meta.target[t],
    targetPrice: supposed ? NaN : meta.target_price[t],
    date: dates[meta.window_start + t],
    nextDate: dates[meta.window_start + t + 1] ?? NaN,
    clamped: clampedAt(snapshot.clamps ?? [], view),
    supposed,
  };
}

/**
 * What is clamped of one unit.
 * @param {import("./network.js").Clamp[]} clamps @param {{layer: number, unit: number}} place
 */
const clampedAt = (clamps, place) =>
  new Set(clamps.filter((clamp) => [null, place.layer].includes(clamp.layer) && [null, place.unit].includes(clamp.unit)).map((clamp) => clamp.name));

/**
 * A snapshot's activations by name, whole: what `termsOf` reads.
 * @param {Film} film @param {Snapshot} snapshot @returns {import("./network.js").Run}
 */
export function runOf(film, snapshot) {
  const [, layers, timesteps, hidden] = snapshot.activations.shape;
  const size = layers * timesteps * hidden;
  /** @param {number} index */
  const part = (index) => snapshot.activations.subarray(index * size, (index + 1) * size);
  const activations = Object.fromEntries(film.meta.activations.map((name, index) => [name, part(index)]));
  return { shape: [layers, timesteps, hidden], activations, prediction: snapshot.prediction };
}

/**
 * The last layer's hidden state at t, all units: what the head reads.
 * @param {Film} film @param {Snapshot} snapshot @param {number} t
 */
export function headInput(film, snapshot, t) {
  const [, layers, , hidden] = snapshot.activations.shape;
  return valuesOf(film, snapshot, "hidden_state", layers - 1).subarray(t * hidden, (t + 1) * hidden);
}
