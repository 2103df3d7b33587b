/** Builds the views of a stage once, and ties pointers to what they may do. */

/**
 * @import {WholeContent} from "../shared/store.js"
 * @import {Dispatch, Hands, Stage, Views} from "./parts.js"
 * @import {Spot} from "./hover.js"
 */

import { createChartTools } from "../chart/chart_tools.js";
import { createChartView } from "../chart/chart_view.js";
import { createFolds } from "./opening_rows.js";
import {  } from "../shared/format.js";
import { createFunnel } from "../chart/funnel.js";
import { boxOf } from "../cells/diagram.js";
import { focusesOf } from "../cells/equations.js";
import { listenToHover } from "./hover.js";
import { createKeysView } from "../player/keys_view.js";
import { listenToLanes } from "../lanes/lanes_input.js";
import { createLanesView } from "../lanes/lanes_view.js";
import { timestepAt } from "../lanes/layout.js";
import { createLedgerView } from "../ledger/ledger_view.js";
import { createLossesView } from "../losses/losses_view.js";
import { listenToPriceDrag } from "../inside/price_drag.js";
import { skeleton } from "./regions.js";
import { createStatusView } from "../shared/status_view.js";
import { valueAt } from "../lanes/strips_view.js";
import { createTabs } from "../shared/tabs_view.js";
import { createToolsView } from "../inside/tools_view.js";
import { createTooltip } from "../shared/tooltip.js";
import { timestepsOf } from "../player/timesteps.js";
import { createTransport } from "../player/transport.js";
import { createValuesView } from "../lanes/values_view.js";
import { createWindowView } from "../chart/window_view.js";
import { listenToTerms } from "../shared/words_view.js";

/** @type {import("../player/transport.js").Beside} */
const BESIDE = { choices: ["speed", "layer", "unit", "epoch"], buttons: ["large", "keys"], menu: true };

/** Builds every view once. @param {Stage} stage @param {WholeContent} content @param {Hands} hands @returns {Views} */
export function buildViews(stage, content, hands) {
  const { words } = content;
  const { dispatch } = hands;
  const views = createViews(stage, content, hands);
  const folds = createFolds(views, words, hands);
  const refs = { ...skeleton(words, nodesOf(views, folds)), ...folds.refs };
  const parts = { ...views, folds, refs };
  listenToButtons(parts, dispatch);
  listenToPointer(stage, hands, parts);
  listenToTerms(stage.root, parts.termTip);
  if (parts.tools) listenInside(stage, hands, parts);
  stage.root.replaceChildren(...parts.refs.children);
  return parts;
}

/** @param {Stage} stage @param {WholeContent} content @param {Hands} hands */
export function createViews(stage, { words, chart }, hands) {
  const { dispatch } = hands;
  const isInside = stage.state.store.page === "inside";
  const onChart = { onPick: hands.onPick, onMove: hands.redraw, onZoom: () => dispatch({ type: "span", value: null }) };
  return {
    tools: isInside ? createToolsView(hands, words) : null,
    chartTools: createChartTools(words, chart, (value) => dispatch({ type: "span", value }), hands.onPick),
    chart: createChartView(stage.assets.plotly, onChart),
    window: createWindowView(),
    funnel: createFunnel(),
    lanes: createLanesView(),
    values: createValuesView(),
    losses: createLossesView((value, done) => dispatch({ type: "epoch", value }, done), words),
    ledger: createLedgerView((unit) => dispatch({ type: "place", value: { layer: (stage.shown?.bounds.layers ?? 1) - 1, unit } })),
    transport: createTransport(dispatch, words, timestepsOf(words), BESIDE),
    places: createTabs(words, isInside, (value) => dispatch({ type: "tab", value })),
    keys: createKeysView(words),
    tooltip: createTooltip(),
    termTip: createTooltip(),
    status: createStatusView(words),
  };
}

/** @param {ReturnType<typeof createViews>} parts @param {Views["folds"]} folds */
export const nodesOf = (parts, folds) => ({
  chartTools: parts.chartTools.node,
  wideChart: parts.chart.node,
  windowChart: parts.window.node,
  about: parts.window.about,
  chartFoot: parts.window.foot,
  funnel: parts.funnel.node,
  lanesCanvas: parts.lanes.canvas,
  laneLabels: parts.lanes.labels,
  values: parts.values.node,
  rows: folds.nodes,
  tools: parts.tools?.node,
  places: parts.places.node,
  transport: parts.transport.node,
  tooltip: parts.tooltip.node,
  termTip: parts.termTip.node,
  keys: parts.keys.node,
  status: parts.status.node,
});

/** @param {Views} parts @param {Dispatch} dispatch */
function listenToButtons({ refs }, dispatch) {
  refs.follow.addEventListener("click", () => dispatch({ type: "live" }));
  refs.substepBack.addEventListener("click", () => dispatch({ type: "substep", by: -1 }));
  refs.substepOn.addEventListener("click", () => dispatch({ type: "substep", by: 1 }));
}

/**
 * A pointer resting on a picture holds the clock and has the picture explain itself.
 * @param {Stage} stage @param {Hands} hands @param {Views} parts
 */
function listenToPointer(stage, hands, parts) {
  const onSpot = hands.point;
  /** @param {HTMLElement} row @returns {Spot | null} */
  const entryOf = (row) => (Number(row.dataset.unit) >= 0 ? { kind: "entry", unit: Number(row.dataset.unit) } : null);
  listenToLanes(parts.lanes.canvas, pointerHands(stage, hands));
  listenToHover(parts.refs.diagram, "[data-part]", (part) => ({ kind: "part", id: part.dataset.part ?? "" }), onSpot);
  listenToHover(parts.ledger.node, "[data-unit]", entryOf, onSpot);
  listenToWindow(stage, hands, parts.window.node);
}

/**
 * The window's chart: a step tells its values; a press goes there.
 * @param {Stage} stage @param {Hands} hands @param {SVGElement} node
 */
function listenToWindow(stage, hands, node) {
  const stepUnder = (/** @type {MouseEvent} */ event) => {
    const box = node.getBoundingClientRect();
    return timestepAt(event.clientX - box.left, stage.state.view.clock.length, box.width);
  };
  /** @param {Element} _ @param {PointerEvent} event @returns {Spot | null} */
  const spotOf = (_, event) => (stage.shown?.snapshot ? { kind: "chart", t: stepUnder(event) } : null);
  listenToHover(node, ".gs-window-chart", spotOf, hands.point);
  node.addEventListener("click", (event) => stage.shown?.snapshot && hands.dispatch({ type: "seek", value: stepUnder(event) }));
}

/**
 * On "Inside the cell" a day can be dragged, and a part of the cell leads to its equation.
 * @param {Stage} stage @param {Hands} hands @param {Views} parts
 */
function listenInside(stage, hands, parts) {
  const { refs } = parts;
  refs.diagram.addEventListener("click", (event) => {
    const part = /** @type {Element} */ (event.target).closest("[data-part]")?.getAttribute("data-part");
    const { diagram } = stage.drawn;
    if (part && diagram) hands.dispatch({ type: "explain", value: focusOf(diagram.cell, part) });
  });
  /** @param {PointerEvent} event @param {number} t @returns {Spot} */
  const spot = (event, t) => ({ kind: "chart", t, clientX: event.clientX, clientY: event.clientY });
  listenToPriceDrag(refs.priceDrag, {
    timesteps: () => stage.state.view.clock.length,
    onDay: (t) => hands.dispatch({ type: "seek", value: t }),
    onValue: (t, y, goesOn) => {
      const { content, price } = stage.shown ?? {};
      if (!content?.film || !price) return;
      hands.drag(true);
      const day = content.film.meta.window_start + t;
      const place = { name: "price_row", kind: "price", top: 0, height: refs.priceDrag.clientHeight };
      hands.edit(day, valueAt(y, place, price.scale), goesOn);
    },
    onOutside: () => hands.dispatch({ type: "refuse", value: { problem: "outside" } }),
    onEnd: () => {
      hands.drag(false);
      hands.dispatch({ type: "drag_end" });
    },
    onHover: (event, t) => hands.hoverAt(spot(event, t)),
    onLeave: () => hands.hoverAt(null),
  });
}

/** What a part of the drawing is a part of; the input goes into the first gate. @param {string} cell @param {string} part */
const focusOf = (cell, part) => boxOf(cell, part)?.of ?? focusesOf(cell)[0];

/** @param {Stage} stage @param {Hands} hands @returns {import("../lanes/lanes_input.js").LanesHands} */
function pointerHands(stage, hands) {
  return {
    size: () => {
      const { shown, state } = stage;
      if (!shown?.snapshot) return null;
      const { layout, bounds, orders } = shown;
      return { layout, timesteps: state.view.clock.length, unit: state.view.unit, hidden: bounds.hidden, orders };
    },
    onHover: hands.point,
    onLeave: () => hands.point(null),
    /** @param {number} value */
    onSeek: (value) => hands.dispatch({ type: "seek", value }),
    onUnit: (value, row) => {
      hands.dispatch({ type: "unit", value });
      if (row.kind === "lane") hands.dispatch({ type: "focus", value: row.name });
    },
  };
}
