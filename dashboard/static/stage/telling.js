/**
 * What the stage tells the app: what was chosen, once it rests, and never the same thing twice in a row.
 *
 * @import {Pattern} from "../inside/pattern.js"
 * @import {Stage} from "./parts.js"
 *
 * @typedef {Object} Told
 * @property {string} epoch the last choice told, as JSON @property {string} place likewise
 * @property {string} clamps likewise @property {string} pattern that was last asked for
 * @property {ReturnType<typeof setTimeout>} [epochTimer] until something rests
 * @property {ReturnType<typeof setTimeout>} [placeTimer] likewise
 */

import { nearestIndex } from "../shared/fewer_points.js";
import { say } from "../shared/exchange.js";
import { contentOf } from "../shared/store.js";
import { clampsOf } from "../inside/inside.js";
import { showNextWindow } from "../chart/chart_view.js";
import { placeOf } from "./view.js";

const KEYS_REST = 150; // a held key asks for the epoch at which it comes to rest
const PLACE_RESTS = 500;

/** @returns {Told} */
export const nothingTold = () => ({ epoch: "", place: "", clamps: "", pattern: "" });

/** Nothing that waits is told any more. @param {Told} told */
export function tellNoMore({ epochTimer, placeTimer }) {
  clearTimeout(epochTimer);
  clearTimeout(placeTimer);
}

/** What is clamped, for a worker to count over the test part. @param {Stage} stage */
export function tellClamps({ shown, state, told, exchange }) {
  if (!shown?.content.film || !shown.original) return;
  const asked = JSON.stringify(clampsOf(shown.content.film, shown.original, state.view.tools.history));
  if (told.clamps === asked) return;
  told.clamps = asked;
  say(exchange, "clamps", { run: shown.content.film.meta.run, asked });
}

/** A pattern to be looked for in the whole series. @param {Stage} stage @param {Pattern | null} pattern */
export function tellPattern({ shown, told, exchange }, pattern) {
  if (!shown?.content.film) return;
  told.pattern = JSON.stringify(pattern);
  say(exchange, "pattern", { run: shown.content.film.meta.run, asked: told.pattern });
}

/** The day on which the window is to end. @param {Stage} stage @param {number} time milliseconds */
export function tellWindow({ shown, parts, exchange }, time) {
  if (!shown || !parts) return;
  const { chart, film } = shown.content;
  const length = film ? film.meta.target.length : 1;
  const end = Math.max(film ? film.meta.first_end : 0, length - 1, nearestIndex(chart.dates, time));
  const start = end - length + 1;
  if (film && film.meta.window_start !== start) showNextWindow(parts.chart, chart.dates[start], chart.dates[end]);
  say(exchange, "window", { chart: chart.id, end, at: Date.now() });
}

/** The epoch at the end of a scrub, told once. @param {Stage} stage @param {string} action */
export function tellEpochSoon(stage, action) {
  const { told } = stage;
  clearTimeout(told.epochTimer);
  told.epochTimer = setTimeout(
    () => {
      const choice = epochChoice(stage);
      if (!choice) return; // another window's is on its way; once it is here, the app is told
      const text = JSON.stringify(choice);
      if (told.epoch !== text) tellEpoch(stage);
      told.epoch = text;
    },
    action === "epochBy" ? KEYS_REST : 0,
  );
}

/** Unit, layer and timestep, for the link: told once they rest, never while something moves. @param {Stage} stage */
export function tellPlaceSoon(stage) {
  const { told, state, exchange } = stage;
  clearTimeout(told.placeTimer);
  told.placeTimer = setTimeout(() => {
    const { film } = contentOf(state.store);
    if (!film) return;
    const place = { run: film.meta.run, ...placeOf(state.view) };
    const text = JSON.stringify(place);
    if (told.place !== text) say(exchange, "place", place);
    told.place = text;
  }, PLACE_RESTS);
}

/** @param {Stage} stage */
export function tellEpoch(stage) {
  const choice = epochChoice(stage);
  if (choice) say(stage.exchange, "epoch", { ...choice, at: Date.now() });
}

/** @param {Stage} stage */
function epochChoice({ state }) {
  const { film } = contentOf(state.store);
  return film && { run: film.meta.run, epoch: state.view.epoch };
}
