/**
 * What outlives a mount within one page load: the data that the browser holds, and what the person chose. Everything
 * that changes it is here.
 *
 * @import {Chart, Snapshot, StageHeader} from "../shared/message.js"
 * @import {Film, Store} from "../shared/store.js"
 * @import {Action, Bounds, View} from "./view.js"
 *
 * @typedef {Object} State
 * @property {Store} store @property {View} view
 * @property {string | null} run that the view's epoch belongs to
 * @property {boolean} started the first picture has opened
 * @property {boolean} [toldLarge] what the app said last of the letters' size
 */

import { valuesOf } from "../lanes/lanes.js";
import { advance, openingAt, resized, timestep } from "../player/clock.js";
import { contentOf, createStore, receive, shownSnapshot } from "../shared/store.js";
import { largestMove, unitThatMoves } from "./moves.js";
import { act, createView, fitted, opened, toldSize } from "./view.js";

/** @param {boolean} playing @returns {State} */
export function createState(playing) {
  return { store: createStore(), view: createView(playing), run: null, started: false };
}

/**
 * A message. Answers the names of what is lacking.
 * @param {State} state @param {StageHeader} header @returns {string[]}
 */
export function take(state, header) {
  state.view = toldSize(state, header, state.view);
  const { lacks } = receive(state.store, header);
  return lacks;
}

/**
 * Of another run, and after a reload, the epoch is the one that the app knows of. Another window changes nothing.
 * @param {State} state @param {string} run
 */
export function takeRun(state, run) {
  if (state.run === run) return;
  state.run = run;
  state.view = { ...state.view, epoch: state.store.chosen[0] };
}

/** @param {State} state @param {Action} action @param {Bounds} bounds */
export function choose(state, action, bounds) {
  state.view = act(state.view, action, bounds);
}

/** The playhead stops on its timestep; the clock goes on from there. @param {State} state */
export function stand(state) {
  const { clock } = state.view;
  state.view = { ...state.view, clock: { ...clock, position: timestep(clock) } };
}

/** @param {State} state @param {number} milliseconds */
export function pass(state, milliseconds) {
  state.view = { ...state.view, clock: advance(state.view.clock, milliseconds) };
}

/** The same choice in a content of another size; without a snapshot there is nothing to fit to. @param {State} state */
export function fitView(state) {
  const { film, chart, status } = contentOf(state.store);
  const { snapshot } = shownSnapshot(film, state.view.epoch, status?.epoch);
  if (!film || !chart || !snapshot) return;
  if (!state.started) openOn(state, film, chart, snapshot);
  const [, layers, timesteps, hidden] = snapshot.activations.shape;
  state.view = fitted(state.view, timesteps, { layers, hidden });
}

/**
 * The first picture rests where something happens: on the window's largest move, and on the unit whose share of the
 * forecast changes most there. Where nothing plays by itself it stands there at once.
 * @param {State} state @param {Film} film @param {Chart} chart @param {Snapshot} snapshot
 */
function openOn(state, film, chart, snapshot) {
  const [, layers, timesteps] = snapshot.activations.shape;
  const { naive_price: prices, window_start: start } = film.meta;
  const target = largestMove(prices, chart.price[start - 1] ?? NaN, chart.unit.money);
  const unit = unitThatMoves(snapshot.head_weight, valuesOf(film, snapshot, "hidden_state", layers - 1), target);
  state.started = true;
  const clock = openingAt(resized(state.view.clock, timesteps), target);
  state.view = opened({ ...state.view, layer: layers - 1, unit, clock }, state.store.chosen);
}
