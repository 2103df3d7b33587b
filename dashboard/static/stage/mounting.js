/** How every component of the app comes onto a page and leaves it. */

import { decode } from "./payload.js";
import { styleSheet } from "./sheet.js";

/**
 * @typedef {Object} Mounted what Streamlit hands over
 * @property {Uint8Array | null} data
 * @property {HTMLElement} parentElement
 * @property {(name: string, value: any) => void} setStateValue
 * @property {(name: string, value: any) => void} setTriggerValue
 *
 * @typedef {{css: string, plotly: string}} Assets addresses
 */

/**
 * Streamlit calls the mount again for every message: the first call creates, each one shows. Where the element is gone
 * for good (it may only have moved), `destroy` ends what was created: unless told otherwise, its observer and its frames.
 * @template View
 * @param {{create: (parent: HTMLElement, header: any, assets: Assets) => View,
 *   show: (view: View, header: any, component: Mounted) => void, destroy?: (view: any) => void}} hands
 * @returns {(component: Mounted, assets: Assets) => Promise<() => void>}
 */
export function mounting({ create, show, destroy = end }) {
  /** @type {WeakMap<HTMLElement, View>} */ const views = new WeakMap();
  return async (component, assets) => {
    await styleSheet(assets.css);
    const { data, parentElement } = component;
    if (data && parentElement.isConnected) {
      const header = decode(data);
      if (!views.has(parentElement)) views.set(parentElement, create(parentElement, header, assets));
      show(/** @type {View} */ (views.get(parentElement)), header, component);
    }
    return () => setTimeout(() => parentElement.isConnected || leave(parentElement));
  };

  function leave(parentElement) {
    const view = views.get(parentElement);
    views.delete(parentElement);
    if (view) destroy(view);
  }
}

function end({ observer, frames }) {
  observer.disconnect();
  frames.rest();
}

/** Nothing plays by itself where motion is unwelcome. */
export const reducedMotion = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;
