/**
 * "Inside the cell": what follows from the weights and the person's experiment, worked out anew only where something
 * that it hangs on has changed.
 */

import { experimentFrame, isUntouched, windowValues } from "./what_if.js";
import { nextQuestion } from "./guess.js";
import { valuesOf } from "../lanes/lanes.js";
import { keepingGate, unitOrder } from "../lanes/order.js";
import { priceScale } from "../lanes/strips_view.js";
import { halfLives, survival } from "../cells/survival.js";

/**
 * The scene with only those answers that belong to the frame shown.
 * @param {any} scene @param {number | null} shown epoch
 */
export function fitting(scene, shown) {
  const meta = scene.film?.meta;
  const ofRun = (each) => (each && meta && each.run === meta.run && each.epoch === shown ? each : null);
  const explanation = ofRun(scene.explanation);
  return {
    ...scene,
    network: ofRun(scene.network),
    held_test: ofRun(scene.held_test),
    matches: ofRun(scene.matches),
    explanation: explanation?.film === meta?.id ? explanation : null,
  };
}

/** The frame that is drawn: the server's, or the one that the experiment makes of it. @param {any} stage */
export function experimented(stage, frame) {
  const { scene, held } = stage;
  const { history } = held.view.lab;
  if (held.store.page !== "inside" || !scene.network || isUntouched(history)) return { frame, key: "" };
  const holds = holdsOf(scene.film, frame, history);
  const experiment = { edits: history.now.edits, holds };
  const key = JSON.stringify([scene.film.meta.id, frame.epoch, held.store.sections.network.revision, experiment]);
  if (stage.whatIf?.key !== key) {
    stage.whatIf = { key, frame: experimentFrame(scene.network, scene.film, frame, scene.chart.price, experiment) };
  }
  return stage.whatIf;
}

/** Those holds that this network has a place for: one of another cell or size stays remembered, and does nothing. */
export function holdsOf(film, frame, history) {
  const [, layers, , hidden] = frame.activations.shape;
  return history.now.holds.filter((hold) => fits(hold, film.meta, layers, hidden));
}

const fits = ({ name, layer, unit }, { activations }, layers, hidden) =>
  activations.includes(name) && (layer ?? 0) < layers && (unit ?? 0) < hidden;

/** Everything that the page's rows and tools draw from. @param {any} stage @param {string} frameKey */
export function prepareInside(stage, frameKey) {
  const { scene, held, frame, bounds } = stage;
  const { lab, layer } = held.view;
  stage.inside = held.store.page === "inside";
  stage.order = cached(stage, "order", [frameKey, layer, stage.inside && lab.order], () => orderOf(stage));
  bounds.order = stage.order;
  stage.explanation = scene.explanation;
  stage.memory = stage.inside ? cached(stage, "memory", [frameKey, layer, lab.written], () => memoryOf(stage)) : null;
  stage.price = stage.inside ? cached(stage, "price", [frameKey], () => priceOf(stage)) : null;
  stage.orders = { lane: stage.order, ...(stage.memory ? { memory: stage.memory.order } : {}) };
  stage.insideKey = [stage.inside, lab.order, lab.written, lab.scale, held.store.sections.explanation?.revision];
  if (!frame) stage.memory = stage.price = null;
}

/** The last result, while what it hangs on is the same. */
function cached(stage, name, dependencies, work) {
  stage.results ??= {};
  const key = JSON.stringify(dependencies);
  if (stage.results[name]?.key !== key) stage.results[name] = { key, value: work() };
  return stage.results[name].value;
}

function orderOf({ scene, held, frame, bounds, inside }) {
  const units = Array.from({ length: bounds.hidden }, (_, unit) => unit);
  if (!frame || !inside) return units;
  const { layer, lab } = held.view;
  const { film, chart } = scene;
  const timesteps = frame.activations.shape[2];
  const keep = keepingGate(film.meta.activations);
  return unitOrder(lab.order, {
    keep: keep ? valuesOf(film, frame, keep, layer) : null,
    hidden: valuesOf(film, frame, "hidden_state", layer),
    weight: layer === bounds.layers - 1 ? frame.head_weight : null,
    price: windowValues(chart.price, film.meta.window_start, timesteps, lab.history.now.edits),
  });
}

/** A memory begins at the window's largest input unless somebody chose another day. */
function memoryOf({ scene, held, frame, bounds }) {
  const gate = keepingGate(scene.film?.meta.activations ?? []);
  if (!frame || !gate) return null;
  const { layer, lab } = held.view;
  const forget = valuesOf(scene.film, frame, gate, layer);
  const timesteps = frame.activations.shape[2];
  const written = Math.min(timesteps - 1, lab.written ?? largestInput(frame));
  const lives = halfLives(forget, bounds.hidden);
  const order = Array.from(lives.keys()).sort((a, b) => lives[b] - lives[a] || a - b);
  return { written, lives, order, left: survival(forget, bounds.hidden, written) };
}

function largestInput({ inputs }) {
  const [timesteps, width] = inputs.shape;
  let found = 0;
  for (let t = 1; t < timesteps; t++) if (Math.abs(inputs[t * width]) > Math.abs(inputs[found * width])) found = t;
  return found;
}

/** The window's values as they are and as they were. While a day is dragged the scale stands still. */
function priceOf(stage) {
  const { scene, held, frame } = stage;
  if (!frame) return null;
  const { window_start: start } = scene.film.meta;
  const timesteps = frame.activations.shape[2];
  const was = windowValues(scene.chart.price, start, timesteps);
  const values = windowValues(scene.chart.price, start, timesteps, held.view.lab.history.now.edits);
  const scale = stage.dragging && stage.price ? stage.price.scale : priceScale([was, values]);
  return { was, values, scale };
}

const ASKED = {
  LSTM: ["forget_gate", "input_gate", "output_gate"],
  GRU: ["update_gate", "reset_gate"],
  RNN: ["hidden_state"],
};

/** The next question of "guess", with the truth in it. @param {any} stage @returns {import("./guess.js").Question | null} */
export function questionFor({ scene, frame, held, bounds }, t) {
  const { film } = scene;
  const { layer, unit, lab } = held.view;
  const [timesteps, width] = frame.inputs.shape;
  const first = Array.from({ length: timesteps }, (_, at) => frame.inputs[at * width]);
  const of = (name) => {
    const values = valuesOf(film, frame, name, layer);
    return (step) => values[step * bounds.hidden + unit];
  };
  const asked = Object.fromEntries(ASKED[film.meta.cell].map((name) => [name, of(name)]));
  const next = nextQuestion(first, t, asked, lab.guess.answered);
  return next && { ...next, unit, layer };
}
