/** Conducts the views: takes messages and actions, decides what has to be drawn anew, and runs the clock. */

import { buildViews } from "./build_views.js";
import { destroyChart, showNextWindow } from "../chart/chart_view.js";
import { advance, timestep } from "../player/clock.js";
import { el } from "../shared/dom.js";
import { say } from "../shared/exchange.js";
import { createFrames } from "../shared/animation_frames.js";
import { clampsOf, questionFor } from "../inside/inside.js";
import { actionFor } from "../player/keys.js";
import { openKeys } from "../player/keys_view.js";
import { drawNow, movePlayhead } from "./playhead.js";
import { STEPS, refresh } from "./refresh.js";
import { receive, contentOf } from "../shared/store.js";
import { nearestIndex } from "../shared/fewer_points.js";
import { act, placeOf, toldSize } from "./view.js";

const KEYS_REST = 150; // a held key asks for the epoch at which it comes to rest
const PLACE_RESTS = 500;
const EXPERIMENTING = new Set(["clamp", "release", "undo", "reset"]);

/** @param {HTMLElement} parent @param {{store: any, view: any}} state @param {{plotly: string}} assets */
export function createStage(parent, state, assets) {
  const root = el("div", { class: "gs", tabindex: "0", role: "group", "data-testid": "stage" });
  parent.append(root);
  const stage = {
    root,
    state,
    assets,
    keys: {},
    parts: null,
    still: false,
    hover: null,
    sent: "",
    timer: 0,
    content: null,
    /** What of a new message is still to be drawn, a frame's work each. @type {((stage: any) => void)[]} */ due: [],
  };
  root.addEventListener("keydown", (event) => onKey(stage, event));
  stage.frames = createFrames((passed) => play(stage, passed));
  stage.observer = new ResizeObserver(() => stage.content && update(stage));
  stage.observer.observe(root);
  return stage;
}

export function destroyStage(stage) {
  stage.frames.rest();
  clearTimeout(stage.timer);
  clearTimeout(stage.placeTimer);
  stage.observer.disconnect();
  if (stage.parts) destroyChart(stage.parts.chart);
}

/** @param {any} stage @param {any} header @param {import("../shared/mounting.js").Mounted} component @returns {import("../shared/mounting.js").Shown} */
export function takeMessage(stage, header, { setTriggerValue }) {
  stage.trigger = setTriggerValue;
  const runBefore = stage.state.run;
  stage.state.view = toldSize(stage.state, header, stage.state.view);
  const { lacks } = receive(stage.state.store, header);
  const content = contentOf(stage.state.store);
  if (!content.words || !content.chart || !content.status) return { lacks }; // every content has these: they were lost on the way
  if (content.film && content.film.meta.run !== runBefore) takeEpoch(stage, content.film.meta.run);
  if (header.epoch === null && playsOn(stage, content)) stage.due = [...STEPS];
  else {
    stage.content = content;
    ensureViews(stage);
    update(stage);
  }
  const isFollowed = header.epoch === null || !content.film || stage.bounds?.shown === header.epoch;
  return { lacks, retell: isFollowed || lacks.length ? null : () => sendEpoch(stage) };
}

/** Whether a picture of this very window plays on, and fast enough to have drawn all that came before. */
function playsOn({ frames, content, drawn, due, identity, state }, next) {
  if (!drawn || due.length || !frames.isMoving()) return false;
  return content.film?.meta.id === next.film?.meta.id && identity === identityOf(next, state.store);
}

/** Of another run, and after a reload, the epoch is the one that the app knows of. Another window changes nothing. */
function takeEpoch({ state }, run) {
  state.run = run;
  state.view = { ...state.view, epoch: state.store.chosen[0] };
}

const identityOf = ({ chart }, { sections, page }) => `${sections.words.revision}|${chart.step}|${page}`;

function ensureViews(stage) {
  const { words } = stage.content;
  const identity = identityOf(stage.content, stage.state.store);
  if (stage.identity === identity) return;
  if (stage.parts) destroyChart(stage.parts.chart);
  stage.identity = identity;
  stage.keys = {};
  stage.root.setAttribute("aria-label", words.stage);
  stage.parts = buildViews(stage, {
    dispatch: (action, done) => dispatch(stage, action, done),
    onPick: (time) => pick(stage, time),
    ...insideHands(stage),
    hold: (still) => holdStill(stage, still),
    redraw: () => drawNow(stage),
  });
}

/** What the tools of "Inside the cell" may ask for. */
function insideHands(stage) {
  return {
    edit: (day, value, goesOn) => dispatch(stage, { type: "edit", value: { day, value, goesOn } }),
    hoverAt: (_, spot) => {
      stage.hover = spot;
      drawNow(stage);
    },
    show: (time) => {
      pick(stage, time);
      dispatch(stage, { type: "end" }); // the window ends there: its last timestep is the one that was looked for
    },
    find: (pattern) => {
      if (!stage.content.film) return;
      stage.asked = JSON.stringify(pattern);
      say(stage.exchange, "pattern", { run: stage.content.film.meta.run, asked: stage.asked });
      update(stage);
    },
    ask: () => {
      const question = questionFor(stage, timestep(stage.state.view.clock));
      if (!question) return;
      dispatch(stage, { type: "ask", value: question });
      dispatch(stage, { type: "seek", value: question.t - 1 });
    },
    answer: (rises) => {
      const { question } = stage.state.view.tools.guess;
      dispatch(stage, { type: "answer", value: rises });
      dispatch(stage, { type: "seek", value: question.t });
    },
  };
}

/** Draws whatever differs from what is on the screen, then keeps the clock going if it should. */
export function update(stage) {
  if (!stage.root.clientWidth) return stage.frames.rest(); // in a hidden place, or on its way out: the observer calls again
  stage.due = [];
  refresh(stage);
  drawNow(stage);
  run(stage);
}

/** @param {any} stage @param {import("./view.js").Action} action @param {boolean} [done] the end of a scrub */
function dispatch(stage, action, done = true) {
  if (!stage.bounds) return;
  if (action.type === "keys") return openKeys(stage.parts.keys);
  if (EXPERIMENTING.has(action.type) && !stage.content.film) return; // nothing is shown that could be chosen
  stage.state.view = act(stage.state.view, action, stage.bounds);
  update(stage);
  if (action.type === "large") stage.trigger("large", stage.state.view.large);
  if (["epoch", "epochBy", "live"].includes(action.type) && done) sendEpochSoon(stage, action.type);
  sendPlaceSoon(stage);
  if (EXPERIMENTING.has(action.type)) sendClamps(stage);
}

/** What is clamped, for a worker to count over the test part. */
function sendClamps(stage) {
  const asked = JSON.stringify(clampsOf(stage.content.film, stage.original, stage.state.view.tools.history));
  if (stage.clampsSent === asked) return;
  stage.clampsSent = asked;
  say(stage.exchange, "clamps", { run: stage.content.film.meta.run, asked });
}

function onKey(stage, event) {
  const target = /** @type {HTMLElement} */ (event.target);
  const { tagName } = target;
  const action = actionFor(event, { tagName, role: target.getAttribute("role"), type: target.getAttribute("type") ?? "" });
  if (!action) return;
  event.preventDefault();
  dispatch(stage, action);
}

/** A pointer resting on the lanes holds the clock; it goes on when the pointer leaves. */
function holdStill(stage, still) {
  stage.still = still;
  const { view } = stage.state;
  if (still) stage.state.view = { ...view, clock: { ...view.clock, position: timestep(view.clock) } };
  update(stage);
}

function pick(stage, time) {
  const { chart, film } = stage.content;
  const length = film ? film.meta.target.length : 1;
  const end = Math.max(film ? film.meta.first_end : 0, length - 1, nearestIndex(chart.dates, time));
  const start = end - length + 1;
  if (film && film.meta.window_start !== start) showNextWindow(stage.parts.chart, chart.dates[start], chart.dates[end]);
  say(stage.exchange, "window", { chart: chart.id, end, at: Date.now() });
}

/** The epoch at the end of a scrub, told once. */
function sendEpochSoon(stage, action) {
  clearTimeout(stage.timer);
  stage.timer = setTimeout(
    () => {
      if (!stage.content.film) return; // another window's is on its way; once it is here, the app is told
      const text = JSON.stringify(epochChoice(stage));
      if (stage.sent !== text) sendEpoch(stage);
      stage.sent = text;
    },
    action === "epochBy" ? KEYS_REST : 0,
  );
}

/** Unit, layer and timestep, for the link: told once they rest, never while something moves. */
function sendPlaceSoon(stage) {
  clearTimeout(stage.placeTimer);
  stage.placeTimer = setTimeout(() => {
    if (!stage.content.film) return;
    const place = { run: stage.content.film.meta.run, ...placeOf(stage.state.view) };
    const text = JSON.stringify(place);
    if (stage.placed !== text) say(stage.exchange, "place", place);
    stage.placed = text;
  }, PLACE_RESTS);
}

function sendEpoch(stage) {
  if (!stage.content.film) return;
  say(stage.exchange, "epoch", { ...epochChoice(stage), at: Date.now() });
}

const epochChoice = ({ content, state }) => ({ run: content.film.meta.run, epoch: state.view.epoch });

function run({ frames, state, still, content }) {
  frames.run(Boolean(state.view.clock.playing && !still && content.film));
}

/** One heavy piece of work a frame: while what is new is prepared the playhead glides, and the numbers wait for it. */
function play(stage, passed) {
  stage.state.view = { ...stage.state.view, clock: advance(stage.state.view.clock, passed) };
  const [next, ...due] = stage.due;
  stage.due = due;
  next?.(stage);
  if (due.length === STEPS.length - 1) movePlayhead(stage);
  else drawNow(stage);
}
