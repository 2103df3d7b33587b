/**
 * The page of the smallest LSTM: what it shows of a trained run, and its one clock, which lets the epochs run. Streamlit
 * calls `mount` again for every message; playing and editing never go through the server.
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

function show(page, header) {
  const { memory, lacks } = takeContent(header);
  const { content, state } = memory;
  if (!content) return { lacks };
  const run = { epochs: content.losses.length - 1, ...content };
  if (state?.run.id !== run.id) Object.assign(memory, beginning(run));
  page.memory = memory;
  page.views ??= buildPage(page.root, content, page.hands);
  update(page);
  return { lacks };
}

/** A new run plays once from its random beginning; where motion is unwelcome it stands at its end. */
function beginning(run) {
  const still = reducedMotion();
  return { state: begin(run, still ? run.epochs : 0), playing: !still };
}

function create(parentElement) {
  const root = el("div", { class: "gs gs-smallest", "data-testid": "smallest" });
  parentElement.append(root);
  /** @type {any} */ const page = { root, memory: null, views: null, played: 0, from: 0 };
  page.hands = { dispatch: (action) => dispatch(page, action), toggle: () => toggle(page) };
  const observer = new ResizeObserver(() => page.views && update(page));
  observer.observe(root);
  return Object.assign(page, { observer, frames: createFrames((passed) => play(page, passed)) });
}

/** Whoever takes hold of epochs or scalars stops the clock; looking at a day does not. */
function dispatch(page, action) {
  page.memory.state = act(page.memory.state, action);
  if (!["look", "leave"].includes(action.type)) page.memory.playing = false;
  update(page);
}

function toggle(page) {
  const { memory } = page;
  memory.playing = !memory.playing;
  if (memory.playing && memory.state.epoch >= memory.state.run.epochs)
    memory.state = act(memory.state, { type: "epoch", epoch: 0 });
  update(page);
}

function update(page) {
  page.theme = themeOf(page);
  if (page.root.clientWidth) {
    page.views.pairs.forEach(zoomCompany);
    drawPage(page.views, page.memory, page.theme);
  }
  page.frames.run(page.memory.playing);
}

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
