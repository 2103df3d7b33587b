/**
 * One column of the page Compare: a network's lanes, its cell and its readout. Stage-like enough to share its parts.
 */

/**
 * @import {DiagramView} from "../cells/diagram_view.js"
 * @import {Moment} from "../cells/moment.js"
 * @import {Lane} from "../lanes/lanes.js"
 * @import {Layout} from "../lanes/layout.js"
 * @import {Chart, ComparedColumn, Snapshot, Words} from "../shared/message.js"
 * @import {Film, WholeContent} from "../shared/store.js"
 * @import {Theme} from "../shared/theme.js"
 * @import {Spot} from "../stage/hover.js"
 * @import {Bounds, View} from "../stage/view.js"
 * @import {Changes, Choices, ColumnAction, Own} from "./compare.js"
 *
 * @typedef {{dispatch: (action: ColumnAction) => void, hold: (still: boolean) => void}} ColumnHands
 * @typedef {ReturnType<typeof buildColumn>} Built the column's elements
 * @typedef {Object} Taken of the last message: takeColumn
 * @property {ComparedColumn} told @property {Film | null} film @property {number | null} shown its age
 * @property {Snapshot | null} snapshot @property {Snapshot | null} original @property {Bounds} bounds @property {Lane[]} lanes
 * @property {WholeContent} content what the stage knows of a run, most of it empty here
 * @property {Changes | null} changes
 * @typedef {Object} Drawn what is on the screen: refreshColumn and drawColumn
 * @property {Record<string, string>} keys of what was drawn last, by part @property {string} drawn of the timestep
 * @property {Spot | null} hover @property {Moment | null} moment @property {DiagramView | null} diagram
 * @property {number | null} [phase] @property {Layout} layout @property {Record<string, number[]>} orders of the units
 * @typedef {Built & Taken & Drawn & {state: {view: View}}} Column
 * @typedef {{choices: Choices, words: Words, chart: Chart}} TakingPage
 * @typedef {{theme: Theme, scale: {low: number, high: number}, choices: Choices, stacked: boolean}} DrawingPage
 */

import { alternativesOf } from "../cells/alternatives.js";
import { wordOf } from "../cells/cells.js";
import { choice, fillChoice, showChoice } from "../shared/choices.js";
import { phase, timestep } from "../player/clock.js";
import { changes, columnLayout, inkOf } from "./compare.js";
import { buildDiagram, showPhase, updateDiagram, zoomDiagram } from "../cells/diagram_view.js";
import { el, px, setAttribute, setText, svg } from "../shared/dom.js";
import { ageInList, fill } from "../shared/format.js";
import { listenToHover, showHover } from "../stage/hover.js";
import { inputInShort } from "../stage/input_words.js";
import { listenToLanes } from "../lanes/lanes_input.js";
import { lanesOf, valuesOf } from "../lanes/lanes.js";
import { labelLanes } from "../lanes/labels_view.js";
import { createLanesView, drawLanes, paintLanes } from "../lanes/lanes_view.js";
import { columnCentre } from "../lanes/layout.js";
import { rankedOverall } from "../ledger/ledger.js";
import { momentAt } from "../cells/moment.js";
import { once } from "../shared/redraw_once.js";
import { readout } from "../stage/readout.js";
import { shownSnapshot } from "../shared/store.js";
import { colourOf } from "../shared/theme.js";
import { createTooltip } from "../shared/tooltip.js";
import { listenToTerms } from "../shared/words_view.js";

/** Sections that only a stage has. */
const NOTHING = {
  ...{ predictions: null, forecast: null, losses: null, verdict: null, network: null },
  ...{ explanation: null, clamped_test: null, matches: null },
};

/**
 * @param {string} id @param {number} number from 1 @param {Words} words @param {ColumnHands} hands @returns {Column}
 */
export function createColumn(id, number, words, hands) {
  /** @param {ColumnAction} action */
  const dispatch = (action) => hands.dispatch({ ...action, column: id });
  const built = buildColumn(id, number, words, dispatch);
  const fresh = { keys: {}, drawn: "", hover: null, snapshot: null, moment: null, diagram: null, state: {} };
  const column = /** @type {Column} */ (/** @type {unknown} */ ({ ...built, ...fresh })); // the message brings the rest
  listen(column, hands, dispatch);
  listenToTerms(column.root, built.termTip);
  return column;
}

/** @param {string} id @param {number} number @param {Words} words @param {(action: ColumnAction) => void} dispatch */
function buildColumn(id, number, words, dispatch) {
  const lanes = createLanesView();
  const choices = { epoch: choice("epoch", words.age, dispatch), layer: choice("layer", words.layer, dispatch) };
  const refs = {
    swatch: el("span", { class: "gs-swatch", "aria-hidden": "true" }),
    title: el("h3", {}),
    state: el("span", { class: "gs-aside", "data-testid": "column-state" }),
    lanes: el("div", { class: "gs-lanes", "data-testid": "column-lanes" }),
    laneRule: el("div", { class: "gs-rule gs-lane-rule", "aria-hidden": "true" }),
    laneHover: el("div", { class: "gs-lane-hover", "aria-hidden": "true", hidden: "" }),
    empty: el("p", { class: "gs-empty" }, words.waiting),
    diagram: svg("svg", { class: "gs-diagram", role: "img", "data-testid": "column-diagram" }),
    note: el("p", { class: "gs-column-note" }),
    place: el("p", { class: "gs-column-place", "data-testid": "column-place" }),
    readout: el("p", { class: "gs-column-readout", "data-testid": "column-readout" }),
  };
  const [tooltip, termTip] = [createTooltip(), createTooltip()];
  refs.lanes.append(lanes.labels, lanes.canvas, refs.laneHover, refs.laneRule, refs.empty);
  const head = el("header", {}, refs.swatch, refs.title, choices.epoch.label, choices.layer.label, refs.state);
  const root = el(
    "section",
    { class: "gs-column", "data-testid": "column" },
    ...[head, refs.lanes, refs.note, refs.place, refs.diagram, refs.readout, tooltip.node, termTip.node],
  );
  return { id, number, words, root, choices, termTip, parts: { lanes, tooltip, refs } };
}

/** @param {Column} column @param {ColumnHands} hands @param {(action: ColumnAction) => void} dispatch */
function listen(column, hands, dispatch) {
  const { parts } = column;
  /** @param {Spot | null} spot */
  const onSpot = (spot) => {
    const state = Boolean(column.hover);
    column.hover = spot;
    if (state || spot) hands.hold(Boolean(spot));
  };
  listenToLanes(parts.lanes.canvas, {
    size: () =>
      column.snapshot && column.moment
        ? {
            ...{ layout: column.layout, timesteps: column.moment.T, hidden: column.bounds.hidden },
            ...{ unit: column.state.view.unit, orders: column.orders },
          }
        : null,
    onHover: onSpot,
    onLeave: () => onSpot(null),
    onSeek: (value) => hands.dispatch({ type: "seek", value }),
    onUnit: (value) => dispatch({ type: "unit", value }),
  });
  listenToHover(parts.refs.diagram, "[data-part]", (part) => ({ kind: "part", id: part.dataset.part ?? "" }), onSpot);
}

/**
 * Takes in what is known of the column, and finds out which snapshot is shown.
 * @param {Column} column @param {ComparedColumn} told @param {Film | undefined} film @param {TakingPage} page
 * @returns {Own} what the person chose of it
 */
export function takeColumn(column, told, film, { choices, words, chart }) {
  const state = film && film.snapshots.size ? film : null;
  const own = choices.own[column.id] ?? { layer: 0, unit: 0, epoch: told.epoch, started: false };
  const { epochs, shown, followed, snapshot } = shownSnapshot(state, own.epoch, told.status.epoch);
  const [, layers, , hidden] = snapshot ? snapshot.activations.shape : [0, 1, 1, 1];
  Object.assign(column, { told, film: state, snapshot, original: snapshot, shown });
  column.bounds = { layers, hidden, epochs, shown, followed };
  column.content = { ...NOTHING, film: state, chart, words, status: told.status };
  column.lanes = lanesOf(state?.meta ?? { ...told, cell_state_bound: 1 }, words);
  column.changes = state && snapshot && changes(state, snapshot);
  return own;
}

/** The unit of the last layer that weighs most in the forecast. @param {Pick<Column, "film" | "snapshot">} column */
export function opening({ film, snapshot }) {
  if (!film || !snapshot) return { layer: 0, unit: 0 };
  const layer = snapshot.activations.shape[1] - 1;
  const states = valuesOf(film, snapshot, "hidden_state", layer);
  return { layer, unit: rankedOverall(snapshot.head_weight, states)[0] };
}

/** Draws what does not change with the timestep. @param {Column} column @param {DrawingPage} page */
export function refreshColumn(column, { theme, scale, choices, stacked }) {
  const { told, parts, words, lanes, snapshot, film, bounds, keys } = column;
  const { refs } = parts;
  const { layer } = column.state.view;
  setText(refs.title, told.name);
  setText(refs.state, stateOf(column));
  setText(refs.note, wordOf(words, "note", told.cell));
  column.root.dataset.cell = told.cell;
  column.root.style.setProperty("--gs-network", inkOf(told.cell));
  column.root.setAttribute("aria-label", fill(words.column, { number: column.number, name: told.name }));
  column.layout = columnLayout(
    refs.lanes.clientWidth,
    lanes.map((lane) => lane.name),
    { large: choices.shared.large, stacked },
  );
  boundChoices(column);
  refs.empty.hidden = Boolean(snapshot);
  setText(refs.empty, told.status.state === "idle" ? told.status.message : words.waiting);
  once(keys, "labels", [told.cell, column.layout], () => {
    refs.lanes.style.height = `${column.layout.lanesHeight}px`;
    column.root.style.setProperty("--gs-gutter", `${column.layout.gutter}px`);
    labelLanes(parts.lanes, column.layout, lanes, words, told.cell);
  });
  once(keys, "cell", [told.cell], () => (column.diagram = buildDiagram(refs.diagram, told.cell, words)));
  once(keys, "zoom", [column.layout], () => zoomDiagram(refs.diagram));
  for (const node of [refs.laneRule, refs.diagram, refs.readout, refs.place, parts.lanes.canvas])
    setAttribute(node, "data-awaited", String(!snapshot));
  if (!film || !snapshot || !column.changes) return;
  const { unit } = column.state.view;
  const { hidden } = bounds;
  column.orders = { lane: Array.from({ length: hidden }, (_, each) => each) };
  const change = { ...column.changes, scale, network: colourOf(told, theme) };
  const what = { film, snapshot, original: snapshot, layer, unit, hidden, lanes, layout: column.layout, theme };
  const key = [
    film.meta.id,
    column.shown,
    layer,
    unit,
    lanes,
    theme.name,
    column.layout,
    scale,
    bounds,
    window.devicePixelRatio,
  ];
  once(keys, "lanes", key, () => {
    paintLanes(parts.lanes, { ...what, orders: column.orders, change });
    column.drawn = "";
  });
}

/**
 * What an age of 0 is, and what is out of the ordinary: the race tells who trains and who has finished.
 * @param {Column} column
 */
function stateOf({ told, shown, words }) {
  const { state } = told.status;
  if (shown === 0) return words.untrained;
  return ["training", "queued", "finished"].includes(state) ? "" : words[`state_${state}`];
}

/** @param {Column} column */
function boundChoices({ choices, bounds, told, words, state }) {
  fillChoice(choices.epoch, bounds.epochs, (epoch) => ageInList(epoch, words));
  showChoice(choices.epoch, bounds.shown);
  const layers = Array.from({ length: bounds.layers }, (_, index) => index);
  fillChoice(choices.layer, layers, (layer) => layer + 1);
  showChoice(choices.layer, state.view.layer);
  choices.layer.label.hidden = bounds.layers < 2;
  choices.epoch.label.hidden = !bounds.epochs.length;
  setAttribute(choices.epoch.select, "aria-label", fill(words.age_of, { name: told.name }));
  setAttribute(choices.layer.select, "aria-label", fill(words.layer_of, { name: told.name }));
  choices.epoch.select.disabled = bounds.epochs.length < 2;
}

/**
 * One frame: the rule moves; numbers change only when the timestep does.
 * @param {Column} column @param {DrawingPage} page
 */
export function drawColumn(column, { theme }) {
  const { parts, layout, state, film, snapshot } = column;
  if (!film || !snapshot) return;
  const { position, length } = state.view.clock;
  parts.refs.laneRule.style.transform = `translateX(${px(columnCentre(position, length, layout.width))}px)`;
  const t = timestep(state.view.clock);
  const { layer, unit } = state.view;
  const key = [t, layer, unit, column.shown, film.meta.id, theme.name, layout.width].join("|");
  if (column.drawn !== key) {
    column.drawn = key;
    const { dates, price } = column.content.chart;
    column.moment = momentAt(film, snapshot, { layer, unit }, t, dates, price);
    drawTimestep(column, film, column.moment, theme);
  }
  const step = phase(state.view.clock);
  if (column.diagram && column.phase !== step) showPhase(column.diagram, (column.phase = step));
  showHover({ ...column, content: { ...column.content, film }, snapshot, original: snapshot });
}

/** @param {Column} column @param {Film} film @param {Moment} moment @param {Theme} theme */
function drawTimestep(column, film, moment, theme) {
  const { parts, layout, bounds, lanes, words, content, orders } = column;
  const { t } = moment;
  drawLanes(parts.lanes, {
    ...{ t, timesteps: moment.T, unit: moment.unit, hidden: bounds.hidden, layout, theme },
    ...{ orders, secret: false },
  });
  const input = inputInShort(moment, content.chart, film.meta.input_names, words);
  if (column.diagram) updateDiagram(column.diagram, moment, { lanes, theme, words, input });
  setText(parts.refs.place, fill(words.column_place, { layer: moment.layer + 1, unit: moment.unit + 1 }));
  const told = alternativesOf(moment, lanes, column.shown, words);
  setAttribute(parts.lanes.canvas, "aria-label", told.lanes);
  setAttribute(parts.refs.diagram, "aria-label", told.diagram);
  setText(parts.refs.readout, readout(moment, content.chart, words));
  Object.assign(column.root.dataset, { timestep: t, epoch: column.shown, unit: moment.unit, layer: moment.layer });
}
