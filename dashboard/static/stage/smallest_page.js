/**
 * The page of the smallest LSTM: what it shows of a trained run, and its one clock, which lets the epochs run. Streamlit
 * calls `mount` again for every message; playing and editing never go through the server.
 */

import { el } from "./dom.js";
import { decode } from "./payload.js";
import { styleSheet } from "./sheet.js";
import { act, begin, played } from "./smallest.js";
import { buildPage, drawPage } from "./smallest_view.js";
import { readTheme } from "./theme.js";

/** What outlives a mount within one page load, by key: the run and what the person made of it. */
const memory = new Map();
const pages = new WeakMap();

/** @param {import("./stage.js").Mounted} component @param {{css: string}} assets */
export async function mount(component, assets) {
  await styleSheet(assets.css);
  const { data, parentElement } = component;
  if (data && parentElement.isConnected) show(parentElement, decode(data));
  return () => setTimeout(() => parentElement.isConnected || remove(parentElement));
}

function show(parentElement, header) {
  const run = { id: header.id, epochs: header.losses.length - 1, ...header };
  const held = memory.get(header.key);
  const isNew = held?.state.run.id !== run.id;
  if (isNew) memory.set(header.key, beginning(run));
  if (!pages.has(parentElement)) pages.set(parentElement, create(parentElement, header));
  const page = pages.get(parentElement);
  page.held = memory.get(header.key);
  update(page);
}

/** A new run plays once from its random beginning; where motion is unwelcome it stands at its end. */
function beginning(run) {
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  return { state: begin(run, still ? run.epochs : 0), playing: !still };
}

function create(parentElement, header) {
  const root = el("div", { class: "gs gs-smallest", "data-testid": "smallest" });
  parentElement.append(root);
  const page = { root, header, held: /** @type {any} */ (null), request: 0, start: /** @type {any} */ (null) };
  const hands = { dispatch: (action) => dispatch(page, action), toggle: () => toggle(page) };
  const views = buildPage(root, header, hands);
  const observer = new ResizeObserver(() => page.held && update(page));
  observer.observe(root);
  return Object.assign(page, { views, observer });
}

function remove(parentElement) {
  const page = pages.get(parentElement);
  pages.delete(parentElement);
  page?.observer.disconnect();
  if (page) cancelAnimationFrame(page.request);
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
  page.theme = readTheme(page.root);
  if (page.root.clientWidth) drawPage(page.views, page.held, page.theme);
  if (page.held.playing && !page.request) {
    page.start = null;
    page.request = requestAnimationFrame((now) => tick(page, now));
  }
}

function tick(page, now) {
  page.request = 0;
  const { held } = page;
  if (!held.playing || !page.root.isConnected) return;
  page.start ??= { now, epoch: held.state.epoch };
  const { epoch, done } = played(page.start.epoch, now - page.start.now, held.state.run.epochs);
  held.state = act(held.state, { type: "epoch", epoch });
  held.playing = !done;
  drawPage(page.views, held, page.theme);
  if (held.playing) page.request = requestAnimationFrame((next) => tick(page, next));
}
