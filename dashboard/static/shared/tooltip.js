/** One small tooltip for all that explains itself: the value under the pointer and how it came about, or a term. */

import { el, setText } from "./dom.js";

const AWAY = 14; // pixels from the pointer
const UNDER = 6; // pixels from a word
const BELOW = 80; // pixels that the transport may cover
let count = 0;

export function createTooltip() {
  const value = el("div", { class: "gs-tip-value", "data-testid": "stage-tip-value" });
  const equation = el("div", { class: "gs-tip-equation", "data-testid": "stage-tip-equation" });
  const id = `gs-tip-${(count += 1)}`;
  const node = el("div", { class: "gs-tip", role: "tooltip", id, "data-testid": "stage-tip" }, value, equation);
  node.hidden = true;
  return { node, value, equation };
}

/**
 * Beside the pointer, on whichever side there is room.
 * @param {ReturnType<typeof createTooltip>} view
 * @param {{value: string, equation: string}} text
 * @param {{x: number, y: number, width: number}} place
 */
export function showTooltip(view, text, { x, y, width }) {
  write(view, text);
  const own = view.node.offsetWidth;
  const left = x + AWAY + own > width ? x - own - AWAY : x + AWAY;
  move(view, Math.max(0, Math.min(width - own, left)), y + AWAY);
}

/**
 * Under a word, or over it where the window ends.
 * @param {ReturnType<typeof createTooltip>} view @param {string} sentence
 * @param {{left: number, top: number, bottom: number}} word on the screen
 * @param {{left: number, top: number, width: number}} around the element that the tooltip belongs to
 */
export function showTooltipAt(view, sentence, word, around) {
  view.node.classList.add("gs-tip-words");
  write(view, { value: "", equation: sentence });
  const { offsetWidth: width, offsetHeight: height } = view.node;
  const isLow = word.bottom + height + BELOW > window.innerHeight;
  const y = isLow && word.top > height ? word.top - height - UNDER : word.bottom + UNDER;
  move(view, Math.max(0, Math.min(around.width - width, word.left - around.left)), y - around.top);
}

/** @param {ReturnType<typeof createTooltip>} view @param {{value: string, equation: string}} text */
function write(view, text) {
  setText(view.value, text.value);
  setText(view.equation, text.equation);
  view.value.hidden = !text.value;
  view.node.hidden = false;
}

/** @param {ReturnType<typeof createTooltip>} view @param {number} x @param {number} y */
function move({ node }, x, y) {
  node.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
}

/** @param {ReturnType<typeof createTooltip>} view */
export function hideTooltip(view) {
  view.node.hidden = true;
}
