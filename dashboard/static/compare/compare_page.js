/**
 * The page Compare: two to four networks side by side on one clock. Streamlit calls `mount` again for every message;
 * playing, and looking at other ages, units and layers never goes through the server.
 */

/**
 * @import {Chart, CompareHeader, Words} from "../shared/message.js"
 * @import {Mount} from "../shared/mounting.js"
 * @import {Store} from "../shared/store.js"
 * @import {Theme} from "../shared/theme.js"
 * @import {Choices, ColumnAction, Own as Chosen} from "./compare.js"
 * @import {Column} from "./compare_column.js"
 *
 * @typedef {{store: Store, choices: Choices, toldLarge?: boolean}} State what outlives a mount
 * @typedef {Object} Own what only this page has
 * @property {Words} words @property {Chart} chart of the last message
 * @property {string} identity what the views were built for @property {Record<string, string>} keys of what was drawn
 * @property {Column[]} columns @property {boolean} still the pointer holds the clock
 * @property {Views} views @property {Theme} theme @property {boolean} stacked
 * @property {{low: number, high: number}} scale of all changes
 * @typedef {Mount<State> & Own} Page
 * @typedef {ReturnType<typeof buildViews>} Views
 */

import { MOVES, advance, resized, seek, timestep } from "../player/clock.js";
import { changeScale, choose, createChoices, setColours, viewOf } from "./compare.js";
import { createColumn, drawColumn, opening, refreshColumn, takeColumn } from "./compare_column.js";
import { el, setAttribute } from "../shared/dom.js";
import { say } from "../shared/exchange.js";
import { date } from "../shared/format.js";
import { lanesOf } from "../lanes/lanes.js";
import { isStacked } from "../lanes/layout.js";
import { legends } from "../lanes/legends.js";
import { mounting, reducedMotion } from "../shared/mounting.js";
import { once } from "../shared/redraw_once.js";
import { createRace, updateRace } from "./race_view.js";
import { createScoreboard, updateScoreboard } from "./scoreboard.js";
import { wordsOfSteps } from "../shared/step_words.js";
import { createStore, receiveComparison } from "../shared/store.js";
import { themeOf } from "../shared/theme.js";
import { timestepsOf } from "../player/timesteps.js";
import { arrangeTransport, createTransport, updateTransport } from "../player/transport.js";
import { toldSize } from "../stage/view.js";

const NO_BOUNDS = { layers: 0, hidden: 0, epochs: [], shown: null }; // what all share hangs on no network
/** What is each column's own has no keys: nobody could tell whose. */
const FOR_ALL = new Set(Object.keys(MOVES));

export const mount = mounting({
  root: { class: "gs gs-compare", tabindex: "0", role: "group", "data-testid": "compare" },
  begin: () => /** @type {State} */ ({ store: createStore(), choices: createChoices(!reducedMotion()) }),
  create,
  show,
  draw,
  moves,
  play,
  ...{ keys: FOR_ALL, act: dispatch },
});

/** @returns {Own} */
function create() {
  const fresh = { columns: [], keys: {}, still: false, identity: "" };
  return /** @type {Own} */ (/** @type {unknown} */ (fresh)); // the first message brings the rest
}

/** @param {Page} page @param {CompareHeader} header */
function show(page, header) {
  const { choices, store } = page.state;
  page.state.choices = { ...choices, shared: toldSize(page.state, header, choices.shared) };
  const lacks = receiveComparison(store, header);
  const { words, chart } = store.sections;
  if (words?.body && chart?.body) {
    page.words = wordsOfSteps(words.body, chart.body.step);
    page.chart = chart.body;
    ensureViews(page);
    page.update();
  }
  return { lacks };
}

/** Columns are built anew only when others are compared. @param {Page} page */
function ensureViews(page) {
  const { store } = page.state;
  const identity = store.columns.map(({ id }) => id).join("|") + store.sections.words?.revision + page.chart.step;
  if (page.identity === identity) return;
  page.identity = identity;
  page.keys = {};
  page.columns = store.columns.map(({ id }, at) =>
    createColumn(id, at + 1, page.words, {
      dispatch: (action) => dispatch(page, action),
      hold: (still) => hold(page, still),
    }),
  );
  page.views = buildViews(page);
}

/** @param {Page} page */
function buildViews(page) {
  const { root, columns, words } = page;
  const race = createRace(words, (value) => dispatch(page, { type: "against", value }));
  const scoreboard = createScoreboard(words);
  const beside = /** @type {import("../player/transport.js").Beside} */ ({ choices: ["speed"], buttons: ["large"] });
  const transport = createTransport((action) => dispatch(page, action), words, timestepsOf(words), beside);
  const legends = el("div", { class: "gs-legends" });
  const line = (/** @type {string} */ name) => el("span", { class: `gs-${name}` }, words[`change_${name}`]);
  const lines = ["real", "said", "naive"].map(line);
  const changed = el("p", { class: "gs-change-legend" }, `${words.change_symbol}: `, ...lines);
  const grid = el("div", { class: "gs-columns" }, ...columns.map((column) => column.root));
  grid.style.setProperty("--gs-count", String(columns.length));
  const table = el("div", { class: "gs-panel gs-scoreboard-panel" }, scoreboard.node);
  const top = el("div", { class: "gs-compare-top" }, race.node, table);
  setAttribute(root, "aria-label", words.compare);
  const options = el("div", { class: "gs-compare-options" });
  root.dataset.count = String(columns.length);
  root.replaceChildren(top, grid, changed, legends, options, transport.node);
  return { race, scoreboard, transport, legends, options };
}

/** @param {Page} page @param {ColumnAction} action */
function dispatch(page, action) {
  const { state } = page;
  if (action.column === undefined) state.choices = choose(state.choices, action, NO_BOUNDS);
  for (const { id, bounds } of meant(page, action)) state.choices = choose(state.choices, { ...action, column: id }, bounds);
  page.update();
  if (action.type === "large") page.trigger("large", state.choices.shared.large);
  if (action.type === "epoch") say(page.exchange, "ages", { of: agesOf(page) });
}

/**
 * Two ages of one run are the same units: what is chosen in one column is chosen in the other.
 * @param {Page} page @param {ColumnAction} action @returns {Column[]}
 */
function meant({ columns }, { type, column: id }) {
  const one = columns.find((column) => column.id === id);
  if (!one) return [];
  return ["unit", "layer"].includes(type) ? columns.filter((column) => runOf(column) === runOf(one)) : [one];
}

/** The ages shown, for a worker to judge. @param {Page} page */
const agesOf = ({ columns }) => Object.fromEntries(columns.map(({ id, shown }) => [id, shown]));

/** A resting pointer holds the clock; it goes on when the pointer leaves. @param {Page} page @param {boolean} still */
function hold(page, still) {
  page.still = still;
  const { choices } = page.state;
  const { clock } = choices.shared;
  if (still) choices.shared = { ...choices.shared, clock: { ...clock, position: timestep(clock) } };
  page.update();
}

/** @param {Page} page */
function draw(page) {
  page.theme = themeOf(page.root);
  setColours(page.root, page.state.store.columns, page.theme);
  take(page);
  page.root.dataset.large = String(page.state.choices.shared.large);
  const stacked = (page.stacked = isStacked(page.root.clientWidth, window.innerHeight));
  page.root.dataset.stacked = String(stacked);
  once(page.keys, "arrangement", [stacked], () => arrangeTransport(page.views.transport, stacked, page.views.options));
  page.scale = changeScale(page.columns.flatMap(({ changes }) => changes ?? []));
  for (const column of page.columns) refreshColumn(column, { ...page, choices: page.state.choices });
  showRace(page);
  updateScoreboard(page.views.scoreboard, page.columns, page.chart);
  showLegends(page);
  drawNow(page);
}

/** Each column's snapshot and view, and the one clock fitted to the window. @param {Page} page */
function take(page) {
  const { state, columns } = page;
  for (const at of columns.keys()) {
    const told = state.store.columns[at];
    const film = told.film === null ? undefined : state.store.films.get(told.film);
    state.choices.own[columns[at].id] = takeColumn(columns[at], told, film, { ...page, choices: state.choices });
  }
  openTogether(columns, state.choices.own);
  const length = columns.find(({ snapshot }) => snapshot)?.snapshot?.prediction.length;
  if (length) state.choices = { ...state.choices, shared: fitted(state.choices.shared, length) };
  for (const column of columns) column.state.view = viewOf(state.choices, column.id);
}

/**
 * Columns of one run open on the unit that weighs most at the age of the last of them.
 * @param {Column[]} columns @param {Record<string, Chosen>} own
 */
function openTogether(columns, own) {
  for (const column of columns.filter(({ snapshot, id }) => snapshot && !own[id].started)) {
    const twins = columns.filter((other) => other.snapshot && runOf(other) === runOf(column));
    const started = twins.find(({ id }) => own[id].started);
    const { layer, unit } = started ? own[started.id] : opening(twins[twins.length - 1]);
    own[column.id] = { ...own[column.id], layer, unit, started: true };
  }
}

/** @param {Column} column */
const runOf = ({ film, id }) => film?.meta.run ?? id;

/**
 * Where nothing plays by itself the whole window is lit at first.
 * @param {Choices["shared"]} shared @param {number} length
 */
function fitted(shared, length) {
  const clock = resized(shared.clock, length);
  const isNew = shared.clock.length === 1 && !clock.playing;
  return { ...shared, clock: isNew ? seek(clock, length - 1) : clock };
}

/**
 * Its picture is built anew for every message, for another age or scale, and in another size; not for a timestep.
 * @param {Page} page
 */
function showRace({ views: { race }, keys, columns, state }) {
  const { choices } = state;
  const { clientWidth: width, clientHeight: height } = race.picture;
  const shown = columns.map((column) => column.shown);
  const { large } = choices.shared;
  once(keys, "race", [state.store.messages, shown, choices.against, width, height, large], () =>
    updateRace(race, columns, choices.against),
  );
}

/** @param {Page} page */
function showLegends({ columns, keys, theme, words, views: { legends: node } }) {
  const films = columns.flatMap(({ film }) => film ?? []);
  const [film] = films.sort((one, other) => other.meta.activations.length - one.meta.activations.length);
  if (!film) return; // the one with the most lanes has all their colours
  const lanes = lanesOf(film.meta, words);
  once(keys, "legends", [lanes, theme.name], () => node.replaceChildren(...legends(lanes, theme, words)));
}

/** What goes along with the playhead. @param {Page} page */
function drawNow(page) {
  const { columns, views: { transport } } = page;
  const { choices } = page.state;
  for (const column of columns) drawColumn(column, { ...page, choices });
  const { moment } = columns.find(({ snapshot }) => snapshot) ?? {};
  transport.node.hidden = !moment;
  if (!moment) return;
  const { clock, large } = choices.shared;
  const now = { t: moment.t, T: moment.T, date: date(moment.date), playing: clock.playing };
  updateTransport(transport, now, { speed: clock.speed, large });
  Object.assign(page.root.dataset, { timestep: moment.t, playing: clock.playing });
}

/** @param {Page} page */
function moves({ state, still, columns }) {
  return state.choices.shared.clock.playing && !still && columns.some(({ snapshot }) => snapshot !== null);
}

/** @param {Page} page @param {number} passed milliseconds */
function play(page, passed) {
  const { state } = page;
  const { shared } = state.choices;
  state.choices = { ...state.choices, shared: { ...shared, clock: advance(shared.clock, passed) } };
  for (const column of page.columns) column.state.view = viewOf(state.choices, column.id);
  drawNow(page);
}
