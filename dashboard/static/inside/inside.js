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
 * @import {Explanation, Snapshot, FilmMeta} from "../shared/message.js"
 * @import {Film, WholeContent} from "../shared/store.js"
 * @import {Composed} from "../stage/parts.js"
 * @import {State} from "../stage/state.js"
 * @import {Clamp, DrawnSnapshot, History} from "./what_if.js"
 *
 * @typedef {{was: Float64Array, values: Float64Array, scale: [number, number]}} Price
 *   (T,) the window's values as they were and as they are; lowest and highest of the row
 * @typedef {{written: number, lives: Float64Array, order: number[], left: Float64Array}} Memory
 *   since which timestep; (H,) half-lives; units, the longest first; (T, H) what is left
 * @typedef {Object} Prepared
 * @property {boolean} inside the page has the tools
 * @property {number[]} order (H,) units from top to bottom @property {Record<string, number[]>} orders by kind of row
 * @property {Explanation | null} explanation @property {Memory | null} memory @property {Price | null} price
 * @property {unknown[]} insideKey changes with whatever the lanes hang on
 *
 * @typedef {Object} Results the last ones, each with the key of all that it hangs on
 * @property {{key: string, value: number[]} | null} order @property {{key: string, value: Memory | null} | null} memory
 * @property {{key: string, value: Price | null} | null} price
 * @property {{key: string, value: DrawnSnapshot} | null} whatIf
 * @typedef {Pick<Composed, "content" | "snapshot" | "bounds"> & {state: Pick<State, "view" | "store">}} Basis
 */

/** @returns {Results} */
export const noResults = () => ({ order: null, memory: null, price: null, whatIf: null });

/**
 * The content with only those answers that belong to the snapshot shown.
 * @param {WholeContent} content @param {number | null} shown epoch @returns {WholeContent}
 */
export function fitting(content, shown) {
  const meta = content.film?.meta;
  /** @template {{run: string, epoch: number}} Answer @param {Answer | null} each */
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

/**
 * The snapshot that is drawn: the server's, or the one that the experiment makes of it.
 * @param {Results} results @param {WholeContent} content @param {Pick<State, "view" | "store">} state @param {Snapshot} snapshot
 * @returns {{snapshot: DrawnSnapshot, key: string}}
 */
export function experimented(results, content, state, snapshot) {
  const { history } = state.view.tools;
  const { film, network, chart } = content;
  if (state.store.page !== "inside" || !film || !network || isUntouched(history)) return { snapshot, key: "" };
  const clamps = clampsOf(film, snapshot, history);
  const experiment = { edits: history.now.edits, clamps };
  const key = JSON.stringify([film.meta.id, snapshot.epoch, state.store.sections.network?.revision, experiment]);
  const made = cached(results, "whatIf", key, () => experimentSnapshot(network, film, snapshot, chart.price, experiment));
  return { snapshot: made, key };
}

/**
 * Those clamps that this network has a place for: one of another cell or size stays remembered, and does nothing.
 * @param {Film} film @param {Snapshot} snapshot @param {History} history
 */
export function clampsOf(film, snapshot, history) {
  const [, layers, , hidden] = snapshot.activations.shape;
  return history.now.clamps.filter((clamp) => fits(clamp, film.meta, layers, hidden));
}

/** @param {Clamp} clamp @param {FilmMeta} meta @param {number} layers @param {number} hidden */
const fits = ({ name, layer, unit }, { activations }, layers, hidden) =>
  activations.includes(name) && (layer ?? 0) < layers && (unit ?? 0) < hidden;

/**
 * Everything that the page's rows and tools draw from.
 * @param {Results} results @param {Basis} basis @param {string} snapshotKey
 * @param {boolean} [dragging] while a day is dragged the price's scale stands still
 * @returns {Prepared}
 */
export function prepareInside(results, basis, snapshotKey, dragging = false) {
  const { content, state, snapshot } = basis;
  const { tools, layer } = state.view;
  const inside = state.store.page === "inside";
  const keyOf = (/** @type {unknown[]} */ ...dependencies) => JSON.stringify([snapshotKey, ...dependencies]);
  const order = cached(results, "order", keyOf(layer, inside && tools.order), () => orderOf(basis, inside));
  const memory = inside ? cached(results, "memory", keyOf(layer, tools.written), () => memoryOf(basis)) : null;
  const scale = dragging ? results.price?.value?.scale : undefined;
  const price = inside ? cached(results, "price", keyOf(), () => priceOf(basis, scale)) : null;
  return {
    ...{ inside, order, explanation: content.explanation },
    ...{ memory: snapshot && memory, price: snapshot && price },
    orders: { lane: order, ...(memory ? { memory: memory.order } : {}) },
    insideKey: [inside, tools.order, tools.written, tools.scale, state.store.sections.explanation?.revision],
  };
}

/**
 * The last result, while what it hangs on is the same.
 * @template {keyof Results} Name
 * @param {Results} results @param {Name} name @param {string} key
 * @param {() => NonNullable<Results[Name]>["value"]} work @returns {NonNullable<Results[Name]>["value"]}
 */
function cached(results, name, key, work) {
  const held = results[name];
  if (held?.key === key) return held.value;
  const value = work();
  Object.assign(results, { [name]: { key, value } });
  return value;
}

/** @param {Basis} basis @param {boolean} inside */
function orderOf({ content, state, snapshot, bounds }, inside) {
  const units = Array.from({ length: bounds.hidden }, (_, unit) => unit);
  const { film, chart } = content;
  if (!film || !snapshot || !inside) return units;
  const { layer, tools } = state.view;
  const timesteps = snapshot.activations.shape[2];
  const { keeps } = film.meta;
  return unitOrder(tools.order, {
    keep: keeps ? valuesOf(film, snapshot, keeps, layer) : null,
    hidden: valuesOf(film, snapshot, "hidden_state", layer),
    weight: layer === bounds.layers - 1 ? snapshot.head_weight : null,
    price: windowValues(chart.price, film.meta.window_start, timesteps, tools.history.now.edits),
  });
}

/**
 * A memory begins at the window's largest input unless somebody chose another day.
 * @param {Basis} basis @returns {Memory | null}
 */
function memoryOf({ content, state, snapshot, bounds }) {
  const { film } = content;
  const gate = film?.meta.keeps;
  if (!film || !snapshot || !gate) return null;
  const { layer, tools } = state.view;
  const forget = valuesOf(film, snapshot, gate, layer);
  const timesteps = snapshot.activations.shape[2];
  const written = Math.min(timesteps - 1, tools.written ?? largestInput(snapshot));
  const lives = halfLives(forget, bounds.hidden);
  const order = Array.from(lives.keys()).sort((a, b) => lives[b] - lives[a] || a - b);
  return { written, lives, order, left: survival(forget, bounds.hidden, written) };
}

/** @param {Snapshot} snapshot */
function largestInput({ inputs }) {
  const [timesteps, width] = inputs.shape;
  let found = 0;
  for (let t = 1; t < timesteps; t++) if (Math.abs(inputs[t * width]) > Math.abs(inputs[found * width])) found = t;
  return found;
}

/**
 * The window's values as they are and as they were.
 * @param {Basis} basis @param {[number, number]} [standing] the scale that stays @returns {Price | null}
 */
function priceOf({ content, state, snapshot }, standing) {
  if (!content.film || !snapshot) return null;
  const { window_start: start } = content.film.meta;
  const timesteps = snapshot.activations.shape[2];
  const was = windowValues(content.chart.price, start, timesteps);
  const values = windowValues(content.chart.price, start, timesteps, state.view.tools.history.now.edits);
  return { was, values, scale: standing ?? priceScale([was, values]) };
}

/**
 * The next question of "guess", with the truth in it.
 * @param {Basis} basis @param {number} t @returns {import("./guess.js").Question | null}
 */
export function questionFor({ content, snapshot, state, bounds }, t) {
  const { film } = content;
  if (!film || !snapshot) return null;
  const { layer, unit, tools } = state.view;
  const [timesteps, width] = snapshot.inputs.shape;
  const first = Array.from({ length: timesteps }, (_, at) => snapshot.inputs[at * width]);
  const of = (/** @type {string} */ name) => {
    const values = valuesOf(film, snapshot, name, layer);
    return (/** @type {number} */ step) => values[step * bounds.hidden + unit];
  };
  const asked = Object.fromEntries(cellOf(film.meta.cell).asked.map((name) => [name, of(name)]));
  const next = nextQuestion(first, t, asked, tools.guess.answered);
  return next && { ...next, unit, layer };
}
