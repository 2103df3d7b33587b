/** Draws anew what differs from the screen: each part has a key made of all that it depends on. */

/**
 * @import {Explanation, Snapshot} from "../shared/message.js"
 * @import {Film} from "../shared/store.js"
 * @import {Composed, Filmed, Shown, Stage, Views} from "./parts.js"
 * @import {Layout} from "../lanes/layout.js"
 *
 * @typedef {Object} Refreshed what was drawn last
 * @property {Record<string, string>} keys of all that each part hangs on, by part
 * @property {ReturnType<typeof buildDiagram> | null} diagram of the cell
 * @property {HeadSum | null} sum
 * @typedef {{weight: Float32Array, bias: number, order: number[], scale: number}} HeadSum
 *   (H,) of the head; units by what they add over the window; the largest that is added
 */

import { forgetWindowEnd, showWindowEnd } from "../chart/chart_tools.js";
import { rowIn } from "../cells/cells.js";
import { buildDiagram, zoomDiagram } from "../cells/diagram_view.js";
import { setAttribute, setText } from "../shared/dom.js";
import { drawSpark, refreshFolds } from "./opening_rows.js";
import { age, fill } from "../shared/format.js";
import { labelLanes } from "../lanes/labels_view.js";
import { valuesOf } from "../lanes/lanes.js";
import { drawNoLanes, paintLanes } from "../lanes/lanes_view.js";
import { isStacked, layoutFor } from "../lanes/layout.js";
import { rankedOverall, scaleOf } from "../ledger/ledger.js";
import { legends } from "../lanes/legends.js";
import { updateLosses } from "../losses/losses_view.js";
import { once } from "../shared/redraw_once.js";
import { refreshChart, showsWindow } from "../chart/refresh_chart.js";
import { showPieces } from "../shared/sentence_view.js";
import { updateStatus } from "../shared/status_view.js";
import { boundOf } from "../lanes/strips_view.js";
import { showTab } from "../shared/tabs_view.js";
import { arrangeTransport, boundChoices } from "../player/transport.js";
import { placeValues } from "../lanes/values_view.js";
import { compose, hasFilm } from "./compose.js";
import { fitView } from "./state.js";

/** States in which a film is on its way. */
const AWAITING = new Set(["queued", "training", "pausing", "paused"]);

/** @returns {Refreshed} */
export const nothingDrawn = () => ({ keys: {}, diagram: null, sum: null });

/**
 * The work of a new message, in this order: what is to be shown, with the lanes' pictures; the picture; what stands
 * around it. Each is one frame's work where the picture plays on meanwhile.
 * @type {((stage: Stage) => void)[]}
 */
export const STEPS = [prepare, showPicture, showRest];

/** @param {Stage} stage */
export function refresh(stage) {
  for (const step of STEPS) step(stage);
}

/** @param {Stage} stage */
function prepare(stage) {
  fitView(stage.state);
  const composed = compose(stage);
  const shown = { ...composed, layout: refreshRoot(stage, composed, viewsOf(stage)) };
  stage.shown = shown;
  if (hasFilm(shown)) paint(stage, shown);
}

/** Nothing is drawn before the views are there. @param {Stage} stage */
const viewsOf = ({ parts }) => /** @type {Views} */ (parts);

/** @param {Stage} stage @param {Filmed} shown */
function paint(stage, shown) {
  const { snapshotKey, insideKey, layout, theme } = shown;
  const { layer, unit } = stage.state.view;
  once(stage.drawn.keys, "lanes", [snapshotKey, insideKey, layer, unit, theme.name, layout, window.devicePixelRatio], () =>
    paintLanes(viewsOf(stage).lanes, lanesTold(stage, shown)),
  );
}

/**
 * All that the lanes are drawn from.
 * @param {Stage} stage @param {Filmed} shown @returns {import("../lanes/lanes_view.js").Painted}
 */
function lanesTold({ state }, { content, bounds, price, memory, explanation, ...shown }) {
  const { layer, unit, tools } = state.view;
  const { snapshot, original, lanes, layout, theme, orders } = shown;
  const inside = { price, memory, explanation, scale: tools.scale };
  return { film: content.film, snapshot, original, layer, unit, hidden: bounds.hidden, lanes, layout, theme, orders, inside };
}

/** @param {Stage} stage */
function showPicture(stage) {
  if (!stage.shown) return;
  refreshFilm(stage, stage.shown, viewsOf(stage));
  refreshChart(stage, stage.shown, viewsOf(stage));
}

/** @param {Stage} stage */
function showRest(stage) {
  const { shown, state } = stage;
  if (!shown) return;
  const parts = viewsOf(stage);
  updateStatus(parts.status, shown.content.status);
  refreshFolds(parts.folds, { ...shown, state });
  refreshLosses(stage, shown, parts);
}

/**
 * What the style sheet goes by, and where things lie.
 * @param {Stage} stage @param {Composed} composed @param {Views} parts @returns {Layout}
 */
function refreshRoot({ root, state, drawn, frame }, { content, snapshot, original, inside, lanes }, parts) {
  const { large, tab } = state.view;
  const stacked = isStacked(root.clientWidth, window.innerHeight);
  const awaited = frame.key && AWAITING.has(content.status.state) ? "awaited" : "absent";
  const data = {
    film: snapshot ? "present" : awaited,
    page: state.store.page,
    experiment: snapshot !== original,
    large,
    stacked,
    tab,
    span: showsWindow(state) ? "window" : "wide",
  };
  for (const [name, value] of Object.entries(data)) setAttribute(root, `data-${name}`, String(value));
  showTab(parts.places, tab);
  if (stacked) placeFoot(root);
  once(drawn.keys, "arrangement", [stacked], () => arrange(parts, stacked));
  const screen = {
    columnWidth: parts.refs.left.clientWidth || root.clientWidth,
    height: window.innerHeight,
    ...{ stacked, large, inside, keeps: rowIn(content).keeps !== null },
    more: state.view.open.includes("more"),
    wideSpan: !showsWindow(state),
  };
  return layoutFor(
    screen,
    lanes.map((lane) => lane.name),
  );
}

/**
 * Tabs and transport of a phone lie over the page's foot, as wide as the page, whatever stands beside it.
 * @param {HTMLElement} root
 */
function placeFoot(root) {
  const { left, width } = root.getBoundingClientRect();
  root.style.setProperty("--gs-left", `${left}px`);
  root.style.setProperty("--gs-width", `${width}px`);
}

/** On a phone what is seldom chosen stands under a tab of its own. @param {Views} parts @param {boolean} stacked */
function arrange({ transport, chartTools, refs }, stacked) {
  arrangeTransport(transport, stacked, refs.optionsPlace);
  (stacked ? refs.optionsPlace : refs.chart).append(chartTools.node);
}

/** @param {Stage} stage @param {Shown} shown @param {Views} parts */
function refreshFilm(stage, shown, parts) {
  const { content, layout, lanes, snapshot } = shown;
  const { drawn, state } = stage;
  const { refs } = parts;
  const { words, film, status } = content;
  const instead = status.message || words.no_film;
  setText(refs.empty, instead);
  const { cell } = rowIn(content);
  once(drawn.keys, "window", [film?.meta.id], () => (parts.chart.nextWindow.hidden = true));
  once(drawn.keys, "cell", [cell], () => (drawn.diagram = buildDiagram(refs.diagram, cell, words)));
  if (refs.diagram.clientWidth) {
    once(drawn.keys, "zoom", [refs.diagram.clientWidth], () => zoomDiagram(refs.diagram));
  }
  once(drawn.keys, "labels", [cell, layout, showsWindow(state)], () => {
    labelLanes(parts.lanes, layout, lanes, words, cell);
    placeParts(stage.root, shown, parts, showsWindow(state));
  });
  parts.transport.node.inert = !snapshot;
  if (hasFilm(shown)) return refreshWithFilm(stage, shown, parts);
  forgetWindowEnd(parts.chartTools, content.chart);
  showNothing(shown, parts, instead);
}

/** What stands around the lanes of a network. @param {Stage} stage @param {Filmed} shown @param {Views} parts */
function refreshWithFilm({ state, drawn }, shown, parts) {
  const { content, theme, layout, lanes, snapshot, bounds, snapshotKey, explanation, inside, order } = shown;
  const { words, film, chart } = content;
  const { meta } = film;
  const end = { end: meta.window_start + meta.target.length - 1, first: meta.first_end };
  once(drawn.keys, "window end", [chart.id, end], () => showWindowEnd(parts.chartTools, chart, end));
  const { unit, layer } = state.view;
  const { hidden } = bounds;
  const gradient = inside && explanation ? shownBound(explanation.input_gradients, state.view.tools.scale) : null;
  once(drawn.keys, "legends", [lanes, theme.name, hidden, unit, state.view.large, gradient], () =>
    parts.refs.legends.replaceChildren(...legends(lanes, theme, words, { hidden, unit, cell: meta.cell }, gradient)),
  );
  const about = { layout, lanes, hidden, unit, orders: shown.orders };
  once(drawn.keys, "values", [layout, unit, layer, order, lanes], () => placeValues(parts.values, about));
  once(drawn.keys, "sum", [snapshotKey], () => (drawn.sum = sumOf(film, snapshot)));
  once(drawn.keys, "bounds", [bounds], () => boundChoices(parts.transport, bounds));
}

/**
 * Of the first input's gradients, which the strip shows.
 * @param {Explanation["input_gradients"]} gradients @param {string} scale
 */
const shownBound = (gradients, scale) =>
  boundOf(
    gradients.filter((_, at) => at % gradients.shape[1] === 0),
    scale,
  );

/**
 * Lanes, funnel, the playhead over chart and lanes, and the place to drag a day at.
 * @param {HTMLElement} root @param {Shown} shown @param {Views} parts @param {boolean} isWindow
 */
function placeParts(root, { layout, inside }, { refs, funnel }, isWindow) {
  refs.lanes.style.height = `${layout.lanesHeight}px`;
  Object.assign(funnel.node.style, {
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

/**
 * Until the film comes its places stand there, named and empty; no number of the old one is left to read.
 * @param {Shown} shown @param {Views} parts @param {string} sentence
 */
function showNothing({ content, layout, theme }, { refs, lanes }, sentence) {
  showPieces(refs.readout, [{ kind: "text", text: sentence }], { words: content.words, cell: "" });
  drawNoLanes(lanes, layout, theme);
}

/** @param {HTMLElement} root @param {Layout} layout */
function setPlaces(root, { gutter, plot }) {
  root.style.setProperty("--gs-gutter", `${gutter}px`);
  root.style.setProperty("--gs-plot-top", `${plot.top}px`);
  root.style.setProperty("--gs-plot-height", `${plot.height}px`);
}

/**
 * The head's sum for this snapshot: what stays the same over its timesteps.
 * @param {Film} film @param {Snapshot} snapshot @returns {HeadSum}
 */
function sumOf(film, snapshot) {
  const states = valuesOf(film, snapshot, "hidden_state", snapshot.activations.shape[1] - 1);
  const { head_weight: weight, head_bias: bias } = snapshot;
  const order = rankedOverall(weight, states);
  return { weight, bias, order, scale: scaleOf(weight, states, bias, order) };
}

/** @param {Stage} stage @param {Shown} shown @param {Views} parts */
function refreshLosses(stage, { content, bounds }, parts) {
  const { state, drawn } = stage;
  const { refs } = parts;
  const { losses, words } = content;
  const some = losses?.epochs.length ? losses : null;
  const revision = state.store.sections.losses?.revision;
  setAttribute(stage.root, "data-losses", some ? "present" : "absent");
  refs.noLosses.hidden = Boolean(some);
  parts.losses.node.hidden = !some;
  refs.follow.hidden = state.view.epoch === null;
  const judged = content.status.epoch;
  setText(refs.follow, judged === null ? words.live : fill(words.back_to_judged, { age: age(judged, words) }));
  const shown = bounds.shown ?? (some ? some.epochs[some.epochs.length - 1] : null);
  const planned = some && { age: age(shown, words), planned: some.planned_epochs };
  setText(parts.folds.rows.losses.aside, planned ? fill(words.age_of_planned, planned) : "");
  once(drawn.keys, "spark", [revision], () => drawSpark(parts.folds, some));
  if (!some || !state.view.open.includes("losses")) return;
  const em = parseFloat(getComputedStyle(parts.losses.node).fontSize);
  const size = { width: parts.losses.node.clientWidth, height: parts.losses.node.clientHeight, em };
  if (!size.width) return; // on a phone it may stand under another tab
  once(drawn.keys, "losses", [revision, bounds, size], () =>
    updateLosses(parts.losses, some, bounds.epochs, bounds.shown, size),
  );
}
