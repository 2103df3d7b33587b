/** Draws anew what differs from the screen: each part has a key made of all that it depends on. */

import { forgetWindowEnd, showWindowEnd } from "../chart/chart_tools.js";
import { openingAt, resized } from "../player/clock.js";
import { rowIn } from "../cells/cells.js";
import { buildDiagram, zoomDiagram } from "../cells/diagram_view.js";
import { setAttribute, setText } from "../shared/dom.js";
import { drawSpark, refreshFolds } from "./opening_rows.js";
import { age, fill } from "../shared/format.js";
import { experimented, fitting, prepareInside } from "../inside/inside.js";
import { labelLanes } from "../lanes/labels_view.js";
import { lanesOf, valuesOf } from "../lanes/lanes.js";
import { drawNoLanes, paintLanes } from "../lanes/lanes_view.js";
import { isStacked, layoutFor } from "../lanes/layout.js";
import { rankedOverall, scaleOf } from "../ledger/ledger.js";
import { legends } from "../lanes/legends.js";
import { updateLosses } from "../losses/losses_view.js";
import { largestMove, unitThatMoves } from "./moves.js";
import { once } from "../shared/redraw_once.js";
import { refreshChart, showsWindow } from "../chart/refresh_chart.js";
import { showPieces } from "../shared/sentence_view.js";
import { choosable, contentOf, shownSnapshot } from "../shared/store.js";
import { updateStatus } from "../shared/status_view.js";
import { boundOf } from "../lanes/strips_view.js";
import { showTab } from "../shared/tabs_view.js";
import { themeOf } from "../shared/theme.js";
import { arrangeTransport, boundTransport } from "../player/transport.js";
import { placeValues } from "../lanes/values_view.js";
import { fitted, opened } from "./view.js";

/** States in which a film is on its way. */
const AWAITING = new Set(["queued", "training", "pausing", "paused"]);

/**
 * The work of a new message, in this order: what is to be shown, with the lanes' pictures; the picture; what stands
 * around it. Each is one frame's work where the picture plays on meanwhile.
 * @type {((stage: any) => void)[]}
 */
export const STEPS = [compose, showPicture, showRest];

/** @param {any} stage */
export function refresh(stage) {
  for (const step of STEPS) step(stage);
}

function compose(stage) {
  const { state } = stage;
  const all = contentOf(state.store);
  stage.theme = themeOf(stage);
  const { shown, followed, snapshot } = shownSnapshot(all.film, state.view.epoch, all.status?.epoch);
  const content = (stage.content = fitting(all, shown));
  const [, layers, timesteps, hidden] = snapshot ? snapshot.activations.shape : [0, 1, 1, 1];
  stage.original = snapshot;
  const made = snapshot ? experimented(stage, snapshot) : { snapshot, key: "" };
  stage.snapshot = made.snapshot;
  stage.snapshotKey = JSON.stringify([content.film?.meta.id, shown, made.key]);
  stage.bounds = { layers, hidden, epochs: choosable(all.film), shown, followed };
  if (snapshot && !state.started) openOn(state, content, snapshot);
  if (snapshot) state.view = fitted(state.view, timesteps, stage.bounds); // without one there is nothing to fit to
  prepareInside(stage, stage.snapshotKey);
  stage.lanes = lanesOf({ cell_state_bound: 1, ...rowIn(content) }, content.words);
  refreshRoot(stage);
  if (snapshot) paint(stage);
}

function paint(stage) {
  const { snapshotKey, insideKey, layout, theme, state } = stage;
  const { layer, unit } = state.view;
  once(stage.keys, "lanes", [snapshotKey, insideKey, layer, unit, theme.name, layout, window.devicePixelRatio], () => {
    paintLanes(stage.parts.lanes, lanesTold(stage));
    stage.parts.lanes.painted = (stage.parts.lanes.painted ?? 0) + 1;
  });
}

/** All that the lanes are drawn from. */
function lanesTold({ content, snapshot, original, state, bounds, lanes, layout, theme, orders, price, memory, explanation }) {
  const { layer, unit, tools } = state.view;
  const inside = { price, memory, explanation, scale: tools.scale };
  return { film: content.film, snapshot, original, layer, unit, hidden: bounds.hidden, lanes, layout, theme, orders, inside };
}

function showPicture(stage) {
  refreshFilm(stage, stage.parts.refs);
  refreshChart(stage);
}

function showRest(stage) {
  updateStatus(stage.parts.status, stage.content.status);
  refreshFolds(stage.parts.folds, stage);
  refreshLosses(stage, stage.parts.refs);
}

/** What the style sheet goes by, and where things lie. */
function refreshRoot(stage) {
  const { root, parts, state, content, snapshot } = stage;
  const { large, tab } = state.view;
  const stacked = isStacked(root.clientWidth, window.innerHeight);
  const awaited = stage.drawn && AWAITING.has(content.status?.state) ? "awaited" : "absent";
  const data = {
    film: snapshot ? "present" : awaited,
    page: state.store.page,
    experiment: stage.snapshot !== stage.original,
    large,
    stacked,
    tab,
    span: showsWindow(stage) ? "window" : "wide",
  };
  for (const [name, value] of Object.entries(data)) setAttribute(root, `data-${name}`, String(value));
  showTab(parts.places, tab);
  if (stacked) placeFoot(root);
  once(stage.keys, "arrangement", [stacked], () => arrange(parts, stacked));
  const screen = {
    columnWidth: parts.refs.left.clientWidth || root.clientWidth,
    height: window.innerHeight,
    ...{ stacked, large, inside: stage.inside, keeps: rowIn(content).keeps !== null },
    more: state.view.open.includes("more"),
    wideSpan: !showsWindow(stage),
  };
  stage.layout = layoutFor(
    screen,
    stage.lanes.map((lane) => lane.name),
  );
  stage.em = stage.layout.em;
}

/** Tabs and transport of a phone lie over the page's foot, as wide as the page, whatever stands beside it. */
function placeFoot(root) {
  const { left, width } = root.getBoundingClientRect();
  root.style.setProperty("--gs-left", `${left}px`);
  root.style.setProperty("--gs-width", `${width}px`);
}

/** On a phone what is seldom chosen stands under a tab of its own. */
function arrange({ transport, chartTools, refs }, stacked) {
  arrangeTransport(transport, stacked, refs.optionsPlace);
  (stacked ? refs.optionsPlace : refs.chart).append(chartTools.node);
}

/**
 * The first picture rests where something happens: on the window's largest move, and on the unit whose share of the
 * forecast changes most there. Where nothing plays by itself it stands there at once.
 */
function openOn(state, { film, chart }, snapshot) {
  const [, layers, timesteps] = snapshot.activations.shape;
  const { naive_price: prices, window_start: start } = film.meta;
  const target = largestMove(prices, chart.price[start - 1] ?? NaN, chart.unit.money);
  const unit = unitThatMoves(snapshot.head_weight, valuesOf(film, snapshot, "hidden_state", layers - 1), target);
  state.started = true;
  const clock = openingAt(resized(state.view.clock, timesteps), target);
  state.view = opened({ ...state.view, layer: layers - 1, unit, clock }, state.store.chosen);
}

function refreshFilm(stage, refs) {
  const { content, parts, theme, layout, lanes, snapshot, bounds, state } = stage;
  const { words, film, status } = content;
  const instead = status.message || words.no_film;
  setText(refs.empty, instead);
  const { cell } = rowIn(content);
  once(stage.keys, "window", [film?.meta.id], () => (parts.chart.nextWindow.hidden = true));
  once(stage.keys, "cell", [cell], () => (parts.diagram = buildDiagram(refs.diagram, cell, words)));
  if (refs.diagram.clientWidth) {
    once(stage.keys, "zoom", [refs.diagram.clientWidth], () => zoomDiagram(refs.diagram));
  }
  once(stage.keys, "labels", [cell, layout, showsWindow(stage)], () => {
    labelLanes(parts.lanes, layout, lanes, words, cell);
    placeParts(stage, refs);
  });
  parts.transport.node.inert = !snapshot;
  if (!snapshot) {
    forgetWindowEnd(parts.chartTools, content.chart);
    return showNothing(stage, refs, instead);
  }
  const { meta } = film;
  const shown = { end: meta.window_start + meta.target.length - 1, first: meta.first_end };
  once(stage.keys, "window end", [content.chart.id, shown], () => showWindowEnd(parts.chartTools, content.chart, shown));
  const { unit, layer } = state.view;
  const { hidden } = bounds;
  const { snapshotKey, explanation } = stage;
  const gradient = stage.inside && explanation ? shownBound(explanation.input_gradients, state.view.tools.scale) : null;
  once(stage.keys, "legends", [lanes, theme.name, hidden, unit, state.view.large, gradient], () =>
    refs.legends.replaceChildren(...legends(lanes, theme, words, { hidden, unit, cell: meta.cell }, gradient)),
  );
  once(stage.keys, "values", [layout, unit, layer, stage.order, lanes], () => placeValues(parts.values, lanesTold(stage)));
  once(stage.keys, "sum", [snapshotKey], () => (stage.sum = sumOf(film, snapshot)));
  once(stage.keys, "bounds", [bounds, layout], () => boundTransport(parts.transport, bounds, snapshot.prediction.length));
}

/** Of the first input's gradients, which the strip shows. */
const shownBound = (gradients, scale) =>
  boundOf(
    gradients.filter((_, at) => at % gradients.shape[1] === 0),
    scale,
  );

/** Lanes, funnel, the playhead over chart and lanes, and the place to drag a day at. */
function placeParts({ root, parts, layout, inside, content, ...stage }, refs) {
  const isWindow = showsWindow({ content, ...stage });
  refs.lanes.style.height = `${layout.lanesHeight}px`;
  Object.assign(parts.funnel.node.style, {
    top: `${layout.chartHeight - layout.chartMargin.bottom}px`,
    height: `${layout.funnelHeight}px`,
  });
  const above = isWindow ? layout.chartHeight - layout.plot.top : 0;
  Object.assign(refs.laneRule.style, { top: `${-above}px`, height: `${layout.lanesHeight + above}px` });
  setPlaces(root, layout);
  const row = layout.rows.find((each) => each.kind === "price");
  refs.priceDrag.hidden = !inside;
  const [top, height] = row ? [layout.chartHeight + row.top, row.height] : [layout.plot.top, layout.plot.height];
  Object.assign(refs.priceDrag.style, { top: `${top}px`, height: `${height}px` });
}

/** Until the film comes its places stand there, named and empty; no number of the old one is left to read. */
function showNothing(stage, refs, sentence) {
  stage.drawn = stage.drawn && "nothing";
  stage.hover = null;
  showPieces(refs.readout, [{ kind: "text", text: sentence }], {});
  drawNoLanes(stage.parts.lanes, stage.layout, stage.theme);
}

function setPlaces(root, { gutter, plot }) {
  root.style.setProperty("--gs-gutter", `${gutter}px`);
  root.style.setProperty("--gs-plot-top", `${plot.top}px`);
  root.style.setProperty("--gs-plot-height", `${plot.height}px`);
}

/** The head's sum for this snapshot: what stays the same over its timesteps. */
function sumOf(film, snapshot) {
  const states = valuesOf(film, snapshot, "hidden_state", snapshot.activations.shape[1] - 1);
  const { head_weight: weight, head_bias: bias } = snapshot;
  const order = rankedOverall(weight, states);
  return { weight, bias, order, scale: scaleOf(weight, states, bias, order) };
}

function refreshLosses(stage, refs) {
  const { content, parts, bounds, state } = stage;
  const { losses, words } = content;
  const some = Boolean(losses && losses.epochs.length);
  const revision = state.store.sections.losses?.revision;
  setAttribute(stage.root, "data-losses", some ? "present" : "absent");
  refs.noLosses.hidden = some;
  parts.losses.node.hidden = !some;
  refs.follow.hidden = state.view.epoch === null;
  const judged = content.status?.epoch ?? null;
  setText(refs.follow, judged === null ? words.live : fill(words.back_to_judged, { age: age(judged, words) }));
  const shown = bounds.shown ?? (some ? losses.epochs[losses.epochs.length - 1] : null);
  const planned = some && { age: age(shown, words), planned: losses.planned_epochs };
  setText(parts.folds.rows.losses.aside, planned ? fill(words.age_of_planned, planned) : "");
  once(stage.keys, "spark", [revision], () => drawSpark(parts.folds, some ? losses : null));
  if (!some || !state.view.open.includes("losses")) return;
  const em = parseFloat(getComputedStyle(parts.losses.node).fontSize);
  const size = { width: parts.losses.node.clientWidth, height: parts.losses.node.clientHeight, em };
  if (!size.width) return; // on a phone it may stand under another tab
  once(stage.keys, "losses", [revision, bounds, size], () =>
    updateLosses(parts.losses, losses, bounds.epochs, bounds.shown, size),
  );
}
