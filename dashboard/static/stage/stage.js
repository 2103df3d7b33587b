/**
 * The stage: one clock over chart, lanes, cell, readout and ledger. Streamlit calls `mount` again for every message;
 * the first call builds, the others hand over what changed. Playing never goes through the server.
 */

import { decode } from "./payload.js";
import { createStage, destroyStage, takeMessage } from "./director.js";
import { styleSheet } from "./sheet.js";
import { createStore } from "./store.js";
import { createView } from "./view.js";

/** What outlives a mount within one page load, by key: the data held and the person's choices. */
const memory = new Map();
const stages = new WeakMap();

/**
 * @typedef {Object} Mounted what Streamlit hands over
 * @property {Uint8Array | null} data
 * @property {HTMLElement} parentElement
 * @property {(name: string, value: any) => void} setStateValue
 * @property {(name: string, value: any) => void} setTriggerValue
 *
 * @param {Mounted} component
 * @param {{css: string, plotly: string}} assets
 */
export async function mount(component, assets) {
  await styleSheet(assets.css);
  const { data, parentElement } = component;
  if (data && parentElement.isConnected) show(component, assets, decode(data));
  return () => setTimeout(() => parentElement.isConnected || remove(parentElement));
}

function show(component, assets, header) {
  const { parentElement, setStateValue, setTriggerValue } = component;
  if (!memory.has(header.key)) memory.set(header.key, { store: createStore(), view: createView(!reducedMotion()) });
  if (!stages.has(parentElement)) stages.set(parentElement, createStage(parentElement, memory.get(header.key), assets));
  takeMessage(stages.get(parentElement), header, { setStateValue, setTriggerValue });
}

function remove(parentElement) {
  const stage = stages.get(parentElement);
  stages.delete(parentElement);
  if (stage) destroyStage(stage);
}

const reducedMotion = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;
