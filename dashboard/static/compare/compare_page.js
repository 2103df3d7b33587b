/**
 * The page Compare: two to four networks side by side on one clock. Streamlit calls `mount` again for every message;
 * playing, and looking at other ages, units and layers never goes through the server.
 */

import { advance, resized, seek, timestep } from "../player/clock.js";
import { changeScale, choose, createChoices, setColours, viewOf } from "./compare.js";
import { createColumn, drawColumn, opening, refreshColumn, takeColumn } from "./compare_column.js";
import { el, setAttribute } from "../shared/dom.js";
import { say } from "../shared/exchange.js";
import { date } from "../shared/format.js";
import { createFrames } from "../shared/animation_frames.js";
import { actionFor } from "../player/keys.js";
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
import { arrangeTransport, createTransport, updateTransport } from "../player/transport.js";
import { toldSize } from "../stage/view.js";

const FOR_ALL = new Set(["toggle", "step", "start", "end", "faster", "substep"]);

/** What outlives a mount within one page load, by key: the data held and the person's choices. */
const memory = new Map();

export const mount = mounting({ create, show });

function show(page, header, { setTriggerValue }) {
  page.trigger = setTriggerValue;
  const { choices } = page.state;
  page.state.choices = { ...choices, shared: toldSize(page.state, header, choices.shared) };
  const lacks = receiveComparison(page.state.store, header);
  const { words, chart } = page.state.store.sections;
  if (words?.body && chart?.body) {
    page.words = wordsOfSteps(words.body, chart.body.step);
    page.chart = chart.body;
    ensureViews(page);
    update(page);
  }
  return { lacks };
}

function create(parentElement, { key }) {
  if (!memory.has(key)) memory.set(key, { store: createStore(), choices: createChoices(!reducedMotion()) });
  const root = el("div", { class: "gs gs-compare", tabindex: "0", role: "group", "data-testid": "compare" });
  parentElement.append(root);
  const page = { root, state: memory.get(key), columns: [], keys: {}, still: false, identity: "" };
  root.addEventListener("keydown", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    const action = actionFor(event, { tagName: target.tagName, role: target.getAttribute("role") });
    if (!action || !FOR_ALL.has(action.type)) return;
    event.preventDefault();
    dispatch(page, action);
  });
  const observer = new ResizeObserver(() => page.words && update(page));
  observer.observe(root);
  return Object.assign(page, { observer, frames: createFrames((passed) => play(page, passed)) });
}

/** Columns are built anew only when others are compared. */
function ensureViews(page) {
  const { store } = page.state;
  const identity = store.columns.map(({ id }) => id).join("|") + store.sections.words.revision + page.chart.step;
  if (page.identity === identity) return;
  page.identity = identity;
  page.keys = {};
  const hands = { dispatch: (action) => dispatch(page, action), hold: (still) => hold(page, still) };
  page.columns = store.columns.map(({ id }, at) => createColumn(id, at + 1, page.words, hands));
  page.race = createRace(page.words, (value) => dispatch(page, { type: "against", value }));
  page.scoreboard = createScoreboard(page.words);
  page.transport = createTransport(hands.dispatch, page.words, page.chart, ["speed"]);
  page.legends = el("div", { class: "gs-legends" });
  const line = (name) => el("span", { class: `gs-${name}` }, page.words[`change_${name}`]);
  const changed = el(
    "p",
    { class: "gs-change-legend" },
    `${page.words.change_symbol}: `,
    ...["real", "said", "naive"].map(line),
  );
  page.grid = el("div", { class: "gs-columns" }, ...page.columns.map(({ root }) => root));
  page.grid.style.setProperty("--gs-count", String(page.columns.length));
  const table = el("div", { class: "gs-panel gs-scoreboard-panel" }, page.scoreboard.node);
  const top = el("div", { class: "gs-compare-top" }, page.race.node, table);
  setAttribute(page.root, "aria-label", page.words.compare);
  page.options = el("div", { class: "gs-compare-options" });
  page.root.dataset.count = String(page.columns.length);
  page.root.replaceChildren(top, page.grid, changed, page.legends, page.options, page.transport.node);
}

function dispatch(page, action) {
  for (const { id, bounds } of meant(page, action))
    page.state.choices = choose(page.state.choices, { ...action, column: id }, bounds);
  update(page);
  if (action.type === "large") page.trigger("large", page.state.choices.shared.large);
  if (action.type === "epoch") say(page.exchange, "ages", { of: agesOf(page) });
}

/** Two ages of one run are the same units: what is chosen in one column is chosen in the other. */
function meant({ columns }, { type, column: id }) {
  if (id === undefined) return [{}];
  const one = columns.find((column) => column.id === id);
  return ["unit", "layer"].includes(type) ? columns.filter((column) => runOf(column) === runOf(one)) : [one];
}

/** The ages shown, for a worker to judge. */
const agesOf = ({ columns }) => Object.fromEntries(columns.map(({ id, shown }) => [id, shown]));

/** A resting pointer holds the clock; it goes on when the pointer leaves. */
function hold(page, still) {
  page.still = still;
  const { choices } = page.state;
  const { clock } = choices.shared;
  if (still) choices.shared = { ...choices.shared, clock: { ...clock, position: timestep(clock) } };
  update(page);
}

function update(page) {
  if (!page.root.clientWidth) return;
  page.theme = themeOf(page);
  setColours(page.root, page.state.store.columns, page.theme);
  take(page);
  page.root.dataset.large = String(page.choices.shared.large);
  const stacked = (page.stacked = isStacked(page.root.clientWidth, window.innerHeight));
  page.root.dataset.stacked = String(stacked);
  once(page.keys, "arrangement", [stacked], () => arrangeTransport(page.transport, stacked, page.options));
  page.scale = changeScale(page.columns.filter(({ snapshot }) => snapshot).map(({ changes }) => changes));
  for (const column of page.columns) refreshColumn(column, page);
  showRace(page);
  updateScoreboard(page.scoreboard, page.columns, page.chart);
  showLegends(page);
  draw(page);
  run(page);
}

/** Each column's snapshot and view, and the one clock fitted to the window. */
function take(page) {
  const { state, columns } = page;
  for (const at of columns.keys()) {
    const told = state.store.columns[at];
    const film = state.store.films.get(told.film);
    state.choices.own[columns[at].id] = takeColumn(columns[at], told, film, { ...page, choices: state.choices });
  }
  openTogether(columns, state.choices.own);
  const length = columns.find(({ snapshot }) => snapshot)?.snapshot.prediction.length;
  if (length) state.choices = { ...state.choices, shared: fitted(state.choices.shared, length) };
  page.choices = state.choices;
  for (const column of columns) column.state.view = viewOf(state.choices, column.id);
}

/** Columns of one run open on the unit that weighs most at the age of the last of them. */
function openTogether(columns, own) {
  for (const column of columns.filter(({ snapshot, id }) => snapshot && !own[id].started)) {
    const twins = columns.filter((other) => other.snapshot && runOf(other) === runOf(column));
    const started = twins.find(({ id }) => own[id].started);
    const { layer, unit } = started ? own[started.id] : opening(twins.at(-1));
    own[column.id] = { ...own[column.id], layer, unit, started: true };
  }
}

const runOf = ({ film, id }) => film?.meta.run ?? id;

/** Where nothing plays by itself the whole window is lit at first. */
function fitted(shared, length) {
  const clock = resized(shared.clock, length);
  const isNew = shared.clock.length === 1 && !clock.playing;
  return { ...shared, clock: isNew ? seek(clock, length - 1) : clock };
}

/** Its picture is built anew for every message, for another age or scale, and in another size; not for a timestep. */
function showRace({ race, keys, columns, choices, state }) {
  const { clientWidth: width, clientHeight: height } = race.picture;
  const shown = columns.map((column) => column.shown);
  const { large } = choices.shared;
  once(keys, "race", [state.store.messages, shown, choices.against, width, height, large], () =>
    updateRace(race, columns, choices.against),
  );
}

function showLegends({ columns, keys, theme, words, legends: node }) {
  const films = columns.flatMap(({ film }) => film ?? []);
  const [film] = films.sort((one, other) => other.meta.activations.length - one.meta.activations.length);
  if (!film) return; // the one with the most lanes has all their colours
  const lanes = lanesOf(film.meta, words);
  once(keys, "legends", [lanes, theme.name], () => node.replaceChildren(...legends(lanes, theme, words)));
}

function draw(page) {
  const { choices, columns, transport } = page;
  for (const column of columns) drawColumn(column, page);
  const { moment } = columns.find(({ snapshot }) => snapshot) ?? {};
  transport.node.hidden = !moment;
  if (!moment) return;
  setAttribute(transport.slider, "max", moment.T - 1);
  updateTransport(transport, choices.shared, { t: moment.t, T: moment.T, date: date(moment.date), shown: null });
  Object.assign(page.root.dataset, { timestep: moment.t, playing: choices.shared.clock.playing });
}

function run({ frames, choices, still, columns }) {
  frames.run(choices.shared.clock.playing && !still && columns.some(({ snapshot }) => snapshot));
}

function play(page, passed) {
  const { shared } = page.choices;
  page.state.choices = page.choices = { ...page.choices, shared: { ...shared, clock: advance(shared.clock, passed) } };
  for (const column of page.columns) column.state.view = viewOf(page.choices, column.id);
  draw(page);
}
