/** Conducts the views: takes messages and actions, decides what has to be drawn anew, and runs the clock. */

/**
 * @import {Assets, Mounted, Shown as Answer} from "../shared/mounting.js"
 * @import {StageHeader} from "../shared/message.js"
 * @import {Store, WholeContent} from "../shared/store.js"
 * @import {Hands, Stage} from "./parts.js"
 * @import {State} from "./state.js"
 * @import {Action} from "./view.js"
 */

import { buildViews } from "./build_views.js";
import { destroyChart } from "../chart/chart_view.js";
import { timestep } from "../player/clock.js";
import { el } from "../shared/dom.js";
import { createFrames } from "../shared/animation_frames.js";
import { noResults, questionFor } from "../inside/inside.js";
import { actionFor } from "../player/keys.js";
import { openKeys } from "../player/keys_view.js";
import { drawNow, forgetTimestep, movePlayhead, nothingShown } from "./playhead.js";
import { STEPS, nothingDrawn, refresh } from "./refresh.js";
import { choose, pass, stand, take, takeRun } from "./state.js";
import { contentOf, isWhole } from "../shared/store.js";
import { nothingTold, tellClamps, tellEpoch, tellEpochSoon, tellNoMore, tellPattern, tellPlaceSoon, tellWindow } from "./telling.js";

const EXPERIMENTING = new Set(["clamp", "release", "undo", "reset"]);

/** @param {HTMLElement} parent @param {State} state @param {Assets} assets @returns {Stage} */
export function createStage(parent, state, assets) {
  const root = el("div", { class: "gs", tabindex: "0", role: "group", "data-testid": "stage" });
  parent.append(root);
  const observer = new ResizeObserver(() => stage.parts && update(stage));
  const frames = createFrames((passed) => play(stage, passed));
  /** @type {any} the exchange comes with the mount (mounting.js) */ const exchange = null;
  /** @type {Stage} */ const stage = {
    ...{ root, assets, frames, observer, exchange, state },
    ...{ shown: null, parts: null, identity: "", due: [] },
    pointer: { spot: null, still: false, dragging: false },
    ...{ drawn: nothingDrawn(), frame: nothingShown(), results: noResults(), told: nothingTold() },
    tellLarge: () => {},
  };
  root.addEventListener("keydown", (event) => onKey(stage, event));
  observer.observe(root);
  return stage;
}

/** @param {Stage} stage */
export function destroyStage({ frames, told, observer, parts }) {
  frames.rest();
  tellNoMore(told);
  observer.disconnect();
  if (parts) destroyChart(parts.chart);
}

/** @param {Stage} stage @param {StageHeader} header @param {Mounted} component @returns {Answer} */
export function takeMessage(stage, header, { setTriggerValue }) {
  const { state } = stage;
  stage.tellLarge = (large) => setTriggerValue("large", large);
  const lacks = take(state, header);
  const content = contentOf(state.store);
  if (!isWhole(content)) return { lacks };
  if (content.film) takeRun(state, content.film.meta.run);
  if (header.epoch === null && playsOn(stage, content)) stage.due = [...STEPS];
  else {
    ensureViews(stage, content);
    update(stage);
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
      update(stage);
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

/** Draws whatever differs from what is on the screen, then keeps the clock going if it should. @param {Stage} stage */
export function update(stage) {
  if (!stage.root.clientWidth) return stage.frames.rest(); // in a hidden place, or on its way out: the observer calls again
  stage.due = [];
  refresh(stage);
  if (!stage.shown?.snapshot) stage.pointer.spot = null; // there is nothing left to explain
  drawNow(stage);
  run(stage);
}

/** @param {Stage} stage @param {Action} action @param {boolean} [done] the end of a scrub */
function dispatch(stage, action, done = true) {
  const { shown, parts, state } = stage;
  if (!shown || !parts) return;
  if (action.type === "keys") return openKeys(parts.keys);
  if (EXPERIMENTING.has(action.type) && !shown.content.film) return; // nothing is shown that could be chosen
  choose(state, action, shown.bounds);
  update(stage);
  if (action.type === "large") stage.tellLarge(state.view.large);
  if (["epoch", "epochBy", "live"].includes(action.type) && done) tellEpochSoon(stage, action.type);
  tellPlaceSoon(stage);
  if (EXPERIMENTING.has(action.type)) tellClamps(stage);
}

/** @param {Stage} stage @param {KeyboardEvent} event */
function onKey(stage, event) {
  const target = /** @type {HTMLElement} */ (event.target);
  const { tagName } = target;
  const action = actionFor(event, { tagName, role: target.getAttribute("role"), type: target.getAttribute("type") ?? "" });
  if (!action) return;
  event.preventDefault();
  dispatch(stage, action);
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
  update(stage);
}

/** @param {Stage} stage */
function run({ frames, state, pointer, shown }) {
  frames.run(Boolean(state.view.clock.playing && !pointer.still && shown?.content.film));
}

/**
 * One heavy piece of work a frame: while what is new is prepared the playhead glides, and the numbers wait for it.
 * @param {Stage} stage @param {number} passed milliseconds
 */
function play(stage, passed) {
  pass(stage.state, passed);
  const [next, ...due] = stage.due;
  stage.due = due;
  next?.(stage);
  if (due.length === STEPS.length - 1) movePlayhead(stage);
  else drawNow(stage);
}
