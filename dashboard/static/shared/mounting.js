/** How every component of the app comes onto a page and leaves it. */

import { createExchange, hear, stop } from "./exchange.js";
import { decode } from "./payload.js";
import { styleSheet } from "./style_sheets.js";

/**
 * @typedef {Object} Mounted what Streamlit hands over
 * @property {Uint8Array | null} data
 * @property {HTMLElement} parentElement
 * @property {(name: string, value: any) => void} setStateValue
 * @property {(name: string, value: any) => void} setTriggerValue
 *
 * @typedef {{css: string, plotly: string}} Assets addresses
 * @typedef {{lacks: string[], retell?: (() => void) | null}} Shown what is lacking, and what the app does not follow
 */

/**
 * Streamlit calls the mount again for every message: the first call creates, each one shows. Where the element is gone
 * for good (it may only have moved), `destroy` ends what was created: unless told otherwise, its observer and its frames.
 * What `show` finds lacking, by name, the app is told (see exchange.js); a view says through its exchange what was chosen.
 * @template View
 * @param {{create: (parent: HTMLElement, header: any, assets: Assets) => View,
 *   show: (view: View & {exchange: import("./exchange.js").Exchange}, header: any, component: Mounted) => Shown | void,
 *   destroy?: (view: any) => void}} hands
 * @returns {(component: Mounted, assets: Assets) => Promise<() => void>}
 */
export function mounting({ create, show, destroy = end }) {
  /** @type {WeakMap<HTMLElement, any>} */ const views = new WeakMap();
  return async (component, assets) => {
    await styleSheet(assets.css);
    const { data, parentElement } = component;
    if (data && parentElement.isConnected) {
      const header = decode(data);
      if (!views.has(parentElement)) {
        const view = create(parentElement, header, assets);
        views.set(parentElement, Object.assign(/** @type {any} */ (view), { exchange: createExchange() }));
      }
      take(views.get(parentElement), header, component);
    }
    return () => setTimeout(() => parentElement.isConnected || leave(parentElement));
  };

  function take(view, header, component) {
    const { setStateValue } = component;
    view.exchange.send = setStateValue;
    const { lacks, retell } = show(view, header, component) ?? { lacks: [] };
    if (header.number) hear(view.exchange, header, lacks, setStateValue, retell);
  }

  function leave(parentElement) {
    const view = views.get(parentElement);
    views.delete(parentElement);
    if (!view) return;
    stop(view.exchange);
    destroy(view);
  }
}

function end({ observer, frames }) {
  observer.disconnect();
  frames.rest();
}

/** Nothing plays by itself where motion is unwelcome. */
export const reducedMotion = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;
