/** Builds the views of a stage once, and ties pointers to what they may do. */

import { createChartTools } from "../chart/chart_tools.js";
import { createChartView } from "../chart/chart_view.js";
import { createFolds } from "./opening_rows.js";
import { fill } from "../shared/format.js";
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
import { createTransport } from "../player/transport.js";
import { createValuesView } from "../lanes/values_view.js";
import { createWindowView } from "../chart/window_view.js";
import { listenToTerms } from "../shared/words_view.js";

/** Builds every view once. @param {any} stage @param {any} hands what the views may ask for */
export function buildViews(stage, hands) {
  const { words, chart } = stage.content;
  const { dispatch } = hands;
  const isInside = stage.state.store.page === "inside";
  const onChart = { onPick: hands.onPick, onMove: hands.redraw, onZoom: () => dispatch({ type: "span", value: null }) };
  const parts = {
    tools: isInside ? createToolsView(hands, words) : null,
    chartTools: createChartTools(words, chart, (value) => dispatch({ type: "span", value }), hands.onPick),
    chart: createChartView(stage.assets.plotly, onChart),
    window: createWindowView(),
    funnel: createFunnel(),
    lanes: createLanesView(),
    values: createValuesView(),
    losses: createLossesView((value, done) => dispatch({ type: "epoch", value }, done), words),
    ledger: createLedgerView((unit) => dispatch({ type: "place", value: { layer: stage.bounds.layers - 1, unit } })),
    transport: createTransport(dispatch, words, chart),
    places: createTabs(words, isInside, (value) => dispatch({ type: "tab", value })),
    keys: createKeysView(words, (text) => fill(text, { step: chart.step })),
    tooltip: createTooltip(),
    termTip: createTooltip(),
    status: createStatusView(words),
    diagram: null,
    folds: /** @type {any} */ (null),
    refs: /** @type {any} */ (null),
  };
  parts.folds = createFolds(parts, words, hands);
  parts.refs = { ...skeleton(words, nodesOf(parts)), ...parts.folds.refs };
  listenToButtons(parts, dispatch);
  listenToPointer(stage, hands, parts);
  listenToTerms(stage.root, parts.termTip);
  if (parts.tools) listenInside(stage, hands, parts);
  stage.root.replaceChildren(...parts.refs.children);
  return parts;
}

const nodesOf = (parts) => ({
  chartTools: parts.chartTools.node,
  wideChart: parts.chart.node,
  windowChart: parts.window.node,
  about: parts.window.about,
  chartFoot: parts.window.foot,
  funnel: parts.funnel.node,
  lanesCanvas: parts.lanes.canvas,
  laneLabels: parts.lanes.labels,
  values: parts.values.node,
  rows: parts.folds.nodes,
  tools: parts.tools?.node,
  places: parts.places.node,
  transport: parts.transport.node,
  tooltip: parts.tooltip.node,
  termTip: parts.termTip.node,
  keys: parts.keys.node,
  status: parts.status.node,
});

function listenToButtons({ refs }, dispatch) {
  refs.follow.addEventListener("click", () => dispatch({ type: "live" }));
  refs.substepBack.addEventListener("click", () => dispatch({ type: "substep", by: -1 }));
  refs.substepOn.addEventListener("click", () => dispatch({ type: "substep", by: 1 }));
}

/** A pointer resting on a picture holds the clock and has the picture explain itself. */
function listenToPointer(stage, hands, parts) {
  const onSpot = (spot) => {
    const state = Boolean(stage.hover);
    stage.hover = spot;
    if (state || spot) hands.hold(Boolean(spot));
  };
  const entryOf = (row) => (row.dataset.unit >= 0 ? { kind: "entry", unit: Number(row.dataset.unit) } : null);
  listenToLanes(parts.lanes.canvas, pointerHands(stage, hands, onSpot));
  listenToHover(parts.refs.diagram, "[data-part]", (part) => ({ kind: "part", id: part.dataset.part }), onSpot);
  listenToHover(parts.ledger.node, "[data-unit]", entryOf, onSpot);
  listenToWindow(stage, hands, parts.window.node, onSpot);
}

/** The window's chart: a step tells its values; a press goes there. */
function listenToWindow(stage, hands, node, onSpot) {
  const stepUnder = (event) => {
    const box = node.getBoundingClientRect();
    return timestepAt(event.clientX - box.left, stage.state.view.clock.length, box.width);
  };
  const spotOf = (_, event) => (stage.snapshot ? { kind: "chart", t: stepUnder(event) } : null);
  listenToHover(node, ".gs-window-chart", spotOf, onSpot);
  node.addEventListener("click", (event) => stage.snapshot && hands.dispatch({ type: "seek", value: stepUnder(event) }));
}

/** On "Inside the cell" a day can be dragged, and a part of the cell leads to its equation. */
function listenInside(stage, hands, parts) {
  const { refs } = parts;
  refs.diagram.addEventListener("click", (event) => {
    const part = /** @type {any} */ (event.target).closest("[data-part]")?.dataset.part;
    if (part) hands.dispatch({ type: "explain", value: focusOf(stage.moment.cell, part) });
  });
  const spot = (event, t) => ({ kind: "chart", t, clientX: event.clientX, clientY: event.clientY });
  listenToPriceDrag(refs.priceDrag, {
    timesteps: () => stage.state.view.clock.length,
    onDay: (t) => hands.dispatch({ type: "seek", value: t }),
    onValue: (t, y, goesOn) => {
      stage.dragging = true;
      const day = stage.content.film.meta.window_start + t;
      const place = { name: "price_row", kind: "price", top: 0, height: refs.priceDrag.clientHeight };
      hands.edit(day, valueAt(y, place, stage.price.scale), goesOn);
    },
    onOutside: () => hands.dispatch({ type: "refuse", value: { problem: "outside" } }),
    onEnd: () => {
      stage.dragging = false;
      hands.dispatch({ type: "drag_end" });
    },
    onHover: (event, t) => hands.hoverAt(stage, spot(event, t)),
    onLeave: () => hands.hoverAt(stage, null),
  });
}

/** What a part of the drawing is a part of; the input goes into the first gate. */
const focusOf = (cell, part) => boxOf(cell, part).of ?? focusesOf(cell)[0];

function pointerHands(stage, hands, onSpot) {
  return {
    size: () =>
      stage.snapshot
        ? {
            ...{ layout: stage.layout, timesteps: stage.state.view.clock.length, unit: stage.state.view.unit },
            ...{ hidden: stage.bounds.hidden, orders: stage.orders },
          }
        : null,
    onHover: onSpot,
    onLeave: () => onSpot(null),
    onSeek: (value) => hands.dispatch({ type: "seek", value }),
    onUnit: (value, row) => {
      hands.dispatch({ type: "unit", value });
      if (row.kind === "lane") hands.dispatch({ type: "focus", value: row.name });
    },
  };
}
