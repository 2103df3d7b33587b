/** One frame: the playhead moves over everything; numbers change only when the timestep does. */

/**
 * @import {Moment} from "../cells/moment.js"
 * @import {Words} from "../shared/message.js"
 * @import {ToolState} from "../inside/tool_state.js"
 * @import {Filmed, Stage, Views} from "./parts.js"
 * @import {Refreshed} from "./refresh.js"
 *
 * @typedef {Object} Timestep what was drawn last
 * @property {string} key of all that it hangs on; empty before the first
 * @property {Moment | null} moment
 * @property {unknown} described the snapshot whose alternatives stand there
 * @property {number | null | undefined} phase of slow motion @property {Refreshed["diagram"]} phasedDiagram that shows it
 * @property {ReturnType<typeof setTimeout>} [speech] of what is said aloud @property {number} spokenAt milliseconds
 */

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
import { hasFilm } from "./compose.js";
import { showPieces } from "../shared/sentence_view.js";
import { substepSentence } from "../cells/substeps.js";
import { updateTools } from "../inside/tools_view.js";
import { updateTransport } from "../player/transport.js";
import { moveValues, updateValues } from "../lanes/values_view.js";
import { moveWindow } from "../chart/window_view.js";

const SPEAK_WHILE_PLAYING = 15000;
const SPEAK_AT_REST = 600;

/** @returns {Timestep} */
export function nothingShown() {
  return { key: "", moment: null, described: null, phase: undefined, phasedDiagram: null, spokenAt: 0 };
}

/** What was drawn is no longer there, or no longer true: the next frame draws it. @param {Timestep} frame */
export function forgetTimestep(frame) {
  frame.key = frame.key && "forgotten";
}

/** @param {Stage} stage */
export function drawNow(stage) {
  const { shown, parts, state, drawn, frame } = stage;
  if (!shown || !parts || !hasFilm(shown)) return forgetTimestep(frame);
  const t = timestep(state.view.clock);
  movePlayhead(stage);
  const { bounds, content, theme } = shown;
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
    shown.layout.width,
    state.view.span,
    drawn.keys["window chart"],
    drawn.keys.values,
    drawn.keys.lanes,
    drawn.keys.bounds,
    shown.inside && labKey(stage, shown),
  ].join("|");
  if (frame.key !== key) {
    frame.key = key;
    drawTimestep(stage, shown, parts, t, resting);
  }
  showSubstep(stage, shown, parts);
  showHover({ ...shown, root: stage.root, parts, state, hover: stage.pointer.spot, moment: frame.moment });
}

/**
 * All that the tools show besides the moment. The clamps' and pattern's answers come from workers.
 * @param {Stage} stage @param {Filmed} shown
 */
function labKey({ state, told }, { content }) {
  const { clamped_test: clamped, matches, explanation, network } = state.store.sections;
  const revisions = [clamped, matches, explanation, network].map((each) => each?.revision);
  return JSON.stringify([state.view.tools, revisions, Boolean(content.network), told.pattern]);
}

/** It glides between two timesteps. @param {Stage} stage */
export function movePlayhead({ shown, parts, state }) {
  if (!shown?.content.film || !parts) return;
  const { layout, content } = shown;
  const { position, length } = state.view.clock;
  const { dates } = content.chart;
  const { window_start: start } = shown.content.film.meta;
  const below = columnCentre(position, length, layout.width);
  parts.refs.laneRule.style.transform = `translateX(${px(below)}px)`;
  moveValues(parts.values, below, layout, layout.em);
  setText(parts.refs.badge, date(dates[start + timestep(state.view.clock)]));
  const { badge } = parts.refs;
  if (showsWindow(state)) return placeBadge(badge, layout, below, layout.plot.top);
  const at = dateAt(dates, start + Math.min(position, length - 1));
  const above = moveChart(parts.chart, { from: dates[start], to: dates[start + length - 1], at });
  placeBadge(badge, layout, above.at, layout.chartHeight - layout.chartMargin.bottom);
  moveFunnel(parts.funnel, above, below, { width: layout.width, gutter: layout.gutter, height: layout.funnelHeight });
}

/**
 * The date stands on the playhead's head, in a wide span at its foot; where the day lies outside of that it is hidden.
 * @param {HTMLElement} badge @param {import("../lanes/layout.js").Layout} layout @param {number} x @param {number} foot
 */
function placeBadge(badge, layout, x, foot) {
  const half = layout.em * 3.6;
  const middle = Math.max(half - layout.gutter, Math.min(layout.width - half + layout.em, x));
  badge.style.transform = `translate(${px(layout.gutter + middle)}px, ${foot}px) translate(-50%, -100%)`;
  badge.hidden = x < 0 || x > layout.width;
}

/** Between two days the playhead glides. @param {Float64Array} dates @param {number} place */
function dateAt(dates, place) {
  const left = Math.floor(place);
  const right = Math.min(dates.length - 1, left + 1);
  return dates[left] + (place - left) * (dates[right] - dates[left]);
}

/** @param {Stage} stage @param {Filmed} shown @param {Views} parts @param {number} t @param {boolean} resting */
function drawTimestep(stage, shown, parts, t, resting) {
  const { content, bounds, theme, layout, lanes, snapshot } = shown;
  const { state, frame, drawn } = stage;
  const { film, chart, words } = content;
  const { view } = state;
  const moment = momentAt(film, snapshot, view, t, chart.dates, chart.price);
  frame.moment = moment;
  moveWindow(parts.window, t, { nextDate: moment.nextDate, secret: isSecret(view.tools) });
  updateValues(parts.values, moment, { theme, words, short: layout.stacked });
  drawLanes(parts.lanes, {
    t,
    timesteps: moment.T,
    unit: view.unit,
    hidden: bounds.hidden,
    layout,
    theme,
    orders: shown.orders,
    secret: isSecret(view.tools),
  });
  const input = inputInShort(moment, chart, film.meta.input_names, words);
  if (drawn.diagram) updateDiagram(drawn.diagram, moment, { lanes, theme, words, input, decimals: shown.inside ? 3 : 2 });
  showEquations(parts.refs.equations, moment, words);
  showPlace(shown, parts, moment);
  showReadout(shown, parts, moment, showsWindow(state));
  speak(frame, parts.refs.live, readout(moment, chart, words), resting);
  showLedger(stage, shown, parts, moment, resting);
  if (parts.tools) updateTools(parts.tools, { ...shown, state, asked: stage.told.pattern }, moment);
  updateTransport(
    parts.transport,
    { t, T: moment.T, date: date(moment.date), playing: view.clock.playing },
    { speed: view.clock.speed, layer: view.layer, unit: view.unit, epoch: bounds.shown, large: view.large },
  );
  if (resting || frame.described !== snapshot) describe(frame, shown, parts, moment);
  Object.assign(stage.root.dataset, {
    timestep: t,
    date: isoDate(moment.date),
    epoch: bounds.shown,
    unit: view.unit,
    layer: view.layer,
    explained: shown.explanation ? bounds.shown : "",
    playing: view.clock.playing,
    speed: view.clock.speed,
  });
}

/**
 * Which cell is shown: of which day, which unit of how many, and of which layer where there are several.
 * @param {Filmed} shown @param {Views} parts @param {Moment} moment
 */
function showPlace({ content, snapshot, original, bounds }, parts, moment) {
  const { words } = content;
  const values = { date: dayOfYear(moment.date), layer: moment.layer + 1, unit: moment.unit + 1, count: bounds.hidden };
  setText(parts.refs.cellTitle, fill(words[snapshot === original ? "cell_title" : "cell_title_what_if"], values));
  setText(parts.refs.place, fill(words[bounds.layers > 1 ? "cell_place_layers" : "cell_place"], values));
}

/**
 * Where no chart tells the forecasts, the sentences do.
 * @param {Filmed} shown @param {Views} parts @param {Moment} moment @param {boolean} isTold
 */
function showReadout({ content, lanes, theme }, parts, moment, isTold) {
  const { words, chart } = content;
  const pieces = cellPieces(moment, chart, words);
  if (!isTold) pieces.push({ kind: "text", text: ` ${forecastSentence(moment, chart, words)}` });
  const context = { words, cell: moment.cell, lanes, theme };
  showPieces(parts.refs.readout, pieces, context);
}

/** While a question is open nobody may see the answer. @param {ToolState} tools */
const isSecret = ({ guess }) => guess.question !== null && guess.said === null;

/** @param {HTMLElement} node @param {Moment} moment @param {Words} words */
function showEquations(node, moment, words) {
  const lines = equationLines(moment, words);
  if (node.childElementCount !== lines.length)
    node.replaceChildren(...lines.map(() => el("div", {}, el("span"), el("span"), el("span"))));
  lines.forEach((line, row) => line.forEach((piece, at) => setText(node.children[row].children[at], piece)));
}

/**
 * At rest the bars are ranked for this timestep; while playing they keep the window's ranking: the eye can follow.
 * @param {Stage} stage @param {Filmed} shown @param {Views} parts @param {Moment} moment @param {boolean} resting
 */
function showLedger({ state, drawn: { sum } }, shown, parts, moment, resting) {
  const { content, snapshot, bounds } = shown;
  if (!sum) return;
  const hidden = headInput(content.film, snapshot, moment.t);
  const order = resting ? ranked(sum.weight, hidden) : sum.order;
  const chosen = state.view.layer === bounds.layers - 1 ? state.view.unit : -1;
  const shares = content.network && priceShares(content.network, moment.prediction, shownValues(shown, moment.t));
  const context = { words: content.words, unit: content.chart.unit, chosen, shares, target: content.network?.target };
  updateLedger(parts.ledger, { ...sum, order, hidden }, moment, context);
}

/** The day's value and the window's first one, changed ones as they are now. @param {Filmed} shown @param {number} t */
function shownValues({ content, snapshot }, t) {
  const values = snapshot.naive_price ?? content.film.meta.naive_price;
  return { today: values[t], first: values[0] };
}

/**
 * A screen reader hears the sentence when the picture rests, and now and then while it plays.
 * @param {Timestep} frame @param {HTMLElement} live @param {string} sentence @param {boolean} resting
 */
function speak(frame, live, sentence, resting) {
  clearTimeout(frame.speech);
  const since = performance.now() - frame.spokenAt;
  const wait = resting ? SPEAK_AT_REST : Math.max(0, SPEAK_WHILE_PLAYING - since);
  if (!resting && wait > 0) return;
  frame.speech = setTimeout(() => {
    frame.spokenAt = performance.now();
    setText(live, sentence);
  }, wait);
}

/**
 * Text alternatives of lanes, cell and ledger: at rest and for every new snapshot, not with every timestep that plays.
 * @param {Timestep} frame @param {Filmed} shown @param {Views} parts @param {Moment} moment
 */
function describe(frame, { content, snapshot, lanes, bounds }, parts, moment) {
  const { words } = content;
  frame.described = snapshot;
  const told = alternativesOf(moment, lanes, bounds.shown, words);
  setAttribute(parts.lanes.canvas, "aria-label", told.lanes);
  setAttribute(parts.refs.diagram, "aria-label", told.diagram);
  describeLedger(parts.ledger, moment, words);
}

/** @param {Stage} stage @param {Filmed} shown @param {Views} parts */
function showSubstep({ root, state, pointer, drawn: { diagram }, frame }, shown, parts) {
  const { clock } = state.view;
  const step = pointer.still && clock.playing ? null : phase(clock);
  if (shown.inside && frame.moment) tellSubstep(shown, parts, frame.moment, step);
  if (frame.phase === step && frame.phasedDiagram === diagram) return;
  Object.assign(frame, { phase: step, phasedDiagram: diagram });
  if (diagram) showPhase(diagram, step);
  setAttribute(root, "data-phase", step ?? "");
}

/** @param {Filmed} shown @param {Views} parts @param {Moment} moment @param {number | null} step */
function tellSubstep({ content, snapshot }, parts, moment, step) {
  const { words } = content;
  const told = step === null ? "" : substepSentence(moment, step, words, toldInputs(content, snapshot, moment.t));
  setText(parts.refs.substep, told);
}
