/**
 * The page of the smallest LSTM: what it shows of a trained run, and its one clock, which lets the epochs run. Streamlit
 * calls `mount` again for every message; playing and editing never go through the server.
 */

/**
 * @import {Mount} from "../shared/mounting.js"
 * @import {ContentHeader, OneUnitBody} from "../shared/message.js"
 * @import {Theme} from "../shared/theme.js"
 * @import {Action, Run, State} from "./one_unit.js"
 *
 * @typedef {{content?: OneUnitBody & {id: string}, shown: State, playing: boolean}} Held what outlives a mount
 * @typedef {Object} Own what only this page has
 * @property {ReturnType<typeof buildPage>} views @property {Theme} theme
 * @property {number} played milliseconds since the epochs began to run @property {number} from the epoch where they did
 * @typedef {Mount<Held> & Own} Page
 */

import { takeContent } from "../shared/content.js";
import { mounting, reducedMotion } from "../shared/mounting.js";
import { act, begin, played } from "./one_unit.js";
import { zoomCompany } from "./company.js";
import { buildPage, drawPage } from "./one_unit_view.js";
import { themeOf } from "../shared/theme.js";

export const mount = mounting({
  root: { class: "gs gs-smallest", "data-testid": "smallest" },
  begin: () => /** @type {Held} */ ({}),
  create: () => /** @type {Own} */ ({ played: 0, from: 0 }), // the first message brings the rest
  show,
  draw,
  moves: ({ state }) => state.playing,
  play,
});

/** @param {Page} page @param {ContentHeader<OneUnitBody>} header */
function show(page, header) {
  const { state } = page;
  const lacks = takeContent(state, header);
  const { content, shown } = state;
  if (!content) return { lacks };
  const run = { epochs: content.losses.length - 1, ...content };
  if (shown?.run.id !== run.id) Object.assign(state, beginning(run));
  page.views ??= buildPage(page.root, content, (action) => dispatch(page, action));
  page.update();
  return { lacks };
}

/** A new run plays once from its random beginning; where motion is unwelcome it stands at its end. @param {Run} run */
function beginning(run) {
  const still = reducedMotion();
  return { shown: begin(run, still ? run.epochs : 0), playing: !still };
}

/**
 * Whoever takes hold of epochs or scalars stops the clock; looking at a day does not.
 * @param {Page} page @param {Action | {type: "toggle"}} action
 */
function dispatch(page, action) {
  const { state } = page;
  if (action.type === "toggle") toggle(state);
  else {
    state.shown = act(state.shown, action);
    if (!["look", "leave"].includes(action.type)) state.playing = false;
  }
  page.update();
}

/** At the end the epochs run from the beginning. @param {Held} state */
function toggle(state) {
  state.playing = !state.playing;
  if (state.playing && state.shown.epoch >= state.shown.run.epochs) state.shown = act(state.shown, { type: "seek", value: 0 });
}

/** @param {Page} page */
function draw(page) {
  page.theme = themeOf(page.root);
  page.views.pairs.forEach(zoomCompany);
  drawPage(page.views, page.state, page.theme);
}

/** @param {Page} page @param {number} passed milliseconds */
function play(page, passed) {
  const { state } = page;
  if (!passed) Object.assign(page, { played: 0, from: state.shown.epoch });
  page.played += passed;
  const { epoch, done } = played(page.from, page.played, state.shown.run.epochs);
  state.shown = act(state.shown, { type: "seek", value: epoch });
  state.playing = !done;
  drawPage(page.views, state, page.theme);
}
