/**
 * What the person has chosen: clock, layer, unit, age of the network. One reducer, no DOM.
 *
 * @typedef {Object} View
 * @property {import("../player/clock.js").Clock} clock
 * @property {number} layer
 * @property {number} unit
 * @property {number | null} epoch the epoch scrubbed to; null: the one that is judged, the newest while it learns
 * @property {boolean} large
 * @property {string | null} span of the chart, one of SPANS; null after a zoom by hand
 * @property {number} presses of a span's button: each takes back what was zoomed by hand
 * @property {string[]} open rows @property {string} tab that a phone shows
 * @property {import("../inside/tool_state.js").ToolState} tools
 *
 * @typedef {{type: string, value?: any, by?: number}} Action value is any: each row of ACTIONS says what it takes
 * @typedef {{layers: number, hidden: number}} Size
 * @typedef {Size & {epochs: number[], shown: number | null, followed?: number | null, order?: number[]}} Bounds
 *   epochs that can be chosen; the one shown, and the one shown to those who choose none; units from top to bottom
 */

import { MOVES, createClock, pause, resized, seek, timestep } from "../player/clock.js";
import { actOnTools, createTools } from "../inside/tool_state.js";

/** @param {boolean} playing @returns {View} */
export function createView(playing) {
  const picture = { span: "window", presses: 0, open: [], tab: "rows" };
  return { clock: createClock(1, playing), layer: 0, unit: 0, epoch: null, large: false, ...picture, tools: createTools() };
}

/**
 * The same choice in a content of another size.
 * @param {View} view
 * @param {number} length
 * @param {Size} bounds
 * @returns {View}
 */
export function fitted(view, length, bounds) {
  return {
    ...view,
    clock: resized(view.clock, length),
    layer: clamp(view.layer, bounds.layers),
    unit: clamp(view.unit, bounds.hidden),
  };
}

/** @param {View} view @param {Action} action @param {Bounds} bounds @returns {View} */
export function act(view, action, bounds) {
  const move = MOVES[action.type];
  if (move) return { ...view, clock: move(view.clock, action) };
  const change = ACTIONS[action.type];
  return change ? { ...view, ...change(view, action, bounds) } : inLab(view, action);
}

/** What a link carries of the view; no timestep while it plays. @param {View} view */
export function placeOf({ unit, layer, clock }) {
  return { unit, layer, timestep: clock.playing ? null : timestep(clock) };
}

/**
 * The view that somebody left or sent; what is null stays as it is.
 * @param {View} view @param {(number | null)[]} chosen epoch, unit, layer, timestep @returns {View}
 */
export function opened(view, [, unit, layer, step]) {
  const clock = step === null ? view.clock : seek(pause(view.clock), step);
  return { ...view, unit: unit ?? view.unit, layer: layer ?? view.layer, clock };
}

/** Whoever tries something wants to look at it: the clock stands still. @param {View} view @param {Action} action */
function inLab(view, action) {
  const tools = actOnTools(view.tools, action);
  const stands = ["edit", "clamp", "ask"].includes(action.type);
  return tools === view.tools ? view : { ...view, tools, clock: stands ? pause(view.clock) : view.clock };
}

/** any: each row is called with its own action. @type {Record<string, (view: View, action: any, bounds: Bounds) => Partial<View>>} */
const ACTIONS = {
  layer: (view, { value }, bounds) => ({ layer: clamp(value, bounds.layers) }),
  unit: (view, { value }, bounds) => ({ unit: clamp(value, bounds.hidden) }),
  place: (view, { value }, bounds) => ({
    layer: clamp(value.layer, bounds.layers),
    unit: clamp(value.unit, bounds.hidden),
  }),
  unitBy: (view, { by }, bounds) => ({ unit: neighbourUnit(view.unit, by, bounds) }),
  epoch: (view, { value }, bounds) => ({ epoch: chosenEpoch(value, bounds) }),
  epochBy: (view, { by }, bounds) => ({ epoch: neighbourEpoch(view.epoch, by, bounds) }),
  live: () => ({ epoch: null }),
  large: (view) => ({ large: !view.large }),
  span: ({ presses }, { value }) => ({ span: value, presses: presses + Number(value !== null) }),
  open: ({ open }, { value, by }) => ({ open: [...open.filter((name) => name !== value), ...(by ? [value] : [])] }),
  tab: (_, { value }) => ({ tab: value }),
};

/**
 * The size of the letters is the page's: what the app says holds from the moment on at which it says something else
 * than before. In between a press on the stage shows at once.
 * @param {{toldLarge?: boolean}} state @param {{large?: boolean}} header @param {View} view
 */
export function toldSize(state, { large = false }, view) {
  if (state.toldLarge === large) return view;
  state.toldLarge = large;
  return { ...view, large };
}

/** Up and down go along the rows as they are drawn. @param {number} unit @param {number} by @param {Bounds} bounds */
function neighbourUnit(unit, by, { order, hidden }) {
  const row = order ? order.indexOf(unit) : unit;
  const next = clamp(row + by, hidden);
  return order ? order[next] : next;
}

/**
 * Whoever scrubs to the epoch that is shown to those who choose none has chosen none.
 * @param {number} value @param {Bounds} bounds
 */
function chosenEpoch(value, { epochs, followed = epochs[epochs.length - 1] }) {
  return value === followed ? null : value;
}

/**
 * From the one chosen: the one that is shown meanwhile may lag behind it.
 * @param {number | null} chosen @param {number} by @param {Bounds} bounds
 */
function neighbourEpoch(chosen, by, bounds) {
  const { epochs, shown } = bounds;
  const from = chosen !== null && epochs.includes(chosen) ? chosen : shown;
  const index = Math.max(0, Math.min(epochs.length - 1, epochs.findIndex((epoch) => epoch === from) + by));
  return epochs.length ? chosenEpoch(epochs[index], bounds) : null;
}

/** @param {number} value @param {number} count */
function clamp(value, count) {
  return Math.max(0, Math.min(count - 1, value));
}
