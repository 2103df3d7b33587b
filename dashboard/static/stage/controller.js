/** Conducts the views: takes messages and actions, decides what has to be drawn anew, and runs the clock. */

/**
 * @import {Mount, Shown as Answer} from "../shared/mounting.js"
 * @import {StageHeader} from "../shared/message.js"
 * @import {Store, WholeContent} from "../shared/store.js"
 * @import {Hands, Stage} from "./parts.js"
 * @import {State} from "./state.js"
 * @import {Action} from "./view.js"
 */

import { buildViews } from "./build_views.js";
import { destroyChart } from "../chart/chart_view.js";
import { timestep } from "../player/clock.js";
import { noResults, questionFor } from "../inside/inside.js";
import { openKeys } from "../player/keys_view.js";
import { drawNow, forgetTimestep, movePlayhead, nothingShown } from "./playhead.js";
import { STEPS, nothingDrawn, refresh } from "./refresh.js";
import { choose, pass, stand, take, takeRun } from "./state.js";
import { contentOf, isWhole } from "../shared/store.js";
import { nothingTold, tellClamps, tellEpoch, tellEpochSoon, tellNoMore, tellPattern, tellPlaceSoon, tellWindow } from "./telling.js";

const EXPERIMENTING = new Set(["clamp", "release", "undo", "reset"]);

/** @returns {Omit<Stage, keyof Mount<State>>} */
export function createStage() {
  return {
    ...{ shown: null, parts: null, identity: "", due: [] },
    pointer: { spot: null, still: false, dragging: false },
    ...{ drawn: nothingDrawn(), frame: nothingShown(), results: noResults(), told: nothingTold() },
  };
}

/** @param {Stage} stage */
export function leave({ told, parts }) {
  tellNoMore(told);
  if (parts) destroyChart(parts.chart);
}

/** @param {Stage} stage @param {StageHeader} header @returns {Answer} */
export function takeMessage(stage, header) {
  const { state } = stage;
  const lacks = take(state, header);
  const content = contentOf(state.store);
  if (!isWhole(content)) return { lacks };
  if (content.film) takeRun(state, content.film.meta.run);
  if (header.epoch === null && playsOn(stage, content)) stage.due = [...STEPS];
  else {
    ensureViews(stage, content);
    stage.update();
  }
  const isFollowed = header.epoch === null || !content.film || stage.shown?.bounds.shown === header.epoch;
  return { lacks, retell: isFollowed || lacks.length ? null : () => tellEpoch(stage) };
}

/**
 * Whether a picture of this very window plays on, and fast enough to have drawn all that came before.
 * @param {Stage} stage @param {WholeContent} next
 */
function playsOn({ frames, shown, frame, due, identity, state }, next) {
  if (!frame.key || due.length || !frames.isMoving()) return false;
  return shown?.content.film?.meta.id === next.film?.meta.id && identity === identityOf(next, state.store);
}

/** @param {WholeContent} content @param {Store} store */
const identityOf = ({ chart }, { sections, page }) => `${sections.words?.revision}|${chart.step}|${page}`;

/** @param {Stage} stage @param {WholeContent} content */
function ensureViews(stage, content) {
  const identity = identityOf(content, stage.state.store);
  if (stage.identity === identity) return;
  if (stage.parts) destroyChart(stage.parts.chart);
  stage.identity = identity;
  stage.drawn = nothingDrawn();
  forgetTimestep(stage.frame);
  stage.root.setAttribute("aria-label", content.words.stage);
  stage.parts = buildViews(stage, content, handsOf(stage));
}

/** What the views may ask for. @param {Stage} stage @returns {Hands} */
function handsOf(stage) {
  return {
    dispatch: (action, done) => dispatch(stage, action, done),
    onPick: (time) => tellWindow(stage, time),
    redraw: () => drawNow(stage),
    point: (spot) => pointTo(stage, spot),
    ...insideHands(stage),
  };
}

/** What the tools of "Inside the cell" may ask for. @param {Stage} stage */
function insideHands(stage) {
  /** @type {Pick<Hands, "edit" | "drag" | "hoverAt" | "show" | "find" | "ask" | "answer">} */
  const hands = {
    edit: (day, value, goesOn) => dispatch(stage, { type: "edit", value: { day, value, goesOn } }),
    drag: (dragging) => (stage.pointer.dragging = dragging),
    hoverAt: (spot) => {
      stage.pointer.spot = spot;
      drawNow(stage);
    },
    show: (time) => {
      tellWindow(stage, time);
      dispatch(stage, { type: "end" }); // the window ends there: its last timestep is the one that was looked for
    },
    find: (pattern) => {
      tellPattern(stage, pattern);
      stage.update();
    },
    ask: () => {
      const { shown, state } = stage;
      const question = shown && questionFor({ ...shown, state }, timestep(state.view.clock));
      if (!question) return;
      dispatch(stage, { type: "ask", value: question });
      dispatch(stage, { type: "seek", value: question.t - 1 });
    },
    answer: (rises) => {
      const { question } = stage.state.view.tools.guess;
      dispatch(stage, { type: "answer", value: rises });
      if (question) dispatch(stage, { type: "seek", value: question.t });
    },
  };
  return hands;
}

/** Whatever differs from what is on the screen. @param {Stage} stage */
export function draw(stage) {
  stage.due = [];
  refresh(stage);
  if (!stage.shown?.snapshot) stage.pointer.spot = null; // there is nothing left to explain
  drawNow(stage);
}

/** @param {Stage} stage @param {Action} action @param {boolean} [done] the end of a scrub */
export function dispatch(stage, action, done = true) {
  const { shown, parts, state } = stage;
  if (!shown || !parts) return;
  if (action.type === "keys") return openKeys(parts.keys);
  if (EXPERIMENTING.has(action.type) && !shown.content.film) return; // nothing is shown that could be chosen
  choose(state, action, shown.bounds);
  stage.update();
  if (action.type === "large") stage.trigger("large", state.view.large);
  if (["epoch", "epochBy", "live"].includes(action.type) && done) tellEpochSoon(stage, action.type);
  tellPlaceSoon(stage);
  if (EXPERIMENTING.has(action.type)) tellClamps(stage);
}

/**
 * A pointer resting on a picture holds the clock and has the picture explain itself; the clock goes on when it leaves.
 * @param {Stage} stage @param {import("./hover.js").Spot | null} spot
 */
function pointTo(stage, spot) {
  const { pointer, state } = stage;
  const wasOn = Boolean(pointer.spot);
  pointer.spot = spot;
  if (!wasOn && !spot) return;
  pointer.still = Boolean(spot);
  if (pointer.still) stand(state);
  stage.update();
}

/** What is new is drawn to its end, also where the clock has just come to rest. @param {Stage} stage */
export function moves({ state, pointer, shown, due }) {
  const plays = state.view.clock.playing && !pointer.still && shown?.content.film;
  return Boolean(plays) || due.length > 0;
}

/**
 * One heavy piece of work a frame: while what is new is prepared the playhead glides, and the numbers wait for it.
 * @param {Stage} stage @param {number} passed milliseconds
 */
export function play(stage, passed) {
  pass(stage.state, passed);
  const [next, ...due] = stage.due;
  stage.due = due;
  next?.(stage);
  if (due.length === STEPS.length - 1) movePlayhead(stage);
  else drawNow(stage);
}
