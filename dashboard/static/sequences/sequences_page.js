/**
 * Lanes of several sequences: what they show, and their one clock. Streamlit calls `mount` again for every message;
 * playing and switching never go through the server.
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

function show(page, header) {
  const { memory, lacks } = takeContent(header);
  const batch = memory.content;
  if (!batch) return { lacks };
  const isNew = page.batch?.id !== batch.id;
  Object.assign(page, { memory, batch, state: fitted(memory.state ?? beginning(batch), batch) });
  if (isNew) keepFocus(page.root, () => renew(page));
  else update(page);
  return { lacks };
}

function renew(page) {
  page.views = buildBatch(page.root, page.batch, (action) => dispatch(page, action));
  update(page);
}

/** Where motion is unwelcome the lanes stand at their end, so that all of them can be seen. */
function beginning(batch) {
  const length = batch.values.shape[1];
  const clock = createClock(length, !reducedMotion());
  return { way: "", clock: reducedMotion() ? seek(clock, length - 1) : clock };
}

function create(parentElement) {
  const root = el("div", { class: "gs gs-batch", tabindex: 0, role: "group", "data-testid": "batch" });
  parentElement.append(root);
  /** @type {any} */ const page = { root, memory: null, batch: null, views: null, state: null, theme: null };
  root.addEventListener("keydown", (event) => onKey(page, event));
  const observer = new ResizeObserver(() => page.batch && update(page));
  observer.observe(root);
  return Object.assign(page, { observer, frames: createFrames((passed) => play(page, passed)) });
}

function onKey(page, event) {
  const { tagName, getAttribute } = event.target;
  const role = getAttribute?.call(event.target, "role");
  const action = page.batch && actionFor(event, { tagName, role });
  const next = action ? act(page.state, action) : page.state;
  if (next === page.state) return;
  event.preventDefault();
  page.state = next;
  update(page);
}

function dispatch(page, action) {
  page.state = act(page.state, action);
  update(page);
}

function update(page) {
  page.memory.state = page.state;
  page.theme = themeOf(page);
  draw(page);
  page.frames.run(page.state.clock.playing);
}

function draw(page) {
  if (page.root.clientWidth) drawBatch(page.views, page.batch, page.state, page.theme);
}

function play(page, passed) {
  page.state = { ...page.state, clock: advance(page.state.clock, passed) };
  page.memory.state = page.state;
  draw(page);
}
