/**
 * The page of the smallest LSTM: what it shows of a trained run, and its one clock, which lets the epochs run. Streamlit
 * calls `mount` again for every message; playing and editing never go through the server.
 */

import { el } from "./dom.js";
import { createFrames } from "./frames.js";
import { mounting, reducedMotion } from "./mounting.js";
import { act, begin, played } from "./smallest.js";
import { zoomCompany } from "./smallest_company.js";
import { buildPage, drawPage } from "./smallest_view.js";
import { themeOf } from "./theme.js";

/** What outlives a mount within one page load, by key: the run and what the person made of it. */
const memory = new Map();

export const mount = mounting({ create, show });

function show(page, header) {
  const run = { id: header.id, epochs: header.losses.length - 1, ...header };
  const held = memory.get(header.key);
  if (held?.state.run.id !== run.id) memory.set(header.key, beginning(run));
  page.held = memory.get(header.key);
  update(page);
}

/** A new run plays once from its random beginning; where motion is unwelcome it stands at its end. */
function beginning(run) {
  const still = reducedMotion();
  return { state: begin(run, still ? run.epochs : 0), playing: !still };
}

function create(parentElement, header) {
  const root = el("div", { class: "gs gs-smallest", "data-testid": "smallest" });
  parentElement.append(root);
  const page = { root, header, held: /** @type {any} */ (null), played: 0, from: 0 };
  const hands = { dispatch: (action) => dispatch(page, action), toggle: () => toggle(page) };
  const views = buildPage(root, header, hands);
  const observer = new ResizeObserver(() => page.held && update(page));
  observer.observe(root);
  return Object.assign(page, { views, observer, frames: createFrames((passed) => play(page, passed)) });
}

/** Whoever takes hold of epochs or scalars stops the clock; looking at a day does not. */
function dispatch(page, action) {
  page.held.state = act(page.held.state, action);
  if (!["look", "leave"].includes(action.type)) page.held.playing = false;
  update(page);
}

function toggle(page) {
  const { held } = page;
  held.playing = !held.playing;
  if (held.playing && held.state.epoch >= held.state.run.epochs)
    held.state = act(held.state, { type: "epoch", epoch: 0 });
  update(page);
}

function update(page) {
  page.theme = themeOf(page);
  if (page.root.clientWidth) {
    page.views.pairs.forEach(zoomCompany);
    drawPage(page.views, page.held, page.theme);
  }
  page.frames.run(page.held.playing);
}

function play(page, passed) {
  const { held } = page;
  if (!passed) Object.assign(page, { played: 0, from: held.state.epoch });
  page.played += passed;
  const { epoch, done } = played(page.from, page.played, held.state.run.epochs);
  held.state = act(held.state, { type: "epoch", epoch });
  held.playing = !done;
  drawPage(page.views, held, page.theme);
  if (done) page.frames.rest();
}
