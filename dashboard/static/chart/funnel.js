/** The funnel: the chart's window opens into the lanes, and the playhead runs down through it. */

import { px, setAttribute, svg } from "../shared/dom.js";

export function createFunnel() {
  const shape = svg("path", { class: "gs-funnel-shape" });
  const rule = svg("path", { class: "gs-funnel-rule" });
  const node = svg("svg", { class: "gs-funnel", "aria-hidden": "true", preserveAspectRatio: "none" }, shape, rule);
  return { node, shape, rule };
}

/**
 * @param {ReturnType<typeof createFunnel>} view
 * @param {{from: number, to: number, at: number}} above pixels in the chart's plot area
 * @param {number} below the playhead's x in the lanes
 * @param {{width: number, gutter: number, height: number}} size
 */
export function moveFunnel(view, above, below, { width, gutter, height }) {
  /** @param {number} x */
  const inside = (x) => Math.max(0, Math.min(width, x));
  const [from, to] = [gutter + inside(above.from), gutter + inside(above.to)];
  /** @param {number} a @param {number} b */
  const bend = (a, b) => `C${px(a)} ${height * 0.6} ${px(b)} ${height * 0.4} ${px(b)} ${height}`;
  const back = `C${px(gutter + width)} ${height * 0.4} ${px(to)} ${height * 0.6} ${px(to)} 0Z`;
  setAttribute(view.shape, "d", `M${px(from)} 0${bend(from, gutter)}H${px(gutter + width)}${back}`);
  const top = gutter + inside(above.at);
  setAttribute(view.rule, "d", `M${px(top)} 0${bend(top, gutter + below)}`);
  const outside = above.to < 0 || above.from > width;
  view.node.classList.toggle("gs-outside", outside);
}
