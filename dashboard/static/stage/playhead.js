/** One frame: the playhead moves over everything; numbers change only when the timestep does. */

import { alternativesOf } from "../cells/alternatives.js";
import { moveChart } from "../chart/chart_view.js";
import { phase, timestep } from "../player/clock.js";
import { showPhase, updateDiagram } from "../cells/diagram_view.js";
import { el, px, setAttribute, setText } from "../shared/dom.js";
import { equationLines } from "../cells/equations.js";
import { date, dayOfYear, fill, isoDate } from "../shared/format.js";
import { moveFunnel } from "../chart/funnel.js";
import { drawLanes } from "../lanes/lanes_view.js";
import { columnCentre } from "../lanes/layout.js";
import { ranked } from "../ledger/ledger.js";
import { priceShares } from "../ledger/ledger_price.js";
import { describeLedger, updateLedger } from "../ledger/ledger_view.js";
import { showHover } from "./hover.js";
import { headInput, momentAt } from "../cells/moment.js";
import { inputInShort, toldInputs } from "./input_words.js";
import { cellPieces, forecastSentence, readout } from "./readout.js";
import { showsWindow } from "../chart/refresh_chart.js";
import { showPieces } from "../shared/sentence_view.js";
import { substepSentence } from "../cells/substeps.js";
import { updateTools } from "../inside/tools_view.js";
import { updateTransport } from "../player/transport.js";
import { moveValues, updateValues } from "../lanes/values_view.js";
import { moveWindow } from "../chart/window_view.js";

const SPEAK_WHILE_PLAYING = 15000;
const SPEAK_AT_REST = 600;

/** @param {any} stage */
export function drawNow(stage) {
  if (!stage.frame) return;
  const t = timestep(stage.held.view.clock);
  movePlayhead(stage);
  const { bounds, held, scene, theme } = stage;
  const { layer, unit, large, clock } = held.view;
  const resting = !clock.playing;
  const key = [
    t,
    layer,
    unit,
    bounds.shown,
    scene.film.meta.id,
    theme.name,
    large,
    clock.playing,
    clock.speed,
    stage.layout.width,
    held.view.span,
    stage.keys["window chart"],
    stage.keys.values,
    stage.keys.lanes,
    stage.keys.bounds,
    stage.inside && labKey(stage),
  ].join("|");
  if (stage.drawn !== key) {
    stage.drawn = key;
    drawTimestep(stage, t, resting);
  }
  showSubstep(stage);
  showHover(stage);
}

/** All that the tools show besides the moment. The holds' and pattern's answers come from workers. */
function labKey({ held, scene, asked }) {
  const revisions = ["held_test", "matches", "explanation", "network"].map(
    (name) => held.store.sections[name]?.revision,
  );
  return JSON.stringify([held.view.lab, revisions, Boolean(scene.network), asked]);
}

/** It glides between two timesteps. @param {any} stage */
export function movePlayhead(stage) {
  const { parts, layout, scene, held } = stage;
  const { position, length } = held.view.clock;
  const { dates } = scene.chart;
  const { window_start: start } = scene.film.meta;
  const below = columnCentre(position, length, layout.width);
  parts.refs.laneRule.style.transform = `translateX(${px(below)}px)`;
  moveValues(parts.values, below, layout, stage.em);
  setText(parts.refs.badge, date(dates[start + timestep(held.view.clock)]));
  if (showsWindow(stage)) return placeBadge(stage, below);
  const at = dateAt(dates, start + Math.min(position, length - 1));
  const above = moveChart(parts.chart, { from: dates[start], to: dates[start + length - 1], at });
  placeBadge(stage, above.at);
  moveFunnel(parts.funnel, above, below, { width: layout.width, gutter: layout.gutter, height: layout.funnelHeight });
}

/** The date stands on the playhead's head, in a wide span at its foot; where the day lies outside of that it is hidden. */
function placeBadge(stage, x) {
  const { parts, layout, em } = stage;
  const isWindow = showsWindow(stage);
  const half = em * 3.6;
  const middle = Math.max(half - layout.gutter, Math.min(layout.width - half + em, x));
  const foot = isWindow ? layout.plot.top : layout.chartHeight - layout.chartMargin.bottom;
  parts.refs.badge.style.transform = `translate(${px(layout.gutter + middle)}px, ${foot}px) translate(-50%, -100%)`;
  parts.refs.badge.hidden = x < 0 || x > layout.width;
}

/** Between two days the playhead glides. */
function dateAt(dates, place) {
  const left = Math.floor(place);
  const right = Math.min(dates.length - 1, left + 1);
  return dates[left] + (place - left) * (dates[right] - dates[left]);
}

function drawTimestep(stage, t, resting) {
  const { parts, scene, held, bounds, theme, layout, lanes, frame } = stage;
  const { film, chart, words } = scene;
  const { view } = held;
  const moment = momentAt(film, frame, view, t, chart.dates, chart.price);
  stage.moment = moment;
  moveWindow(parts.window, t, { nextDate: moment.nextDate, secret: isSecret(view.lab) });
  updateValues(parts.values, moment, { theme, words, short: layout.stacked });
  drawLanes(parts.lanes, {
    t,
    timesteps: moment.T,
    unit: view.unit,
    hidden: bounds.hidden,
    layout,
    theme,
    orders: stage.orders,
    secret: isSecret(view.lab),
  });
  const input = inputInShort(moment, chart, film.meta.input_names, words);
  updateDiagram(parts.diagram, moment, { lanes, theme, words, input, decimals: stage.inside ? 3 : 2 });
  showEquations(parts.refs.equations, moment, words);
  showPlace(stage, moment);
  showReadout(stage, moment);
  speak(stage, readout(moment, chart, words), resting);
  showLedger(stage, moment, t, resting);
  if (parts.tools) updateTools(parts.tools, stage, moment);
  updateTransport(parts.transport, view, { t, T: moment.T, date: date(moment.date), shown: bounds.shown });
  if (resting || stage.described !== frame) describe(stage, moment);
  Object.assign(stage.root.dataset, {
    timestep: t,
    date: isoDate(moment.date),
    epoch: bounds.shown,
    unit: view.unit,
    layer: view.layer,
    explained: stage.explanation ? bounds.shown : "",
    playing: view.clock.playing,
    speed: view.clock.speed,
  });
}

/** Which cell is shown: of which day, which unit of how many, and of which layer where there are several. */
function showPlace({ parts, scene, frame, original, bounds }, moment) {
  const { words } = scene;
  const values = { date: dayOfYear(moment.date), layer: moment.layer + 1, unit: moment.unit + 1, count: bounds.hidden };
  setText(parts.refs.cellTitle, fill(words[frame === original ? "cell_title" : "cell_title_what_if"], values));
  setText(parts.refs.place, fill(words[bounds.layers > 1 ? "cell_place_layers" : "cell_place"], values));
}

/** Where no chart tells the forecasts, the sentences do. */
function showReadout(stage, moment) {
  const { parts, scene, lanes, theme } = stage;
  const { words, chart } = scene;
  const pieces = cellPieces(moment, chart, words);
  if (!showsWindow(stage)) pieces.push({ kind: "text", text: ` ${forecastSentence(moment, chart, words)}` });
  const context = { words, cell: moment.cell, lanes, theme };
  showPieces(parts.refs.readout, pieces, context);
}

/** While a question is open nobody may see the answer. */
const isSecret = ({ guess }) => guess.question !== null && guess.said === null;

function showEquations(node, moment, words) {
  const lines = equationLines(moment, words);
  if (node.childElementCount !== lines.length)
    node.replaceChildren(...lines.map(() => el("div", {}, el("span"), el("span"), el("span"))));
  lines.forEach((line, row) => line.forEach((piece, at) => setText(node.children[row].children[at], piece)));
}

/** At rest the bars are ranked for this timestep; while playing they keep the window's ranking: the eye can follow. */
function showLedger(stage, moment, t, resting) {
  const { sum, scene, frame, parts, bounds, held } = stage;
  const hidden = headInput(scene.film, frame, t);
  const order = resting ? ranked(sum.weight, hidden) : sum.order;
  const chosen = held.view.layer === bounds.layers - 1 ? held.view.unit : -1;
  const shares = scene.network && priceShares(scene.network, moment.prediction, shownValues(stage, t));
  const context = { words: scene.words, unit: scene.chart.unit, chosen, shares, target: scene.network?.target };
  updateLedger(parts.ledger, { ...sum, order, hidden }, moment, context);
}

/** The day's value and the window's first one, changed ones as they are now. */
function shownValues({ scene, frame }, t) {
  const values = frame.naive_price ?? scene.film.meta.naive_price;
  return { today: values[t], first: values[0] };
}

/** A screen reader hears the sentence when the picture rests, and now and then while it plays. */
function speak(stage, sentence, resting) {
  clearTimeout(stage.speech);
  const since = performance.now() - (stage.spokenAt ?? 0);
  const wait = resting ? SPEAK_AT_REST : Math.max(0, SPEAK_WHILE_PLAYING - since);
  if (!resting && wait > 0) return;
  stage.speech = setTimeout(() => {
    stage.spokenAt = performance.now();
    setText(stage.parts.refs.live, sentence);
  }, wait);
}

/** Text alternatives of lanes, cell and ledger: at rest and for every new frame, not with every timestep that plays. */
function describe(stage, moment) {
  const { parts, scene, lanes, bounds } = stage;
  const { words } = scene;
  stage.described = stage.frame;
  const told = alternativesOf(moment, lanes, bounds.shown, words);
  setAttribute(parts.lanes.canvas, "aria-label", told.lanes);
  setAttribute(parts.refs.diagram, "aria-label", told.diagram);
  describeLedger(parts.ledger, moment, words);
}

function showSubstep(stage) {
  const step = stage.still && stage.held.view.clock.playing ? null : phase(stage.held.view.clock);
  if (stage.inside) tellSubstep(stage, step);
  if (stage.phase === step && stage.phasedDiagram === stage.parts.diagram) return;
  Object.assign(stage, { phase: step, phasedDiagram: stage.parts.diagram });
  showPhase(stage.parts.diagram, step);
  setAttribute(stage.root, "data-phase", step ?? "");
}

function tellSubstep({ parts, moment, scene, frame }, step) {
  const { words } = scene;
  const told = () => substepSentence(moment, step, words, toldInputs(scene, frame, moment.t));
  setText(parts.refs.substep, step === null ? "" : told());
}
