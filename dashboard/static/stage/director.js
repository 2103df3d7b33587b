/** Conducts the views: takes messages and actions, decides what has to be drawn anew, and runs the clock. */

import { buildViews } from "./build.js";
import { destroyChart, showNextWindow } from "../chart/chart_view.js";
import { advance, timestep } from "../player/clock.js";
import { el } from "../shared/dom.js";
import { say } from "../shared/exchange.js";
import { createFrames } from "../shared/frames.js";
import { holdsOf, questionFor } from "../inside/inside.js";
import { actionFor } from "../player/keys.js";
import { openKeys } from "../player/keys_view.js";
import { drawNow, movePlayhead } from "./playhead.js";
import { STEPS, refresh } from "./refresh.js";
import { receive, sceneOf } from "../shared/store.js";
import { nearestIndex } from "../shared/thin.js";
import { act, placeOf, toldSize } from "./view.js";

const KEYS_REST = 150; // a held key asks for the epoch at which it comes to rest
const PLACE_RESTS = 500;
const HOLDING = new Set(["hold", "release", "undo", "reset"]);

/** @param {HTMLElement} parent @param {{store: any, view: any}} held @param {{plotly: string}} assets */
export function createStage(parent, held, assets) {
  const root = el("div", { class: "gs", tabindex: "0", role: "group", "data-testid": "stage" });
  parent.append(root);
  const stage = {
    root,
    held,
    assets,
    keys: {},
    parts: null,
    still: false,
    hover: null,
    sent: "",
    timer: 0,
    scene: null,
    /** What of a new message is still to be drawn, a frame's work each. @type {((stage: any) => void)[]} */ due: [],
  };
  root.addEventListener("keydown", (event) => onKey(stage, event));
  stage.frames = createFrames((passed) => play(stage, passed));
  stage.observer = new ResizeObserver(() => stage.scene && update(stage));
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
  const runBefore = stage.held.run;
  stage.held.view = toldSize(stage.held, header, stage.held.view);
  const { lacks } = receive(stage.held.store, header);
  const scene = sceneOf(stage.held.store);
  if (!scene.words || !scene.chart || !scene.status) return { lacks }; // every scene has these: they were lost on the way
  if (scene.film && scene.film.meta.run !== runBefore) takeEpoch(stage, scene.film.meta.run);
  if (header.epoch === null && playsOn(stage, scene)) stage.due = [...STEPS];
  else {
    stage.scene = scene;
    ensureViews(stage);
    update(stage);
  }
  const isFollowed = header.epoch === null || !scene.film || stage.bounds?.shown === header.epoch;
  return { lacks, retell: isFollowed || lacks.length ? null : () => sendEpoch(stage) };
}

/** Whether a picture of this very window plays on, and fast enough to have drawn all that came before. */
function playsOn({ frames, scene, drawn, due, identity, held }, next) {
  if (!drawn || due.length || !frames.isMoving()) return false;
  return scene.film?.meta.id === next.film?.meta.id && identity === identityOf(next, held.store);
}

/** Of another run, and after a reload, the epoch is the one that the app knows of. Another window changes nothing. */
function takeEpoch({ held }, run) {
  held.run = run;
  held.view = { ...held.view, epoch: held.store.chosen[0] };
}

const identityOf = ({ chart }, { sections, page }) => `${sections.words.revision}|${chart.step}|${page}`;

function ensureViews(stage) {
  const { words } = stage.scene;
  const identity = identityOf(stage.scene, stage.held.store);
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
      if (!stage.scene.film) return;
      stage.asked = JSON.stringify(pattern);
      say(stage.exchange, "pattern", { run: stage.scene.film.meta.run, asked: stage.asked });
      update(stage);
    },
    ask: () => {
      const question = questionFor(stage, timestep(stage.held.view.clock));
      if (!question) return;
      dispatch(stage, { type: "ask", value: question });
      dispatch(stage, { type: "seek", value: question.t - 1 });
    },
    answer: (rises) => {
      const { question } = stage.held.view.lab.guess;
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
  if (HOLDING.has(action.type) && !stage.scene.film) return; // nothing is shown that could be held
  stage.held.view = act(stage.held.view, action, stage.bounds);
  update(stage);
  if (action.type === "large") stage.trigger("large", stage.held.view.large);
  if (["epoch", "epochBy", "live"].includes(action.type) && done) sendEpochSoon(stage, action.type);
  sendPlaceSoon(stage);
  if (HOLDING.has(action.type)) sendHolds(stage);
}

/** What is held, for a worker to count over the test part. */
function sendHolds(stage) {
  const asked = JSON.stringify(holdsOf(stage.scene.film, stage.original, stage.held.view.lab.history));
  if (stage.heldSent === asked) return;
  stage.heldSent = asked;
  say(stage.exchange, "holds", { run: stage.scene.film.meta.run, asked });
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
  const { view } = stage.held;
  if (still) stage.held.view = { ...view, clock: { ...view.clock, position: timestep(view.clock) } };
  update(stage);
}

function pick(stage, time) {
  const { chart, film } = stage.scene;
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
      if (!stage.scene.film) return; // another window's is on its way; once it is here, the app is told
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
    if (!stage.scene.film) return;
    const place = { run: stage.scene.film.meta.run, ...placeOf(stage.held.view) };
    const text = JSON.stringify(place);
    if (stage.placed !== text) say(stage.exchange, "place", place);
    stage.placed = text;
  }, PLACE_RESTS);
}

function sendEpoch(stage) {
  if (!stage.scene.film) return;
  say(stage.exchange, "epoch", { ...epochChoice(stage), at: Date.now() });
}

const epochChoice = ({ scene, held }) => ({ run: scene.film.meta.run, epoch: held.view.epoch });

function run({ frames, held, still, scene }) {
  frames.run(Boolean(held.view.clock.playing && !still && scene.film));
}

/** One heavy piece of work a frame: while what is new is prepared the playhead glides, and the numbers wait for it. */
function play(stage, passed) {
  stage.held.view = { ...stage.held.view, clock: advance(stage.held.view.clock, passed) };
  const [next, ...due] = stage.due;
  stage.due = due;
  next?.(stage);
  if (due.length === STEPS.length - 1) movePlayhead(stage);
  else drawNow(stage);
}
