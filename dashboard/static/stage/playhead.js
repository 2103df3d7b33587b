/** One frame: the playhead moves over everything; numbers change only when the timestep does. */

import { moveChart } from "./chart_view.js";
import { phase, timestep } from "./clock.js";
import { showPhase, updateDiagram } from "./diagram_view.js";
import { el, px, setAttribute, setText } from "./dom.js";
import { equationLines } from "./equations.js";
import { age, date, fill, plain, signed } from "./format.js";
import { moveFunnel } from "./funnel.js";
import { drawLanes } from "./lanes_view.js";
import { columnCentre } from "./layout.js";
import { ranked } from "./ledger.js";
import { priceShares } from "./ledger_price.js";
import { describeLedger, updateLedger } from "./ledger_view.js";
import { showHover } from "./hover.js";
import { headInput, momentAt } from "./moment.js";
import { readout } from "./readout.js";
import { toldInputs } from "./input_words.js";
import { substepSentence } from "./substeps.js";
import { updateTools } from "./tools_view.js";
import { updateTransport } from "./transport.js";

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

function movePlayhead(stage) {
  const { parts, layout, scene, held } = stage;
  const { position, length } = held.view.clock;
  const { dates } = scene.chart;
  const { window_start: start } = scene.film.meta;
  const below = columnCentre(position, length, layout.width);
  parts.refs.laneRule.style.transform = `translateX(${px(below)}px)`;
  const at = dateAt(dates, start + Math.min(position, length - 1));
  const above = moveChart(parts.chart, {
    from: dates[start],
    to: dates[start + length - 1],
    at,
    label: date(dates[start + timestep(held.view.clock)]),
  });
  moveFunnel(parts.funnel, above, below, { width: layout.width, gutter: layout.gutter, height: layout.funnelHeight });
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
  const moment = momentAt(film, frame, view, t, chart.dates);
  stage.moment = moment;
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
  updateDiagram(parts.diagram, moment, { lanes, theme, words, names: film.meta.input_names });
  showEquations(parts.refs.equations, moment, words);
  setText(
    parts.refs.place,
    fill(words[stage.frame === stage.original ? "cell_place" : "cell_place_what_if"], {
      ...{ layer: view.layer + 1, unit: view.unit + 1, date: date(moment.date) },
    }),
  );
  const sentence = readout(moment, chart, words);
  setText(parts.refs.readout, sentence);
  speak(stage, sentence, resting);
  showLedger(stage, moment, t, resting);
  if (parts.tools) updateTools(parts.tools, stage, moment);
  updateTransport(parts.transport, view, { t, T: moment.T, date: date(moment.date), shown: bounds.shown });
  if (resting || stage.described !== frame) describe(stage, moment);
  Object.assign(stage.root.dataset, {
    timestep: t,
    epoch: bounds.shown,
    unit: view.unit,
    layer: view.layer,
    explained: stage.explanation ? bounds.shown : "",
    playing: view.clock.playing,
    speed: view.clock.speed,
  });
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
  const number = (lane) =>
    `${lane.symbol} ${lane.signed ? signed(moment.now[lane.name]) : plain(moment.now[lane.name])}`;
  const values = {
    layer: moment.layer + 1,
    age: age(bounds.shown, words),
    lanes: lanes.map((lane) => words[lane.name]).join(", "),
    H: moment.hidden,
    T: moment.T,
    t: moment.t + 1,
    unit: moment.unit + 1,
    cell: moment.cell,
    numbers: lanes.map(number).join(", "),
  };
  setAttribute(parts.lanes.canvas, "aria-label", fill(words.alt_lanes, values));
  setAttribute(parts.refs.diagram, "aria-label", fill(words.alt_diagram, values));
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
  const text = step === null ? words.substep_none : told();
  setText(parts.refs.substep, text);
}
