/** A labelled list to choose from, which is rewritten only when it differs and never under a hand. */

import { el } from "./dom.js";

/**
 * @param {string} name of the action @param {string} text @param {(action: {type: string, value: number}) => void} dispatch
 * @param {string} [said] what the word means, for whoever asks
 * @returns {{label: HTMLElement, select: HTMLSelectElement, held: string, shown: string}}
 */
export function choice(name, text, dispatch, said) {
  const select = el("select", { "data-testid": `stage-${name}` });
  const label = el("label", { class: "gs-choice", "data-said": said }, el("span", {}, text), select);
  const each = { label, select, held: "", shown: "" };
  select.addEventListener("change", () => {
    each.shown = ""; // the list shows its own choice now, whatever becomes of it
    dispatch({ type: name, value: Number(select.value) });
  });
  return each;
}

/**
 * New options only when they differ, and never while the list is open under someone's hand.
 * @param {ReturnType<typeof choice>} each @param {number[]} values @param {(value: number) => string | number} text
 */
export function fillChoice(each, values, text) {
  const held = values.join();
  if (each.held === held || (each.held && document.activeElement === each.select)) return;
  /** @param {number[]} some */
  const options = (some) => some.map((value) => el("option", { value }, String(text(value))));
  if (each.held && held.startsWith(`${each.held},`)) each.select.append(...options(values.slice(each.held.split(",").length)));
  else each.select.replaceChildren(...options(values));
  each.held = held;
  each.shown = ""; // fresh options begin with the first
}

/** @param {ReturnType<typeof choice>} each @param {number | null} value */
export function showChoice(each, value) {
  const shown = `${value} of ${each.held}`;
  if (each.shown === shown) return;
  each.shown = shown;
  each.select.value = String(value);
}
