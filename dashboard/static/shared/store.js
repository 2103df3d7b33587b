/**
 * What the browser holds: the newest revision of each section, and the snapshots of the last few films, by epoch.
 * A message brings only what changed, and names all; `receive` says what changed and names what is not here.
 */

import { wordsOfSteps } from "./step_words.js";

const SECTIONS = [
  "words",
  "chart",
  "predictions",
  "forecast",
  "losses",
  "verdict",
  "network",
  "explanation",
  "clamped_test",
  "matches",
  "status",
];
const FILMS_HELD = 4;
const FRAMES_BYTES = 128 * 2 ** 20;

/**
 * @typedef {Object} Snapshot
 * @property {number} epoch
 * @property {Float32Array & {shape: number[]}} inputs (T, D)
 * @property {Float32Array & {shape: number[]}} activations (A, L, T, H)
 * @property {Float32Array} prediction (T,)
 * @property {Float64Array} prediction_price (T,)
 * @property {Float32Array} head_weight (H,)
 * @property {number} head_bias
 *
 * @typedef {Object} Film
 * @property {Record<string, any>} meta
 * @property {string} revision
 * @property {Map<number, Snapshot>} snapshots by epoch
 * @property {number[]} toCome epochs of snapshots that follow in a moment
 *
 * @typedef {ReturnType<typeof createStore>} Store
 */

export function createStore() {
  return {
    /** @type {Record<string, {revision: string, body: any} | null>} */ sections: {},
    /** @type {Map<string, Film>} */ films: new Map(),
    /** @type {string | null} */ filmId: null,
    page: "forecast",
    /** Epoch, unit, layer and timestep that the app knows of; null: none chosen. @type {(number | null)[]} */
    chosen: [null, null, null, null],
    /** @type {[number, number] | null} first step and length, also without a film */ window: null,
    messages: 0,
  };
}

/**
 * @param {Store} store
 * @param {Record<string, any>} header
 * @returns {{changed: Set<string>, lacks: string[]}}
 */
export function receive(store, header) {
  const changed = new Set();
  const lacks = [];
  for (const name of SECTIONS) takeSection(store, name, header[name], changed, lacks);
  takeFilm(store, header.film, changed, lacks);
  store.page = header.page;
  store.chosen = header.chosen ?? store.chosen;
  store.window = header.window ?? null;
  return { changed, lacks };
}

/**
 * What there is to show now.
 * @param {Store} store
 * @returns {Record<string, any>} body by section, null where there is none; `film` is a Film
 */
export function contentOf(store) {
  const film = store.filmId === null ? undefined : store.films.get(store.filmId);
  const bodies = Object.fromEntries(SECTIONS.map((name) => [name, store.sections[name]?.body ?? null]));
  const { words, chart } = bodies;
  if (words && chart) bodies.words = wordsOfSteps(words, chart.step);
  return { ...bodies, film: film && film.snapshots.size ? film : null };
}

/** Held epochs, rising. @param {Film | null} film @returns {number[]} */
export function epochsOf(film) {
  return film ? [...film.snapshots.keys()].sort((a, b) => a - b) : [];
}

/** Those that can be chosen, rising: held, or about to come. @param {Film | null} film @returns {number[]} */
export function choosable(film) {
  return film ? [...new Set([...film.snapshots.keys(), ...film.toCome])].sort((a, b) => a - b) : [];
}

/**
 * The held epoch nearest to the one wanted; for null the one that is judged, and the newest until that is held.
 * @param {number[]} epochs
 * @param {number | null} wanted
 * @param {number | null} [judged] null while the network learns
 */
export function nearestEpoch(epochs, wanted, judged = null) {
  if (!epochs.length) return null;
  if (wanted === null) return epochs.find((epoch) => epoch === judged) ?? epochs[epochs.length - 1];
  return epochs.reduce((best, each) => (Math.abs(each - wanted) < Math.abs(best - wanted) ? each : best));
}

/** Which of a film's snapshots is shown. @param {Film | null} film @param {number | null} wanted @param {number | null} [judged] */
export function shownSnapshot(film, wanted, judged = null) {
  const epochs = epochsOf(film);
  const shown = nearestEpoch(epochs, wanted, judged);
  return { epochs, shown, followed: nearestEpoch(epochs, null, judged), snapshot: film && shown !== null ? film.snapshots.get(shown) : null };
}

/**
 * What a comparison brings: sections, films, and which film each column shows.
 * @param {Store & {columns?: any[]}} store @param {Record<string, any>} header
 * @returns {string[]} names of what is not here
 */
export function receiveComparison(store, header) {
  const lacks = [];
  for (const name of ["words", "chart"]) takeSection(store, name, header[name], new Set(), lacks);
  for (const entry of header.films) holdFilm(store, entry, new Set(), lacks);
  store.columns = header.columns;
  store.messages += 1;
  return lacks;
}

function takeSection(store, name, entry, changed, lacks) {
  const held = store.sections[name];
  if (!entry) {
    if (held) changed.add(name);
    store.sections[name] = null;
  } else if (entry.body) {
    if (held?.revision !== entry.revision) changed.add(name);
    store.sections[name] = entry;
  } else if (held?.revision !== entry.revision) {
    lacks.push(`${name}:${entry.revision}`);
  }
}

function takeFilm(store, entry, changed, lacks) {
  if (store.filmId !== (entry ? entry.id : null)) changed.add("film");
  store.filmId = entry ? entry.id : null;
  if (entry) holdFilm(store, entry, changed, lacks);
}

/** Where its description never came none of its snapshots can be drawn: then those that are named are lacking too. */
function holdFilm(store, entry, changed, lacks) {
  const film = filmFor(store, entry);
  if (film?.revision !== entry.revision) lacks.push(`film:${entry.revision}`);
  if (film) film.toCome = entry.to_come ?? [];
  for (const snapshot of film ? entry.snapshots : []) {
    if (!film.snapshots.has(snapshot.epoch)) changed.add("snapshots");
    film.snapshots.set(snapshot.epoch, snapshot);
  }
  for (const epoch of entry.epochs) if (!film?.snapshots.has(epoch)) lacks.push(`film:${entry.id}:${epoch}`);
  if (film) keepWithin(film, entry, changed, store.sections.losses?.body?.best_epoch);
}

/** The film of this id, most recently used last, with the newest description that came; undefined if none did. */
function filmFor(store, entry) {
  let film = store.films.get(entry.id);
  if (entry.body && film?.revision !== entry.revision) {
    film = { meta: entry.body, revision: entry.revision, snapshots: film?.snapshots ?? new Map(), toCome: [] };
  }
  if (!film) return undefined;
  store.films.delete(entry.id);
  store.films.set(entry.id, film);
  while (store.films.size > FILMS_HELD) store.films.delete(store.films.keys().next().value);
  return film;
}

/**
 * Frames that the app does not name came while the network learned. They go where it names all that there are, and
 * beyond the memory allowed every second of them; what the app takes for held stays, and the best.
 */
function keepWithin(film, { epochs, whole }, changed, best) {
  const named = new Set(whole ? epochs : [...epochs, best]);
  const passing = epochsOf(film).filter((epoch) => !named.has(epoch));
  const snapshot = film.snapshots.values().next().value;
  const isFull = snapshot && snapshot.activations.byteLength * film.snapshots.size > FRAMES_BYTES;
  const go = whole ? passing : isFull ? passing.filter((_, index) => index % 2 === 0) : [];
  for (const epoch of go) film.snapshots.delete(epoch);
  if (go.length && whole) changed.add("snapshots");
}
