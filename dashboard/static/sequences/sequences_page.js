/**
 * Lanes of several sequences: what they show, and their one clock. Streamlit calls `mount` again for every message;
 * playing and switching never go through the server.
 */

/**
 * @import {Mount} from "../shared/mounting.js"
 * @import {Theme} from "../shared/theme.js"
 * @import {Action, Batch, State} from "./sequences.js"
 * @import {ContentHeader, SequencesBody} from "../shared/message.js"
 *
 * @typedef {{content?: Batch, shown?: State}} Held what outlives a mount
 * @typedef {Object} Own what only the lanes have
 * @property {Batch} batch @property {ReturnType<typeof buildBatch>} views @property {Theme} theme
 * @typedef {Mount<Held> & Own} Page
 */

import { act, fitted } from "./sequences.js";
import { buildBatch, drawBatch } from "./sequences_view.js";
import { isStacked } from "../lanes/layout.js";
import { advance, createClock, seek } from "../player/clock.js";
import { arrangeTransport } from "../player/transport.js";
import { takeContent } from "../shared/content.js";
import { keepFocus } from "../shared/dom.js";
import { mounting, reducedMotion } from "../shared/mounting.js";
import { themeOf } from "../shared/theme.js";

export const mount = mounting({
  root: { class: "gs gs-batch", tabindex: 0, role: "group", "data-testid": "batch" },
  begin: () => /** @type {Held} */ ({}),
  create: () => /** @type {Own} */ ({}), // the first message brings the rest
  show,
  draw,
  moves: (page) => stateOf(page).clock.playing,
  play,
  keys: new Set(["toggle", "step", "start", "end"]),
  act: dispatch,
});

/** @param {Page} page @param {ContentHeader<SequencesBody>} header */
function show(page, header) {
  const { state } = page;
  const lacks = takeContent(state, header);
  const batch = state.content;
  if (!batch) return { lacks };
  const isNew = page.batch?.id !== batch.id;
  page.batch = batch;
  state.shown = fitted(state.shown ?? beginning(batch), batch);
  if (isNew) keepFocus(page.root, () => renew(page));
  else page.update();
  return { lacks };
}

/** The first drawing puts into place what is built, so it belongs to the making. @param {Page} page */
function renew(page) {
  page.views = buildBatch(page.root, page.batch, (action) => dispatch(page, action));
  page.update();
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

/** Since the first content. @param {Page} page */
const stateOf = ({ state }) => /** @type {State} */ (state.shown);

/** @param {Page} page @param {Action} action */
function dispatch(page, action) {
  page.state.shown = act(stateOf(page), action);
  page.update();
}

/** @param {Page} page */
function draw(page) {
  page.theme = themeOf(page.root);
  arrangeTransport(page.views.transport, isStacked(page.root.clientWidth, window.innerHeight));
  drawBatch(page.views, page.batch, stateOf(page), page.theme);
}

/** @param {Page} page @param {number} passed milliseconds */
function play(page, passed) {
  const shown = stateOf(page);
  page.state.shown = { ...shown, clock: advance(shown.clock, passed) };
  drawBatch(page.views, page.batch, page.state.shown, page.theme);
}
