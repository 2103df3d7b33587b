/** Draws anew what differs from the screen: each part has a key made of all that it depends on. */

import { loadPlotly, showWindow, updateChart } from "./chart_view.js";
import { resized, seek } from "./clock.js";
import { showWindowEnd } from "./chart_tools.js";
import { buildDiagram } from "./diagram_view.js";
import { setAttribute, setText } from "./dom.js";
import { age, date, fill } from "./format.js";
import { lanesOf, valuesOf } from "./lanes.js";
import { labelLanes, paintLanes } from "./lanes_view.js";
import { isStacked, layoutFor } from "./layout.js";
import { rankedOverall, scaleOf } from "./ledger.js";
import { legends } from "./legends.js";
import { updateLosses } from "./losses_view.js";
import { experimented, fitting, prepareInside } from "./inside.js";
import { once } from "./once.js";
import { sceneOf, shownFrame } from "./store.js";
import { updateStatus } from "./status_view.js";
import { themeOf } from "./theme.js";
import { boundTransport } from "./transport.js";
import { fitted } from "./view.js";

const LOW = 960; // CSS pixels of the window's height

/** States in which a film is on its way. */
const AWAITING = new Set(["queued", "training", "pausing", "paused"]);

/** @param {any} stage */
export function refresh(stage) {
  const { root, parts, held } = stage;
  const all = sceneOf(held.store);
  stage.theme = themeOf(stage);
  const { epochs, shown, frame } = shownFrame(all.film, held.view.epoch);
  const scene = (stage.scene = fitting(all, shown));
  const [, layers, timesteps, hidden] = frame ? frame.activations.shape : [0, 1, 1, 1];
  stage.original = frame;
  const made = frame ? experimented(stage, frame) : { frame, key: "" };
  stage.frame = made.frame;
  stage.frameKey = JSON.stringify([scene.film?.meta.id, shown, made.key]);
  stage.bounds = { layers, hidden, epochs, shown };
  if (frame && !held.started) openOn(held, scene.film, frame);
  if (frame) held.view = fitted(held.view, timesteps, stage.bounds); // without one there is nothing to fit to
  prepareInside(stage, stage.frameKey);
  stage.lanes = scene.film ? lanesOf(scene.film.meta, scene.words) : [];
  setAttribute(
    root,
    "data-film",
    frame ? "present" : stage.drawn && AWAITING.has(scene.status?.state) ? "awaited" : "absent",
  );
  setAttribute(root, "data-page", held.store.page);
  setAttribute(root, "data-experiment", String(stage.frame !== stage.original));
  setAttribute(root, "data-large", String(held.view.large));
  root.dataset.stacked = String(isStacked(root.clientWidth));
  stage.layout = layoutFor(
    parts.chart.node.clientWidth,
    isStacked(root.clientWidth),
    held.view.large,
    stage.lanes.map((lane) => lane.name),
    stage.inside,
    window.innerHeight < LOW,
  );
  updateStatus(parts.status, scene.status);
  refreshFilm(stage, parts.refs);
  refreshLosses(stage, parts.refs);
  refreshChart(stage);
}

/**
 * The first picture opens on the unit of the last layer that weighs most in the forecast: something happens there.
 * Where nothing plays by itself it opens on the last timestep, the whole window lit.
 */
function openOn(held, film, frame) {
  const [, layers, timesteps] = frame.activations.shape;
  const { clock } = held.view;
  held.started = true;
  held.view = {
    ...held.view,
    layer: layers - 1,
    unit: sumOf(film, frame).order[0],
    clock: clock.playing ? clock : seek(resized(clock, timesteps), timesteps - 1),
  };
}

function refreshFilm(stage, refs) {
  const { scene, parts, theme, layout, lanes, frame, bounds, held } = stage;
  const { words, film, status } = scene;
  const instead = status.message || words.no_film;
  setText(refs.empty, instead);
  showWindow(parts.chart, Boolean(frame));
  once(stage.keys, "window", [film?.meta.id], () => (parts.chart.nextWindow.hidden = true));
  if (!frame) return showNothing(stage, refs, instead);
  const { meta } = film;
  once(stage.keys, "window end", [meta.id], () =>
    showWindowEnd(parts.chart.tools, scene.chart, meta.window_start + meta.target.length - 1),
  );
  once(stage.keys, "cell", [meta.cell], () => {
    parts.diagram = buildDiagram(refs.diagram, meta.cell, words);
    setText(refs.cellTitle, fill(words.cell_title, { cell: meta.cell }));
  });
  once(stage.keys, "labels", [meta.cell, layout], () => {
    refs.lanes.style.height = `${layout.lanesHeight}px`;
    Object.assign(parts.funnel.node.style, {
      top: `${layout.chartHeight - layout.chartMargin.bottom}px`,
      height: `${layout.funnelHeight}px`,
    });
    stage.root.style.setProperty("--gs-gutter", `${layout.gutter}px`);
    labelLanes(parts.lanes, layout, lanes, words);
    placePriceDrag(refs.priceDrag, layout);
  });
  once(stage.keys, "legends", [lanes, theme.name], () => refs.legends.replaceChildren(...legends(lanes, theme, words)));
  const layer = held.view.layer;
  const { frameKey, insideKey, original, order, price, memory, explanation } = stage;
  const inside = { price, memory, explanation, scale: held.view.lab.scale };
  once(stage.keys, "lanes", [frameKey, insideKey, layer, theme.name, layout, window.devicePixelRatio], () => {
    paintLanes(parts.lanes, { film, frame, original, layer, lanes, layout, theme, order, inside });
    parts.lanes.painted = (parts.lanes.painted ?? 0) + 1;
  });
  once(stage.keys, "sum", [frameKey], () => (stage.sum = sumOf(film, frame)));
  once(stage.keys, "bounds", [bounds, layout], () => boundTransport(parts.transport, bounds, frame.prediction.length));
}

function placePriceDrag(node, { rows }) {
  const row = rows.find((each) => each.kind === "price");
  node.hidden = !row;
  if (row) Object.assign(node.style, { top: `${row.top}px`, height: `${row.height}px` });
}

/** Between two films the places stay where they are, empty; no number of the old film is left to read. */
function showNothing(stage, refs, sentence) {
  stage.drawn = stage.drawn && "nothing";
  stage.hover = null;
  setText(refs.readout, sentence);
}

/** The head's sum for this frame: what stays the same over its timesteps. */
function sumOf(film, frame) {
  const states = valuesOf(film, frame, "hidden_state", frame.activations.shape[1] - 1);
  const { head_weight: weight, head_bias: bias } = frame;
  const order = rankedOverall(weight, states);
  return { weight, bias, order, scale: scaleOf(weight, states, bias, order) };
}

function refreshLosses(stage, refs) {
  const { scene, parts, bounds, held } = stage;
  const { losses, status, words } = scene;
  const some = Boolean(losses && losses.epochs.length);
  setAttribute(stage.root, "data-losses", some ? "present" : "absent");
  refs.noLosses.hidden = some;
  parts.losses.node.hidden = !some;
  refs.follow.hidden = held.view.epoch === null;
  const shown = bounds.shown ?? (some ? losses.epochs[losses.epochs.length - 1] : null);
  const planned = some && { age: age(shown, words), planned: losses.planned_epochs };
  const reached = planned ? fill(words.age_of_planned, planned) : "";
  setText(refs.lossAside, [reached, words[`state_${status.state}`]].filter(Boolean).join(" · "));
  if (!some || stage.inside) return; // the tools stand in its place there
  const em = parseFloat(getComputedStyle(parts.losses.node).fontSize);
  const size = { width: parts.losses.node.clientWidth, height: parts.losses.node.clientHeight, em };
  once(stage.keys, "losses", [stage.held.store.sections.losses.revision, bounds, size], () =>
    updateLosses(parts.losses, losses, bounds.epochs, bounds.shown, size),
  );
}

function refreshChart(stage) {
  const { scene, parts, layout, theme, held } = stage;
  const { sections } = held.store;
  const size = {
    width: layout.width,
    height: layout.chartHeight,
    gutter: layout.gutter,
    margin: layout.chartMargin,
    narrow: layout.stacked,
    short: layout.stacked || held.view.large,
    large: held.view.large,
  };
  const revisions = ["chart", "predictions", "forecast", "matches"].map((name) => sections[name]?.revision);
  once(stage.keys, "chart", [revisions, size, theme.name, scene.film?.meta.cell], () => {
    updateChart(parts.chart, scene, size, theme);
    setAttribute(parts.chart.node, "aria-label", alternative(stage));
  });
  once(stage.keys, "plotly", [], () => requestAnimationFrame(() => setTimeout(() => loadPlotly(parts.chart), 60)));
}

function alternative({ scene }) {
  const { chart, film, words } = scene;
  const last = chart.dates.length - 1;
  const from = film ? film.meta.window_start : last;
  const to = film ? from + film.meta.target.length - 1 : last;
  const line = words[chart.unit.money ? "price_line" : "value_line"];
  const at = (index) => date(chart.dates[index]);
  return fill(words.alt_chart, {
    title: chart.title,
    first: at(0),
    last: at(last),
    line,
    step: chart.step,
    from: at(from),
    to: at(to),
  });
}
