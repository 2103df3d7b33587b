/** Builds the views of a stage once, and ties pointers to what they may do. */

import { createChartView } from "./chart_view.js";
import { createFunnel } from "./funnel.js";
import { listenToHover } from "./hover.js";
import { listenToLanes } from "./lanes_input.js";
import { createLanesView } from "./lanes_view.js";
import { createLedgerView } from "./ledger_view.js";
import { createLossesView } from "./losses_view.js";
import { listenToPriceDrag } from "./price_drag.js";
import { skeleton } from "./skeleton.js";
import { createStatusView } from "./status_view.js";
import { valueAt } from "./strips_view.js";
import { createToolsView } from "./tools_view.js";
import { createTooltip } from "./tooltip.js";
import { createTransport } from "./transport.js";

/** Builds every view once. @param {any} stage @param {any} hands what the views may ask for */
export function buildViews(stage, hands) {
  const { words, chart } = stage.scene;
  const parts = {
    chart: createChartView(stage.assets.plotly, stage.scene, hands.onPick, hands.redraw),
    funnel: createFunnel(),
    lanes: createLanesView(),
    losses: createLossesView((value, done) => hands.dispatch({ type: "epoch", value }, done), words),
    ledger: createLedgerView((unit) => hands.dispatch({ type: "place", value: { layer: stage.bounds.layers - 1, unit } })),
    transport: createTransport(hands.dispatch, words, chart),
    tooltip: createTooltip(),
    status: createStatusView(words),
    tools: stage.held.store.page === "inside" ? createToolsView(hands, words) : null,
    diagram: null,
    refs: /** @type {any} */ (null),
  };
  const nodes = {
    chart: parts.chart.node,
    funnel: parts.funnel.node,
    lanesCanvas: parts.lanes.canvas,
    laneLabels: parts.lanes.labels,
  };
  parts.refs = skeleton(words, {
    ...nodes,
    losses: parts.losses.node,
    ledger: parts.ledger.node,
    transport: parts.transport.node,
    tooltip: parts.tooltip.node,
    status: parts.status.node,
    tools: parts.tools?.node,
  });
  parts.refs.follow.addEventListener("click", () => hands.dispatch({ type: "live" }));
  parts.refs.substepBack.addEventListener("click", () => hands.dispatch({ type: "substep", by: -1 }));
  parts.refs.substepOn.addEventListener("click", () => hands.dispatch({ type: "substep", by: 1 }));
  listenToPointer(stage, hands, parts);
  if (parts.tools) listenInside(stage, hands, parts);
  stage.root.replaceChildren(...parts.refs.children);
  return parts;
}

/** A pointer resting on a picture holds the clock and has the picture explain itself. */
function listenToPointer(stage, hands, parts) {
  const onSpot = (spot) => {
    const held = Boolean(stage.hover);
    stage.hover = spot;
    if (held || spot) hands.hold(Boolean(spot));
  };
  const entryOf = (row) => (row.dataset.unit >= 0 ? { kind: "entry", unit: Number(row.dataset.unit) } : null);
  listenToLanes(parts.lanes.canvas, pointerHands(stage, hands, onSpot));
  listenToHover(parts.refs.diagram, "[data-part]", (part) => ({ kind: "part", id: part.dataset.part }), onSpot);
  listenToHover(parts.ledger.node, "[data-unit]", entryOf, onSpot);
}

/** On "Inside the cell" a day can be dragged, and a part of the cell leads to its equation. */
function listenInside(stage, hands, parts) {
  const { refs } = parts;
  refs.diagram.addEventListener("click", (event) => {
    const part = /** @type {any} */ (event.target).closest("[data-part]")?.dataset.part;
    if (part) hands.dispatch({ type: "explain", value: FOCUS_OF[part] ?? part });
  });
  const row = () => stage.layout.rows.find((each) => each.kind === "price");
  const spot = (event, t) => ({ kind: "lane", row: row(), unit: 0, t, clientX: event.clientX, clientY: event.clientY });
  listenToPriceDrag(refs.priceDrag, {
    timesteps: () => stage.held.view.clock.length,
    onDay: (t) => hands.dispatch({ type: "seek", value: t }),
    onValue: (t, y, goesOn) => {
      stage.dragging = true;
      const day = stage.scene.film.meta.window_start + t;
      hands.edit(day, valueAt(row().top + y, row(), stage.price.scale), goesOn);
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

const FOCUS_OF = {
  ...{ c_now: "cell_state", c_before: "cell_state", h_now: "hidden_state", h_before: "hidden_state" },
  ...{ h_before_state: "hidden_state", tanh: "hidden_state", take: "update_gate", x: "forget_gate" },
};

function pointerHands(stage, hands, onSpot) {
  return {
    size: () =>
      stage.frame
        ? {
            ...{ layout: stage.layout, timesteps: stage.held.view.clock.length },
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
