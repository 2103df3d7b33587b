/**
 * The page of the smallest LSTM: what it shows of a trained run, and its one clock, which lets the epochs run. Streamlit
 * calls `mount` again for every message; playing and editing never go through the server.
 */

/**
 * @import {Frames} from "../shared/animation_frames.js"
 * @import {ContentHeader, OneUnitBody} from "../shared/message.js"
 * @import {Theme} from "../shared/theme.js"
 * @import {Action, Run, State} from "./one_unit.js"
 *
 * @typedef {{content?: OneUnitBody & {id: string}, state: State, playing: boolean}} Memory what outlives a mount
 * @typedef {Object} Page
 * @property {HTMLElement} root @property {ResizeObserver} observer @property {Frames} frames
 * @property {{dispatch: (action: Action) => void, toggle: () => void}} hands
 * @property {Memory} memory @property {ReturnType<typeof buildPage>} views @property {Theme} theme
 * @property {number} played milliseconds since the epochs began to run @property {number} from the epoch where they did
 */

import { takeContent } from "../shared/content.js";
import { el } from "../shared/dom.js";
import { createFrames } from "../shared/animation_frames.js";
import { mounting, reducedMotion } from "../shared/mounting.js";
import { act, begin, played } from "./one_unit.js";
import { zoomCompany } from "./company.js";
import { buildPage, drawPage } from "./one_unit_view.js";
import { themeOf } from "../shared/theme.js";

export const mount = mounting({ create, show });

/** @param {Page} page @param {ContentHeader<OneUnitBody>} header */
function show(page, header) {
  const { memory, lacks } = /** @type {{memory: Memory, lacks: string[]}} */ (takeContent(header));
  const { content, state } = memory;
  if (!content) return { lacks };
  const run = { epochs: content.losses.length - 1, ...content };
  if (state?.run.id !== run.id) Object.assign(memory, beginning(run));
  page.memory = memory;
  page.views ??= buildPage(page.root, content, page.hands);
  update(page);
  return { lacks };
}

/** A new run plays once from its random beginning; where motion is unwelcome it stands at its end. @param {Run} run */
function beginning(run) {
  const still = reducedMotion();
  return { state: begin(run, still ? run.epochs : 0), playing: !still };
}

/** @param {HTMLElement} parentElement */
function create(parentElement) {
  const root = el("div", { class: "gs gs-smallest", "data-testid": "smallest" });
  parentElement.append(root);
  const page = /** @type {Page} */ (/** @type {unknown} */ ({ root, played: 0, from: 0 })); // the first message brings the rest
  page.hands = { dispatch: (action) => dispatch(page, action), toggle: () => toggle(page) };
  const observer = new ResizeObserver(() => page.views && update(page));
  observer.observe(root);
  return Object.assign(page, { observer, frames: createFrames((passed) => play(page, passed)) });
}

/**
 * Whoever takes hold of epochs or scalars stops the clock; looking at a day does not.
 * @param {Page} page @param {Action} action
 */
function dispatch(page, action) {
  page.memory.state = act(page.memory.state, action);
  if (!["look", "leave"].includes(action.type)) page.memory.playing = false;
  update(page);
}

/** @param {Page} page */
function toggle(page) {
  const { memory } = page;
  memory.playing = !memory.playing;
  if (memory.playing && memory.state.epoch >= memory.state.run.epochs)
    memory.state = act(memory.state, { type: "epoch", epoch: 0 });
  update(page);
}

/** @param {Page} page */
function update(page) {
  page.theme = themeOf(page.root);
  if (page.root.clientWidth) {
    page.views.pairs.forEach(zoomCompany);
    drawPage(page.views, page.memory, page.theme);
  }
  page.frames.run(page.memory.playing);
}

/** @param {Page} page @param {number} passed */
function play(page, passed) {
  const { memory } = page;
  if (!passed) Object.assign(page, { played: 0, from: memory.state.epoch });
  page.played += passed;
  const { epoch, done } = played(page.from, page.played, memory.state.run.epochs);
  memory.state = act(memory.state, { type: "epoch", epoch });
  memory.playing = !done;
  drawPage(page.views, memory, page.theme);
  if (done) page.frames.rest();
}
