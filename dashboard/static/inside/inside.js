/**
 * "Inside the cell": what follows from the weights and the person's experiment, worked out anew only where something
 * that it hangs on has changed.
 */

import { cellOf } from "../cells/cells.js";
import { experimentSnapshot, isUntouched, windowValues } from "./what_if.js";
import { nextQuestion } from "./guess.js";
import { valuesOf } from "../lanes/lanes.js";
import { unitOrder } from "../lanes/order.js";
import { priceScale } from "../lanes/strips_view.js";
import { halfLives, survival } from "../cells/survival.js";

/**
 * The content with only those answers that belong to the snapshot shown.
 * @param {any} content @param {number | null} shown epoch
 */
export function fitting(content, shown) {
  const meta = content.film?.meta;
  const ofRun = (each) => (each && meta && each.run === meta.run && each.epoch === shown ? each : null);
  const explanation = ofRun(content.explanation);
  return {
    ...content,
    network: ofRun(content.network),
    clamped_test: ofRun(content.clamped_test),
    matches: ofRun(content.matches),
    explanation: explanation?.film === meta?.id ? explanation : null,
  };
}

/** The snapshot that is drawn: the server's, or the one that the experiment makes of it. @param {any} stage */
export function experimented(stage, snapshot) {
  const { content, state } = stage;
  const { history } = state.view.tools;
  if (state.store.page !== "inside" || !content.network || isUntouched(history)) return { snapshot, key: "" };
  const clamps = clampsOf(content.film, snapshot, history);
  const experiment = { edits: history.now.edits, clamps };
  const key = JSON.stringify([content.film.meta.id, snapshot.epoch, state.store.sections.network.revision, experiment]);
  if (stage.whatIf?.key !== key) {
    stage.whatIf = { key, snapshot: experimentSnapshot(content.network, content.film, snapshot, content.chart.price, experiment) };
  }
  return stage.whatIf;
}

/** Those clamps that this network has a place for: one of another cell or size stays remembered, and does nothing. */
export function clampsOf(film, snapshot, history) {
  const [, layers, , hidden] = snapshot.activations.shape;
  return history.now.clamps.filter((clamp) => fits(clamp, film.meta, layers, hidden));
}

const fits = ({ name, layer, unit }, { activations }, layers, hidden) =>
  activations.includes(name) && (layer ?? 0) < layers && (unit ?? 0) < hidden;

/** Everything that the page's rows and tools draw from. @param {any} stage @param {string} snapshotKey */
export function prepareInside(stage, snapshotKey) {
  const { content, state, snapshot, bounds } = stage;
  const { tools, layer } = state.view;
  stage.inside = state.store.page === "inside";
  stage.order = cached(stage, "order", [snapshotKey, layer, stage.inside && tools.order], () => orderOf(stage));
  bounds.order = stage.order;
  stage.explanation = content.explanation;
  stage.memory = stage.inside ? cached(stage, "memory", [snapshotKey, layer, tools.written], () => memoryOf(stage)) : null;
  stage.price = stage.inside ? cached(stage, "price", [snapshotKey], () => priceOf(stage)) : null;
  stage.orders = { lane: stage.order, ...(stage.memory ? { memory: stage.memory.order } : {}) };
  stage.insideKey = [stage.inside, tools.order, tools.written, tools.scale, state.store.sections.explanation?.revision];
  if (!snapshot) stage.memory = stage.price = null;
}

/** The last result, while what it hangs on is the same. */
function cached(stage, name, dependencies, work) {
  stage.results ??= {};
  const key = JSON.stringify(dependencies);
  if (stage.results[name]?.key !== key) stage.results[name] = { key, value: work() };
  return stage.results[name].value;
}

function orderOf({ content, state, snapshot, bounds, inside }) {
  const units = Array.from({ length: bounds.hidden }, (_, unit) => unit);
  if (!snapshot || !inside) return units;
  const { layer, tools } = state.view;
  const { film, chart } = content;
  const timesteps = snapshot.activations.shape[2];
  const { keeps } = film.meta;
  return unitOrder(tools.order, {
    keep: keeps ? valuesOf(film, snapshot, keeps, layer) : null,
    hidden: valuesOf(film, snapshot, "hidden_state", layer),
    weight: layer === bounds.layers - 1 ? snapshot.head_weight : null,
    price: windowValues(chart.price, film.meta.window_start, timesteps, tools.history.now.edits),
  });
}

/** A memory begins at the window's largest input unless somebody chose another day. */
function memoryOf({ content, state, snapshot, bounds }) {
  const gate = content.film?.meta.keeps;
  if (!snapshot || !gate) return null;
  const { layer, tools } = state.view;
  const forget = valuesOf(content.film, snapshot, gate, layer);
  const timesteps = snapshot.activations.shape[2];
  const written = Math.min(timesteps - 1, tools.written ?? largestInput(snapshot));
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
  const { content, state, snapshot } = stage;
  if (!snapshot) return null;
  const { window_start: start } = content.film.meta;
  const timesteps = snapshot.activations.shape[2];
  const was = windowValues(content.chart.price, start, timesteps);
  const values = windowValues(content.chart.price, start, timesteps, state.view.tools.history.now.edits);
  const scale = stage.dragging && stage.price ? stage.price.scale : priceScale([was, values]);
  return { was, values, scale };
}

/** The next question of "guess", with the truth in it. @param {any} stage @returns {import("./guess.js").Question | null} */
export function questionFor({ content, snapshot, state, bounds }, t) {
  const { film } = content;
  const { layer, unit, tools } = state.view;
  const [timesteps, width] = snapshot.inputs.shape;
  const first = Array.from({ length: timesteps }, (_, at) => snapshot.inputs[at * width]);
  const of = (name) => {
    const values = valuesOf(film, snapshot, name, layer);
    return (step) => values[step * bounds.hidden + unit];
  };
  const asked = Object.fromEntries(cellOf(film.meta.cell).asked.map((name) => [name, of(name)]));
  const next = nextQuestion(first, t, asked, tools.guess.answered);
  return next && { ...next, unit, layer };
}
