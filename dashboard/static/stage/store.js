/**
 * What the browser holds: the newest revision of each section, and the frames of the last few films, by epoch.
 * A message brings only what changed; `receive` says what changed and what would have to be asked for.
 */

const SECTIONS = [
  "words",
  "chart",
  "predictions",
  "forecast",
  "losses",
  "verdict",
  "network",
  "explanation",
  "held_test",
  "matches",
  "status",
];
const FILMS_HELD = 4;
const FRAMES_BYTES = 128 * 2 ** 20;

/**
 * @typedef {Object} Frame
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
 * @property {Map<number, Frame>} frames by epoch
 * @property {Set<number>} seen epochs that came, thinned ones included
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
    /** @type {Set<string>} */ asked: new Set(),
    lacks: false,
    messages: 0,
  };
}

/**
 * @param {Store} store
 * @param {Record<string, any>} header
 * @returns {{changed: Set<string>, missing: string | null}}
 */
export function receive(store, header) {
  const changed = new Set();
  const lacking = [];
  for (const name of SECTIONS) takeSection(store, name, header[name], changed, lacking);
  takeFilm(store, header.film, changed, lacking);
  store.page = header.page;
  store.chosen = header.chosen ?? store.chosen;
  store.window = header.window ?? null;
  return { changed, missing: askOnce(store, lacking) };
}

/**
 * What there is to show now.
 * @param {Store} store
 * @returns {Record<string, any>} body by section, null where there is none; `film` is a Film
 */
export function sceneOf(store) {
  const film = store.filmId === null ? undefined : store.films.get(store.filmId);
  const bodies = Object.fromEntries(SECTIONS.map((name) => [name, store.sections[name]?.body ?? null]));
  return { ...bodies, film: film && film.frames.size ? film : null };
}

/** Held epochs, rising. @param {Film | null} film @returns {number[]} */
export function epochsOf(film) {
  return film ? [...film.frames.keys()].sort((a, b) => a - b) : [];
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

/** Which of a film's frames is shown. @param {Film | null} film @param {number | null} wanted @param {number | null} [judged] */
export function shownFrame(film, wanted, judged = null) {
  const epochs = epochsOf(film);
  const shown = nearestEpoch(epochs, wanted, judged);
  return { epochs, shown, followed: nearestEpoch(epochs, null, judged), frame: film && shown !== null ? film.frames.get(shown) : null };
}

/**
 * What a comparison brings: sections, films, and which film each column shows.
 * @param {Store & {columns?: any[]}} store @param {Record<string, any>} header
 * @returns {string | null} what would have to be asked for
 */
export function receiveComparison(store, header) {
  const lacking = [];
  for (const name of ["words", "chart"]) takeSection(store, name, header[name], new Set(), lacking);
  for (const entry of header.films) holdFilm(store, entry, new Set(), lacking);
  store.columns = header.columns;
  store.messages += 1;
  return askOnce(store, lacking);
}

function takeSection(store, name, entry, changed, lacking) {
  const held = store.sections[name];
  if (!entry) {
    if (held) changed.add(name);
    store.sections[name] = null;
  } else if (entry.body) {
    if (held?.revision !== entry.revision) changed.add(name);
    store.sections[name] = entry;
  } else if (held?.revision !== entry.revision) {
    lacking.push(name);
  }
}

function takeFilm(store, entry, changed, lacking) {
  if (store.filmId !== (entry ? entry.id : null)) changed.add("film");
  store.filmId = entry ? entry.id : null;
  if (entry) holdFilm(store, entry, changed, lacking);
}

function holdFilm(store, entry, changed, lacking) {
  const film = filmFor(store, entry);
  if (!film) return void lacking.push(entry.id);
  for (const frame of entry.frames) {
    if (!film.frames.has(frame.epoch)) changed.add("frames");
    film.frames.set(frame.epoch, frame);
    film.seen.add(frame.epoch);
  }
  if (!film.frames.size || entry.epochs.some((epoch) => !film.seen.has(epoch))) lacking.push(entry.id);
  thin(film, store.sections.losses?.body?.best_epoch);
}

/** The film of this id, most recently used last; undefined if its description never came. */
function filmFor(store, entry) {
  let film = store.films.get(entry.id);
  if (entry.body && film?.revision !== entry.revision) {
    film = {
      meta: entry.body,
      revision: entry.revision,
      frames: film?.frames ?? new Map(),
      seen: film?.seen ?? new Set(),
    };
  }
  if (!film || film.revision !== entry.revision) return undefined;
  store.films.delete(entry.id);
  store.films.set(entry.id, film);
  while (store.films.size > FILMS_HELD) store.films.delete(store.films.keys().next().value);
  return film;
}

/** Beyond the memory allowed every second of the inner epochs goes; the first, the newest and the best stay. */
function thin(film, best) {
  const frame = film.frames.values().next().value;
  if (!frame || frame.activations.byteLength * film.frames.size <= FRAMES_BYTES) return;
  epochsOf(film)
    .slice(1, -1)
    .forEach((epoch, index) => index % 2 === 0 && epoch !== best && film.frames.delete(epoch));
}

/** One request for one lack: a browser that asks again and again would make the app run for ever. */
function askOnce(store, lacking) {
  store.lacks = lacking.length > 0;
  if (!lacking.length) {
    store.asked.clear();
    return null;
  }
  const fresh = lacking.find((name) => !store.asked.has(name)) ?? null;
  if (fresh !== null) store.asked.add(fresh);
  return fresh;
}
