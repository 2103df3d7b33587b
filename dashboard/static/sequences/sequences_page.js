/**
 * Lanes of several sequences: what they show, and their one clock. Streamlit calls `mount` again for every message;
 * playing and switching never go through the server.
 */

/**
 * @import {Frames} from "../shared/animation_frames.js"
 * @import {Theme} from "../shared/theme.js"
 * @import {Action, Batch, State} from "./sequences.js"
 * @import {ContentHeader, SequencesBody} from "../shared/message.js"
 *
 * @typedef {{content?: Batch, state?: State}} Memory what outlives a mount
 * @typedef {Object} Page
 * @property {HTMLElement} root @property {ResizeObserver} observer @property {Frames} frames
 * @property {Memory} memory @property {Batch} batch @property {State} state @property {Theme} theme
 * @property {ReturnType<typeof buildBatch>} views
 */

import { act, fitted } from "./sequences.js";
import { buildBatch, drawBatch } from "./sequences_view.js";
import { advance, createClock, seek } from "../player/clock.js";
import { takeContent } from "../shared/content.js";
import { el, keepFocus } from "../shared/dom.js";
import { createFrames } from "../shared/animation_frames.js";
import { actionFor } from "../player/keys.js";
import { mounting, reducedMotion } from "../shared/mounting.js";
import { themeOf } from "../shared/theme.js";

export const mount = mounting({ create, show });

/** @param {Page} page @param {ContentHeader<SequencesBody>} header */
function show(page, header) {
  const { memory, lacks } = /** @type {{memory: Memory, lacks: string[]}} */ (takeContent(header));
  const batch = memory.content;
  if (!batch) return { lacks };
  const isNew = page.batch?.id !== batch.id;
  Object.assign(page, { memory, batch, state: fitted(memory.state ?? beginning(batch), batch) });
  if (isNew) keepFocus(page.root, () => renew(page));
  else update(page);
  return { lacks };
}

/** @param {Page} page */
function renew(page) {
  page.views = buildBatch(page.root, page.batch, (action) => dispatch(page, action));
  update(page);
}

/**
 * Where motion is unwelcome the lanes stand at their end, so that all of them can be seen.
 * @param {Batch} batch @returns {State}
 */
function beginning(batch) {
  const length = batch.values.shape[1];
  const clock = createClock(length, !reducedMotion());
  return { way: "", clock: reducedMotion() ? seek(clock, length - 1) : clock };
}

/** @param {HTMLElement} parentElement */
function create(parentElement) {
  const root = el("div", { class: "gs gs-batch", tabindex: 0, role: "group", "data-testid": "batch" });
  parentElement.append(root);
  const page = /** @type {Page} */ (/** @type {unknown} */ ({ root })); // the first message brings the rest, before anything is drawn
  root.addEventListener("keydown", (event) => onKey(page, event));
  const observer = new ResizeObserver(() => page.batch && update(page));
  observer.observe(root);
  return Object.assign(page, { observer, frames: createFrames((passed) => play(page, passed)) });
}

/** @param {Page} page @param {KeyboardEvent} event */
function onKey(page, event) {
  const target = /** @type {HTMLElement} */ (event.target);
  const { tagName } = target;
  const role = target.getAttribute("role");
  const action = page.batch && actionFor(event, { tagName, role });
  const next = action ? act(page.state, /** @type {Action} */ (action)) : page.state; // others change nothing
  if (next === page.state) return;
  event.preventDefault();
  page.state = next;
  update(page);
}

/** @param {Page} page @param {Action} action */
function dispatch(page, action) {
  page.state = act(page.state, action);
  update(page);
}

/** @param {Page} page */
function update(page) {
  page.memory.state = page.state;
  page.theme = themeOf(page.root);
  draw(page);
  page.frames.run(page.state.clock.playing);
}

/** @param {Page} page */
function draw(page) {
  if (page.root.clientWidth) drawBatch(page.views, page.batch, page.state, page.theme);
}

/** @param {Page} page @param {number} passed */
function play(page, passed) {
  page.state = { ...page.state, clock: advance(page.state.clock, passed) };
  page.memory.state = page.state;
  draw(page);
}
