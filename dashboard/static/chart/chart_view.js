/**
 * The chart of wide spans. Until Plotly has come (it is asked for when a wide span is) a plain sketch stands in the same
 * place; then Plotly draws the lines, and window and playhead lie above them as elements of ours: playing never calls
 * Plotly.
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
    /** @type {any} */ content: null,
    /** @type {any} */ size: null,
    /** @type {any} */ theme: null,
    /** Where the axes stand until somebody zooms by hand; every press of a span's button gives another id. */
    base: { x: [0, 1], y: [0, 1], id: "" },
    range: [0, 1],
    revision: "",
    press: -1,
    /** @type {any} */ Plotly: null,
    timer: 0,
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
 * @param {any} view @param {any} content @param {any} size @param {any} theme
 * @param {{span: string | null, presses: number}} chosen the span, null after a zoom by hand; a press takes that back
 */
export function updateChart(view, content, size, theme, { span, presses }) {
  const isPressed = view.press !== presses;
  Object.assign(view, { content, size, theme, press: presses });
  // A span's axes follow what is drawn; those that were zoomed by hand stay, both of them, on the same series.
  if (isPressed || view.revision !== content.chart.id || span) setBase(view, span ?? "all");
  view.revision = content.chart.id;
  placeOverlay(view);
  if (!view.Plotly) drawSketch(view);
  else if (isPressed) void react(view);
  else schedule(view);
  void loadPlotly(view);
}

/** Where the axes stand; a new press gives up what was zoomed by hand. */
function setBase(view, span) {
  const { x, y } = rangeOf(span, view.content, fullRange(view.content));
  const id = `${view.content.chart.id}|${view.press}`;
  if (!view.Plotly || view.base.id !== id) view.range = x;
  view.base = { x, y, id };
}

function placeOverlay({ node, overlay, size }) {
  node.style.height = `${size.height}px`;
  Object.assign(overlay.style, {
    left: `${size.gutter}px`,
    top: `${size.margin.top}px`,
    width: `${size.width}px`,
    height: `${size.height - size.margin.top - size.margin.bottom}px`,
  });
}

/** x inside the plot area, in pixels. */
export function xOf(view, time) {
  const [first, last] = view.range;
  return ((time - first) / (last - first)) * view.size.width;
}

/** The window's band in the plot area, and the playhead over it. @returns {{from: number, to: number, at: number}} pixels */
export function moveChart(view, { from, to, at }) {
  const [left, right, x] = [from, to, at].map((time) => xOf(view, time));
  view.windowBand.style.transform = `translateX(${px(left)}px)`;
  view.windowBand.style.width = `${px(Math.max(2, right - left))}px`;
  view.rule.style.transform = `translateX(${px(x)}px)`;
  return { from: left, to: right, at: x };
}

/** The window just picked, until its film has come. */
export function showNextWindow(view, from, to) {
  if (!view.size) return; // the wide chart was never drawn: the window's own chart shows what comes
  const [left, right] = [xOf(view, from), xOf(view, to)];
  view.nextWindow.style.transform = `translateX(${px(left)}px)`;
  view.nextWindow.style.width = `${px(Math.max(2, right - left))}px`;
  view.nextWindow.hidden = false;
}

/** Shows or hides what belongs to a film. */
export function showWindow(view, shown) {
  view.overlay.hidden = !shown;
}

/** Once, when a wide span is first asked for. */
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
  if (view.content) await react(view);
}

/** One script tag a page, however many stages there are. */
function plotlyFrom(url) {
  const state = /** @type {any} */ (globalThis);
  state.__gatescopePlotly ??= new Promise((resolve, reject) => {
    const script = el("script", { src: url, async: "" });
    script.addEventListener("load", () => resolve(state.Plotly));
    script.addEventListener("error", reject);
    document.head.append(script);
  });
  return state.__gatescopePlotly;
}

function schedule(view) {
  if (view.timer) return;
  const wait = Math.max(0, REACT_EVERY - (performance.now() - view.drawnAt));
  view.timer = setTimeout(() => {
    view.timer = 0;
    if (view.node.isConnected) void react(view);
  }, wait);
}

async function react(view) {
  view.drawnAt = performance.now();
  const first = !view.plot.classList.contains("gs-plotted");
  const { data, layout } = figure(view.content, view.theme, view.range, view.size, view.base);
  await view.Plotly.react(view.plot, data, layout, CONFIG);
  if (first) listen(view);
  view.plot.classList.add("gs-plotted");
  view.sketch.hidden = true;
  takeRange(view, false);
}

function listen(view) {
  view.plot.on("plotly_relayout", () => takeRange(view, true));
  view.plot.on("plotly_relayouting", (event) => followDrag(view, event));
}

/**
 * A click or tap between the axes picks its date, on the sketch as on Plotly's lines. Plotly's own click event needs a
 * point under the pointer.
 */
function listenToPicks(view) {
  let start = null;
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

function isBetweenAxes(view, { clientX, clientY, button, target }) {
  const box = view.overlay.getBoundingClientRect();
  const inside = clientX >= box.left && clientX <= box.right && clientY >= box.top && clientY <= box.bottom;
  return inside && button === 0 && !target.closest(".modebar, .legend");
}

/** After a zoom the axis is read from the figure, and the lines are thinned anew for what is shown. */
function takeRange(view, redraw) {
  const range = view.plot.layout?.xaxis?.range?.map(milliseconds);
  if (!range || !range.every(Number.isFinite)) return;
  const moved = range[0] !== view.range[0] || range[1] !== view.range[1];
  view.range = range;
  if (moved) view.onMove();
  if (!moved || !redraw) return;
  view.onZoom();
  schedule(view);
}

function followDrag(view, event) {
  const range = [event["xaxis.range[0]"], event["xaxis.range[1]"]];
  if (range.some((each) => each === undefined)) return;
  view.range = range.map(milliseconds);
  view.onMove();
}

function timeAt(view, clientX) {
  const x = clientX - view.overlay.getBoundingClientRect().left;
  const [first, last] = view.range;
  return first + (x / view.size.width) * (last - first);
}

function drawSketch(view) {
  const { sketch, content, size, theme, base } = view;
  const [width, height] = [size.gutter + size.width, size.height];
  const context = sized(sketch, width, height);
  Object.assign(sketch.style, { width: `${width}px`, height: `${height}px` });
  context.clearRect(0, 0, width, height);
  const plotHeight = height - size.margin.top - size.margin.bottom;
  const x = (time) => size.gutter + xOf(view, time);
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

/** Gives Plotly's listeners and memory back. */
export function destroyChart(view) {
  clearTimeout(view.timer);
  view.gone.abort();
  if (view.Plotly) view.Plotly.purge(view.plot);
}
