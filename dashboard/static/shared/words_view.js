/**
 * Terms that explain themselves. A term answers a resting pointer, the focus and a touch with one sentence; Escape takes
 * it away. One tooltip for all of them.
 */

import { wordOf } from "../cells/cells.js";
import { el } from "./dom.js";
import { hideTooltip, showTooltipAt } from "./tooltip.js";

/**
 * A word that can be asked about; plain text where no sentence is known of it.
 * @param {string} name of the term @param {string} text @param {string} cell for terms that differ from cell to cell
 * @param {Record<string, string>} words
 */
export function term(name, text, cell, words) {
  // words: term_{activation}, term_inputs, term_prediction, term_naive, term_network, term_wide
  const said = wordOf(words, `term_${name}`, cell);
  if (!said) return el("span", { class: "gs-word-plain" }, text);
  return el("button", { type: "button", class: "gs-word", "data-term": name, "data-said": said }, text);
}

/** A choice explains itself through its label. @param {HTMLElement} node */
const described = (node) => node.querySelector("select") ?? node;

/** @param {HTMLElement} root of the terms @param {ReturnType<import("./tooltip.js").createTooltip>} tooltip */
export function listenToTerms(root, tooltip) {
  let open = /** @type {HTMLElement | null} */ (null);
  /** @param {HTMLElement | null} node */
  const show = (node) => {
    if (open) described(open).removeAttribute("aria-describedby");
    open = node;
    if (!node) return hideTooltip(tooltip);
    described(node).setAttribute("aria-describedby", tooltip.node.id);
    showTooltipAt(tooltip, node.dataset.said ?? "", node.getBoundingClientRect(), root.getBoundingClientRect());
  };
  /** @param {Event} event */
  const termAt = (event) => /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest?.("[data-said]") ?? null);
  root.addEventListener("pointerover", (event) => {
    const found = termAt(event);
    if (found) show(found);
    else if (open && open !== document.activeElement) show(null);
  });
  root.addEventListener("pointerleave", () => open && open !== document.activeElement && show(null));
  root.addEventListener("focusin", (event) => {
    const found = termAt(event);
    if (found || open) show(found);
  });
  root.addEventListener("focusout", (event) => open && termAt(event) === open && show(null));
  root.addEventListener("click", (event) => termAt(event) && show(termAt(event)));
  root.addEventListener("keydown", (event) => event.key === "Escape" && open && show(null));
}
