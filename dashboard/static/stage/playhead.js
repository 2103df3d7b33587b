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
  if (!stage.snapshot) return;
  const t = timestep(stage.state.view.clock);
  movePlayhead(stage);
  const { bounds, state, content, theme } = stage;
  const { layer, unit, large, clock } = state.view;
  const resting = !clock.playing;
  const key = [
    t,
    layer,
    unit,
    bounds.shown,
    content.film.meta.id,
    theme.name,
    large,
    clock.playing,
    clock.speed,
    stage.layout.width,
    state.view.span,
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

/** All that the tools show besides the moment. The clamps' and pattern's answers come from workers. */
function labKey({ state, content, asked }) {
  const revisions = ["clamped_test", "matches", "explanation", "network"].map(
    (name) => state.store.sections[name]?.revision,
  );
  return JSON.stringify([state.view.tools, revisions, Boolean(content.network), asked]);
}

/** It glides between two timesteps. @param {any} stage */
export function movePlayhead(stage) {
  const { parts, layout, content, state } = stage;
  const { position, length } = state.view.clock;
  const { dates } = content.chart;
  const { window_start: start } = content.film.meta;
  const below = columnCentre(position, length, layout.width);
  parts.refs.laneRule.style.transform = `translateX(${px(below)}px)`;
  moveValues(parts.values, below, layout, stage.em);
  setText(parts.refs.badge, date(dates[start + timestep(state.view.clock)]));
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
  const { parts, content, state, bounds, theme, layout, lanes, snapshot } = stage;
  const { film, chart, words } = content;
  const { view } = state;
  const moment = momentAt(film, snapshot, view, t, chart.dates, chart.price);
  stage.moment = moment;
  moveWindow(parts.window, t, { nextDate: moment.nextDate, secret: isSecret(view.tools) });
  updateValues(parts.values, moment, { theme, words, short: layout.stacked });
  drawLanes(parts.lanes, {
    t,
    timesteps: moment.T,
    unit: view.unit,
    hidden: bounds.hidden,
    layout,
    theme,
    orders: stage.orders,
    secret: isSecret(view.tools),
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
  if (resting || stage.described !== snapshot) describe(stage, moment);
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
function showPlace({ parts, content, snapshot, original, bounds }, moment) {
  const { words } = content;
  const values = { date: dayOfYear(moment.date), layer: moment.layer + 1, unit: moment.unit + 1, count: bounds.hidden };
  setText(parts.refs.cellTitle, fill(words[snapshot === original ? "cell_title" : "cell_title_what_if"], values));
  setText(parts.refs.place, fill(words[bounds.layers > 1 ? "cell_place_layers" : "cell_place"], values));
}

/** Where no chart tells the forecasts, the sentences do. */
function showReadout(stage, moment) {
  const { parts, content, lanes, theme } = stage;
  const { words, chart } = content;
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
  const { sum, content, snapshot, parts, bounds, state } = stage;
  const hidden = headInput(content.film, snapshot, t);
  const order = resting ? ranked(sum.weight, hidden) : sum.order;
  const chosen = state.view.layer === bounds.layers - 1 ? state.view.unit : -1;
  const shares = content.network && priceShares(content.network, moment.prediction, shownValues(stage, t));
  const context = { words: content.words, unit: content.chart.unit, chosen, shares, target: content.network?.target };
  updateLedger(parts.ledger, { ...sum, order, hidden }, moment, context);
}

/** The day's value and the window's first one, changed ones as they are now. */
function shownValues({ content, snapshot }, t) {
  const values = snapshot.naive_price ?? content.film.meta.naive_price;
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

/** Text alternatives of lanes, cell and ledger: at rest and for every new snapshot, not with every timestep that plays. */
function describe(stage, moment) {
  const { parts, content, lanes, bounds } = stage;
  const { words } = content;
  stage.described = stage.snapshot;
  const told = alternativesOf(moment, lanes, bounds.shown, words);
  setAttribute(parts.lanes.canvas, "aria-label", told.lanes);
  setAttribute(parts.refs.diagram, "aria-label", told.diagram);
  describeLedger(parts.ledger, moment, words);
}

function showSubstep(stage) {
  const step = stage.still && stage.state.view.clock.playing ? null : phase(stage.state.view.clock);
  if (stage.inside) tellSubstep(stage, step);
  if (stage.phase === step && stage.phasedDiagram === stage.parts.diagram) return;
  Object.assign(stage, { phase: step, phasedDiagram: stage.parts.diagram });
  showPhase(stage.parts.diagram, step);
  setAttribute(stage.root, "data-phase", step ?? "");
}

function tellSubstep({ parts, moment, content, snapshot }, step) {
  const { words } = content;
  const told = () => substepSentence(moment, step, words, toldInputs(content, snapshot, moment.t));
  setText(parts.refs.substep, step === null ? "" : told());
}
