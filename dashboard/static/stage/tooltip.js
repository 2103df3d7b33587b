/** One small tooltip for the lanes: the value under the pointer and how it came about. */

import { el, setText } from "./dom.js";

export function createTooltip() {
  const value = el("div", { class: "gs-tip-value", "data-testid": "stage-tip-value" });
  const equation = el("div", { class: "gs-tip-equation", "data-testid": "stage-tip-equation" });
  const node = el("div", { class: "gs-tip", role: "tooltip", "data-testid": "stage-tip" }, value, equation);
  node.hidden = true;
  return { node, value, equation };
}

/**
 * @param {ReturnType<typeof createTooltip>} view
 * @param {{value: string, equation: string}} text
 * @param {{x: number, y: number, width: number}} place
 */
export function showTooltip(view, text, { x, y, width }) {
  setText(view.value, text.value);
  setText(view.equation, text.equation);
  view.node.hidden = false;
  const own = view.node.offsetWidth;
  const left = Math.max(0, Math.min(width - own, x + 14 + own > width ? x - own - 14 : x + 14));
  view.node.style.transform = `translate(${Math.round(left)}px, ${Math.round(y + 14)}px)`;
}

/** @param {ReturnType<typeof createTooltip>} view */
export function hideTooltip(view) {
  view.node.hidden = true;
}
