/** A number wears its cell's colour, with ink that can be read on it. */

import { css, inkOn, level } from "./palette.js";

/** @param {HTMLElement} node @param {number} value @param {import("../lanes/lanes.js").Lane} lane @param {import("./theme.js").Theme} theme */
export function wear(node, value, lane, theme) {
  const ramp = lane.signed ? theme.signed : theme.shares;
  node.style.backgroundColor = css(ramp, value, lane.low, lane.high);
  node.style.color = inkOn(ramp.rgb[level(value, lane.low, lane.high)]);
}
