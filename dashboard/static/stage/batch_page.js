/**
 * Lanes of several sequences: what they show, and their one clock. Streamlit calls `mount` again for every message;
 * playing and switching never go through the server.
 */

import { act, fitted } from "./batch.js";
import { buildBatch, drawBatch } from "./batch_view.js";
import { advance, createClock, seek } from "./clock.js";
import { el } from "./dom.js";
import { actionFor } from "./keys.js";
import { decode } from "./payload.js";
import { styleSheet } from "./sheet.js";
import { readTheme } from "./theme.js";

const LONGEST_FRAME = 100; // milliseconds: a tab that slept does not leap

/** What outlives a mount within one page load, by key: the way chosen and the playhead. */
const memory = new Map();
const pages = new WeakMap();

/** @param {import("./stage.js").Mounted} component @param {{css: string}} assets */
export async function mount(component, assets) {
  await styleSheet(assets.css);
  const { data, parentElement } = component;
  if (data && parentElement.isConnected) show(parentElement, decode(data));
  return () => setTimeout(() => parentElement.isConnected || remove(parentElement));
}

function show(parentElement, batch) {
  if (!pages.has(parentElement)) pages.set(parentElement, create(parentElement));
  const page = pages.get(parentElement);
  const state = memory.get(batch.key) ?? beginning(batch);
  if (page.batch?.id !== batch.id) page.views = buildBatch(page.root, batch, (action) => dispatch(page, action));
  Object.assign(page, { batch, state: fitted(state, batch) });
  update(page);
}

/** Where motion is unwelcome the lanes stand at their end, so that all of them can be seen. */
function beginning(batch) {
  const length = batch.values.shape[1];
  const clock = createClock(length, !still());
  return { way: "", clock: still() ? seek(clock, length - 1) : clock };
}

const still = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

function create(parentElement) {
  const root = el("div", { class: "gs gs-batch", tabindex: 0, role: "group", "data-testid": "batch" });
  parentElement.append(root);
  const page = { root, request: 0, last: 0 };
  root.addEventListener("keydown", (event) => onKey(page, event));
  const observer = new ResizeObserver(() => page.batch && update(page));
  observer.observe(root);
  return Object.assign(page, {
    ...{ observer, batch: /** @type {any} */ (null), views: /** @type {any} */ (null) },
    ...{ state: /** @type {any} */ (null), theme: /** @type {any} */ (null) },
  });
}

function remove(parentElement) {
  const page = pages.get(parentElement);
  pages.delete(parentElement);
  page?.observer.disconnect();
  if (page) cancelAnimationFrame(page.request);
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
  memory.set(page.batch.key, page.state);
  page.theme = readTheme(page.root);
  draw(page);
  if (page.state.clock.playing && !page.request) {
    page.last = 0;
    page.request = requestAnimationFrame((now) => tick(page, now));
  }
}

function draw(page) {
  if (page.root.clientWidth) drawBatch(page.views, page.batch, page.state, page.theme);
}

function tick(page, now) {
  page.request = 0;
  if (!page.state.clock.playing || !page.root.isConnected) return;
  const passed = page.last ? Math.min(LONGEST_FRAME, now - page.last) : 0;
  page.last = now;
  page.state = { ...page.state, clock: advance(page.state.clock, passed) };
  memory.set(page.batch.key, page.state);
  draw(page);
  page.request = requestAnimationFrame((next) => tick(page, next));
}
