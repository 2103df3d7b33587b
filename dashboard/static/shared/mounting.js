/** How every component of the app comes onto a page, hears of keys and sizes, runs its clock, and leaves. */

/**
 * @import {Attributes} from "./dom.js"
 * @import {Exchange, Send} from "./exchange.js"
 * @import {Frames} from "./animation_frames.js"
 * @import {Action} from "../stage/view.js"
 *
 * @typedef {Object} Mounted what Streamlit hands over
 * @property {Uint8Array | null} data
 * @property {HTMLElement} parentElement
 * @property {Send} setStateValue
 * @property {Send} setTriggerValue
 *
 * @typedef {{css: string, plotly: string}} Assets addresses
 * @typedef {{lacks: string[], retell?: (() => void) | null}} Shown what is lacking, and what the app does not follow
 */

/**
 * What every mounted component has, whatever else is its own.
 * @template State
 * @typedef {Object} Mount
 * @property {HTMLElement} root
 * @property {State} state what outlives the mount within one page load, by the message's key
 * @property {Assets} assets
 * @property {Exchange} exchange by which it says what was chosen
 * @property {Send} trigger tells the app of something once
 * @property {Frames} frames
 * @property {() => void} update draws whatever differs from what is on the screen; then the clock runs on, or rests
 */

import { createFrames } from "./animation_frames.js";
import { el } from "./dom.js";
import { createExchange, hear, stop } from "./exchange.js";
import { actionFor, targetOf } from "../player/keys.js";
import { decode } from "./payload.js";
import { styleSheet } from "./style_sheets.js";

/**
 * What a component says of itself. The header is any: each component names the one of its own message (message.d.ts).
 * @template State
 * @template {Mount<State>} View
 * @typedef {Object} Component
 * @property {Attributes} root of its element
 * @property {() => State} begin what outlives a mount, at first
 * @property {(mount: Mount<State>) => Omit<View, keyof Mount<State>>} create what is its own, before the first message
 * @property {(view: View, header: any) => Shown | void} show takes a message; updates once there is something to draw
 * @property {(view: View) => void} draw all of it, where it can be seen
 * @property {(view: View) => boolean} moves whether its clock runs
 * @property {(view: View, passed: number) => void} play so many milliseconds more
 * @property {ReadonlySet<string>} [keys] types of the actions that it takes from keys
 * @property {(view: View, action: Action) => void} [act] does what a key asks for
 * @property {(view: View) => void} [leave] ends what is its own
 */

/**
 * Streamlit calls the mount again for every message: the first call creates, each one shows. Where the element is gone
 * for good (it may only have moved) all of it ends. What `show` finds lacking, by name, the app is told (exchange.js).
 * @template State
 * @template {Mount<State>} View
 * @param {Component<State, View>} component
 * @returns {(mounted: Mounted, assets: Assets) => Promise<() => void>}
 */
export function mounting(component) {
  /** @type {WeakMap<HTMLElement, {view: View, end: () => void}>} */ const mounts = new WeakMap();
  /** @type {Map<string, State>} */ const states = new Map();
  return async (mounted, assets) => {
    await styleSheet(assets.css);
    const { data, parentElement } = mounted;
    if (data && parentElement.isConnected) {
      const header = decode(data);
      const held = mounts.get(parentElement) ?? begin(component, parentElement, stateOf(header.key), assets);
      mounts.set(parentElement, held);
      take(component, held.view, header, mounted);
    }
    return () => setTimeout(() => parentElement.isConnected || leave(parentElement));
  };

  /** @param {string} key */
  function stateOf(key) {
    const state = states.get(key) ?? component.begin();
    states.set(key, state);
    return state;
  }

  /** @param {HTMLElement} parentElement */
  function leave(parentElement) {
    mounts.get(parentElement)?.end();
    mounts.delete(parentElement);
  }
}

/**
 * @template State
 * @template {Mount<State>} View
 * @param {Component<State, View>} component @param {HTMLElement} parent @param {State} state @param {Assets} assets
 * @returns {{view: View, end: () => void}}
 */
function begin({ root: attributes, create, draw, moves, play, keys, act, leave }, parent, state, assets) {
  const root = el("div", attributes);
  parent.append(root);
  let begun = false; // nothing is drawn before a message has brought it
  const frames = createFrames((passed) => {
    play(view, passed);
    if (!moves(view)) frames.rest();
  });
  const mount = { root, state, assets, frames, exchange: createExchange(), trigger: () => {}, update };
  const view = /** @type {View} */ (/** @type {unknown} */ (Object.assign(mount, create(mount))));
  const observer = new ResizeObserver(() => begun && update());
  observer.observe(root);
  if (keys && act) root.addEventListener("keydown", onKey);
  return { view, end };

  function update() {
    begun = true;
    if (!root.clientWidth) return frames.rest(); // in a hidden place, or on its way out: the observer calls again
    draw(view);
    frames.run(moves(view));
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    const action = begun ? actionFor(event, targetOf(event)) : null;
    if (!action || !keys?.has(action.type)) return;
    event.preventDefault();
    act?.(view, action);
  }

  function end() {
    stop(view.exchange);
    observer.disconnect();
    frames.rest();
    leave?.(view);
  }
}

/**
 * @template State
 * @template {Mount<State>} View
 * @param {Component<State, View>} component @param {View} view @param {any} header as above @param {Mounted} mounted
 */
function take({ show }, view, header, { setStateValue, setTriggerValue }) {
  view.trigger = setTriggerValue;
  const { lacks, retell } = /** @type {Shown} */ (show(view, header) ?? { lacks: [] });
  hear(view.exchange, header, lacks, setStateValue, retell);
}

/** Nothing plays by itself where motion is unwelcome. */
export const reducedMotion = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;
