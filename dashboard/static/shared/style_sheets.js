/** Style sheets, loaded before anything is drawn, so that nothing jumps. */

import { el } from "./dom.js";

const sheets = new Map();

/** @param {string} href @returns {Promise<any>} once it is there; each is loaded once a page */
export function styleSheet(href) {
  if (!sheets.has(href)) {
    const link = el("link", { rel: "stylesheet", href });
    const loaded = new Promise((resolve, reject) => {
      link.addEventListener("load", resolve);
      link.addEventListener("error", () => reject(new Error(`stage: no style sheet at ${href}`)));
    });
    document.head.append(link);
    sheets.set(href, loaded);
  }
  return sheets.get(href);
}
