/**
 * The chart of wide spans. Until Plotly has come (it is asked for when a wide span is) a plain sketch stands in the same
 * place; then Plotly draws the lines, and window and playhead lie above them as elements of ours: playing never calls
 * Plotly.
 */

/**
 * @import {PlotContent, Size} from "./chart_figure.js"
 * @import {Theme} from "../shared/theme.js"
 *
 * @typedef {ReturnType<typeof createChartView>} ChartView
 * @typedef {{content: PlotContent, size: Size, theme: Theme}} Drawing
 */

import { figure, fullRange, milliseconds } from "./chart_figure.js";
import { partsOf } from "./chart_shapes.js";
import { el, px, sized } from "../shared/dom.js";
import { rangeOf } from "./spans.js";
import { thinned } from "../shared/fewer_points.js";

const CONFIG = {
  displaylogo: false,
  responsive: false,
  showTips: false,
  modeBarButtons: [["zoom2d", "pan2d", "zoomIn2d", "zoomOut2d", "resetScale2d"]],
};
const REACT_EVERY = 400;
const CLICK_MOVES = 4; // pixels; beyond it is a drag

/**
 * @param {string} plotlyUrl @param {{onPick: (time: number) => void, onMove: () => void, onZoom: () => void}} hands
 *   a day was chosen; the axis moved; somebody zoomed or panned by hand
 */
export function createChartView(plotlyUrl, hands) {
  const sketch = el("canvas", { class: "gs-sketch" });
  const plot = el("div", { class: "gs-plot", "data-testid": "stage-plot" });
  const windowBand = el("div", { class: "gs-window", "data-testid": "stage-window" });
  const rule = el("div", { class: "gs-rule" });
  const nextWindow = el("div", { class: "gs-window gs-next-window" });
  nextWindow.hidden = true;
  const overlay = el("div", { class: "gs-overlay", "aria-hidden": "true" }, windowBand, nextWindow, rule);
  const node = el("div", { class: "gs-wide-chart" }, sketch, plot, overlay);
  const view = {
    ...{ node, sketch, plot, overlay, windowBand, nextWindow, rule, plotlyUrl, ...hands },
    /** What is drawn; null before the first. @type {Drawing | null} */ drawing: null,
    /** Where the axes stand until somebody zooms by hand; every press of a span's button gives another id. */
    base: { x: [0, 1], y: [0, 1], id: "" },
    range: [0, 1],
    revision: "",
    press: -1,
    /** @type {any} Plotly has no types here */ Plotly: null,
    timer: /** @type {ReturnType<typeof setTimeout> | null} */ (null),
    drawnAt: 0,
    failed: false,
    isLoading: false,
    gone: new AbortController(),
  };
  listenToPicks(view);
  return view;
}

/**
 * New data, size, span or theme: sketch at once, or Plotly a little later (never more often than every 400 ms).
 * @param {ChartView} view @param {PlotContent} content @param {Size} size @param {Theme} theme
 * @param {{span: string | null, presses: number}} chosen the span, null after a zoom by hand; a press takes that back
 */
export function updateChart(view, content, size, theme, { span, presses }) {
  const isPressed = view.press !== presses;
  const drawing = { content, size, theme };
  Object.assign(view, { drawing, press: presses });
  // A span's axes follow what is drawn; those that were zoomed by hand stay, both of them, on the same series.
  if (isPressed || view.revision !== content.chart.id || span) setBase(view, drawing, span ?? "all");
  view.revision = content.chart.id;
  placeOverlay(view, size);
  if (!view.Plotly) drawSketch(view, drawing);
  else if (isPressed) void react(view);
  else schedule(view);
  void loadPlotly(view);
}

/**
 * Where the axes stand; a new press gives up what was zoomed by hand.
 * @param {ChartView} view @param {Drawing} drawing @param {string} span
 */
function setBase(view, { content }, span) {
  const { x, y } = rangeOf(span, content, fullRange(content));
  const id = `${content.chart.id}|${view.press}`;
  if (!view.Plotly || view.base.id !== id) view.range = x;
  view.base = { x, y, id };
}

/** @param {ChartView} chartView @param {Size} size */
function placeOverlay({ node, overlay }, size) {
  node.style.height = `${size.height}px`;
  Object.assign(overlay.style, {
    left: `${size.gutter}px`,
    top: `${size.margin.top}px`,
    width: `${size.width}px`,
    height: `${size.height - size.margin.top - size.margin.bottom}px`,
  });
}

/** x inside the plot area, in pixels. @param {ChartView} view @param {number} time */
export function xOf(view, time) {
  const [first, last] = view.range;
  return ((time - first) / (last - first)) * (view.drawing?.size.width ?? 0);
}

/**
 * The window's band in the plot area, and the playhead over it.
 * @returns {{from: number, to: number, at: number}} pixels @param {ChartView} view
 * @param {{from: number, to: number, at: number}} window
 */
export function moveChart(view, { from, to, at }) {
  const [left, right, x] = [from, to, at].map((time) => xOf(view, time));
  view.windowBand.style.transform = `translateX(${px(left)}px)`;
  view.windowBand.style.width = `${px(Math.max(2, right - left))}px`;
  view.rule.style.transform = `translateX(${px(x)}px)`;
  return { from: left, to: right, at: x };
}

/** The window just picked, until its film has come. @param {ChartView} view @param {number} from @param {number} to */
export function showNextWindow(view, from, to) {
  if (!view.drawing) return; // the wide chart was never drawn: the window's own chart shows what comes
  const [left, right] = [xOf(view, from), xOf(view, to)];
  view.nextWindow.style.transform = `translateX(${px(left)}px)`;
  view.nextWindow.style.width = `${px(Math.max(2, right - left))}px`;
  view.nextWindow.hidden = false;
}

/** Shows or hides what belongs to a film. @param {ChartView} view @param {boolean} shown */
export function showWindow(view, shown) {
  view.overlay.hidden = !shown;
}

/** Once, when a wide span is first asked for. @param {ChartView} view */
async function loadPlotly(view) {
  if (view.Plotly || view.failed || view.isLoading) return;
  view.isLoading = true;
  try {
    view.Plotly = await plotlyFrom(view.plotlyUrl);
  } catch (error) {
    view.failed = true; // the sketch stays
    console.error("stage: the chart library could not be loaded", error);
    return;
  }
  await react(view);
}

/** One script tag a page, however many stages there are. @param {string} url */
function plotlyFrom(url) {
  const state = /** @type {any} Plotly leaves itself there */ (globalThis);
  state.__gatescopePlotly ??= new Promise((resolve, reject) => {
    const script = el("script", { src: url, async: "" });
    script.addEventListener("load", () => resolve(state.Plotly));
    script.addEventListener("error", reject);
    document.head.append(script);
  });
  return state.__gatescopePlotly;
}

/** @param {ChartView} view */
function schedule(view) {
  if (view.timer) return;
  const wait = Math.max(0, REACT_EVERY - (performance.now() - view.drawnAt));
  view.timer = setTimeout(() => {
    view.timer = null;
    if (view.node.isConnected) void react(view);
  }, wait);
}

/** @param {ChartView} view */
async function react(view) {
  const { drawing } = view;
  if (!drawing) return;
  view.drawnAt = performance.now();
  const first = !view.plot.classList.contains("gs-plotted");
  const { data, layout } = figure(drawing.content, drawing.theme, view.range, drawing.size, view.base);
  await view.Plotly.react(view.plot, data, layout, CONFIG);
  if (first) listen(view);
  view.plot.classList.add("gs-plotted");
  view.sketch.hidden = true;
  takeRange(view, false);
}

/** @param {ChartView} view */
function listen(view) {
  const plot = /** @type {any} what Plotly makes of it */ (view.plot);
  plot.on("plotly_relayout", () => takeRange(view, true));
  plot.on("plotly_relayouting", (/** @type {Record<string, string | number>} */ event) => followDrag(view, event));
}

/**
 * A click or tap between the axes picks its date, on the sketch as on Plotly's lines. Plotly's own click event needs a
 * point under the pointer.
 * @param {ChartView} view
 */
function listenToPicks(view) {
  /** @type {PointerEvent | null} */ let start = null;
  view.node.addEventListener("pointerdown", (event) => (start = isBetweenAxes(view, event) ? event : null), true);
  document.addEventListener(
    "pointerup",
    (event) => {
      const moved = start ? Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY) : Infinity;
      if (moved < CLICK_MOVES) view.onPick(timeAt(view, event.clientX));
      start = null;
    },
    { capture: true, signal: view.gone.signal },
  );
}

/** @param {ChartView} view @param {PointerEvent} event */
function isBetweenAxes(view, { clientX, clientY, button, target }) {
  const box = view.overlay.getBoundingClientRect();
  const inside = clientX >= box.left && clientX <= box.right && clientY >= box.top && clientY <= box.bottom;
  return inside && button === 0 && !(/** @type {Element} */ (target).closest(".modebar, .legend"));
}

/**
 * After a zoom the axis is read from the figure, and the lines are thinned anew for what is shown.
 * @param {ChartView} view @param {boolean} redraw
 */
function takeRange(view, redraw) {
  const range = /** @type {any} what Plotly makes of it */ (view.plot).layout?.xaxis?.range?.map(milliseconds);
  if (!range || !range.every(Number.isFinite)) return;
  const moved = range[0] !== view.range[0] || range[1] !== view.range[1];
  view.range = range;
  if (moved) view.onMove();
  if (!moved || !redraw) return;
  view.onZoom();
  schedule(view);
}

/** @param {ChartView} view @param {Record<string, string | number>} event */
function followDrag(view, event) {
  const range = [event["xaxis.range[0]"], event["xaxis.range[1]"]];
  if (range.some((each) => each === undefined)) return;
  view.range = range.map(milliseconds);
  view.onMove();
}

/** @param {ChartView} view @param {number} clientX */
function timeAt(view, clientX) {
  const x = clientX - view.overlay.getBoundingClientRect().left;
  const [first, last] = view.range;
  return first + (x / (view.drawing?.size.width ?? 1)) * (last - first);
}

/** @param {ChartView} view @param {Drawing} drawing */
function drawSketch(view, { content, size, theme }) {
  const { sketch, base } = view;
  const [width, height] = [size.gutter + size.width, size.height];
  const context = sized(sketch, width, height);
  Object.assign(sketch.style, { width: `${width}px`, height: `${height}px` });
  context.clearRect(0, 0, width, height);
  const plotHeight = height - size.margin.top - size.margin.bottom;
  /** @param {number} time */
  const x = (time) => size.gutter + xOf(view, time);
  /** @param {number} value */
  const y = (value) => size.margin.top + ((base.y[1] - value) / (base.y[1] - base.y[0])) * plotHeight;
  for (const part of partsOf(content.chart)) {
    context.fillStyle = theme.colour[`band-${part.name}`];
    context.fillRect(x(part.from), size.margin.top, x(part.to) - x(part.from), plotHeight);
  }
  const { price, dates } = content.chart;
  context.beginPath();
  context.rect(size.gutter, size.margin.top, size.width, plotHeight);
  context.clip();
  context.beginPath();
  for (const index of thinned(price, 0, price.length, size.width)) context.lineTo(x(dates[index]), y(price[index]));
  Object.assign(context, { strokeStyle: theme.colour.price, lineWidth: 1.3, lineJoin: "round" });
  context.stroke();
}

/** Gives Plotly's listeners and memory back. @param {ChartView} view */
export function destroyChart(view) {
  if (view.timer) clearTimeout(view.timer);
  view.gone.abort();
  if (view.Plotly) view.Plotly.purge(view.plot);
}
