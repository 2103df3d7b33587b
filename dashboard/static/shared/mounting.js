/** How every component of the app comes onto a page and leaves it. */

import { createExchange, hear, stop } from "./exchange.js";
import { decode } from "./payload.js";
import { styleSheet } from "./style_sheets.js";

/**
 * @typedef {Object} Mounted what Streamlit hands over
 * @property {Uint8Array | null} data
 * @property {HTMLElement} parentElement
 * @property {(name: string, value: unknown) => void} setStateValue
 * @property {(name: string, value: unknown) => void} setTriggerValue
 *
 * @import {Exchange} from "./exchange.js"
 *
 * @typedef {{css: string, plotly: string}} Assets addresses
 * @typedef {{lacks: string[], retell?: (() => void) | null}} Shown what is lacking, and what the app does not follow
 */

/**
 * Streamlit calls the mount again for every message: the first call creates, each one shows. Where the element is gone
 * for good (it may only have moved), `destroy` ends what was created: unless told otherwise, its observer and its frames.
 * The header is any: each component names the one of its own message (message.d.ts).
 * What `show` finds lacking, by name, the app is told (see exchange.js); a view says through its exchange what was chosen.
 * @template {object} View
 * @param {{create: (parent: HTMLElement, header: any, assets: Assets) => View,
 *   show: (view: View & {exchange: Exchange}, header: any, component: Mounted) => Shown | void,
 *   destroy?: (view: any) => void}} hands
 * @returns {(component: Mounted, assets: Assets) => Promise<() => void>}
 */
export function mounting({ create, show, destroy = end }) {
  /** @type {WeakMap<HTMLElement, View & {exchange: Exchange}>} */ const views = new WeakMap();
  return async (component, assets) => {
    await styleSheet(assets.css);
    const { data, parentElement } = component;
    if (data && parentElement.isConnected) {
      const header = decode(data);
      if (!views.has(parentElement)) {
        const view = create(parentElement, header, assets);
        views.set(parentElement, Object.assign(view, { exchange: createExchange() }));
      }
      const view = views.get(parentElement);
      if (view) take(view, header, component);
    }
    return () => setTimeout(() => parentElement.isConnected || leave(parentElement));
  };

  /** @param {View & {exchange: Exchange}} view @param {any} header as above @param {Mounted} component */
  function take(view, header, component) {
    const { setStateValue } = component;
    view.exchange.send = setStateValue;
    const { lacks, retell } = /** @type {Shown} */ (show(view, header, component) ?? { lacks: [] });
    if (header.number) hear(view.exchange, header, lacks, setStateValue, retell);
  }

  /** @param {HTMLElement} parentElement */
  function leave(parentElement) {
    const view = views.get(parentElement);
    views.delete(parentElement);
    if (!view) return;
    stop(view.exchange);
    destroy(view);
  }
}

/** @param {{observer: ResizeObserver, frames: import("./animation_frames.js").Frames}} view */
function end({ observer, frames }) {
  observer.disconnect();
  frames.rest();
}

/** Nothing plays by itself where motion is unwelcome. */
export const reducedMotion = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;
