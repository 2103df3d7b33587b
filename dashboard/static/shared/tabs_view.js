/** A phone shows one part at a time: rows, cell, tools, verdict, the rest. */

import { el, setAttribute } from "./dom.js";

export const TABS = ["rows", "cell", "tools", "good", "rest"];

/** @param {Record<string, string>} words @param {boolean} inside has tools @param {(tab: string) => void} onTab */
export function createTabs(words, inside, onTab) {
  const names = TABS.filter((name) => inside || name !== "tools");
  const tabs = names.map((name) => {
    const attributes = { type: "button", class: "gs-place", "data-place": name, "data-testid": `stage-place-${name}` };
    const node = el("button", attributes, words[`place_${name}`]);
    node.addEventListener("click", () => onTab(name));
    return node;
  });
  return { node: el("nav", { class: "gs-places", "aria-label": words.places }, ...tabs), tabs };
}

/** @param {ReturnType<typeof createTabs>} view @param {string} shown */
export function showTab({ tabs }, shown) {
  for (const tab of tabs) setAttribute(tab, "aria-current", String(tab.dataset.place === shown));
}
