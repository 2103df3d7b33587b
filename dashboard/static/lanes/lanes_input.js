/** Pointer on the lanes: hovering holds the clock and explains, dragging moves the playhead, a click chooses. */

/**
 * @import {LaneSpot} from "../stage/hover.js"
 * @import {Painted} from "./lanes_view.js"
 * @import {Row} from "./layout.js"
 *
 * @typedef {Pick<Painted, "layout" | "hidden" | "unit" | "orders"> & {timesteps: number}} LanesSize
 * @typedef {Object} LanesHands
 * @property {() => LanesSize | null} size null: there is nothing to point at
 * @property {(spot: LaneSpot | null) => void} onHover @property {() => void} onLeave
 * @property {(t: number) => void} onSeek @property {(unit: number, row: Row) => void} onUnit
 */

import { focusOf } from "./lanes_view.js";
import { rowAt, timestepAt } from "./layout.js";

/**
 * @param {HTMLCanvasElement} canvas
 * @param {LanesHands} handlers
 */
export function listenToLanes(canvas, handlers) {
  let moved = false;
  canvas.addEventListener("pointerdown", (event) => {
    moved = false;
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", (event) => {
    const spot = spotUnder(canvas, event, handlers.size());
    if (!spot) return;
    if (event.buttons && canvas.hasPointerCapture(event.pointerId)) {
      moved = true;
      handlers.onSeek(spot.t);
    }
    handlers.onHover(spot);
  });
  canvas.addEventListener("pointerup", (event) => {
    const spot = spotUnder(canvas, event, handlers.size());
    if (!spot || moved) return;
    handlers.onSeek(spot.t);
    if (["lane", "memory"].includes(spot.row.kind)) handlers.onUnit(spot.unit, spot.row);
    handlers.onHover(spot);
  });
  canvas.addEventListener("pointerleave", handlers.onLeave);
  canvas.addEventListener("pointercancel", handlers.onLeave);
}

/**
 * Timestep, lane and unit under the pointer.
 * @param {HTMLCanvasElement} canvas @param {PointerEvent} event @param {LanesSize | null} size
 * @returns {LaneSpot | null}
 */
function spotUnder(canvas, event, size) {
  if (!size) return null;
  const box = canvas.getBoundingClientRect();
  const [x, y] = [event.clientX - box.left, event.clientY - box.top];
  const found = rowAt(size.layout, y, (row) => focusOf(row, size));
  return (
    found && {
      kind: "lane",
      ...found,
      unit: size.orders[found.row.kind]?.[found.unit] ?? found.unit,
      t: timestepAt(x, size.timesteps, size.layout.width),
      clientX: event.clientX,
      clientY: event.clientY,
    }
  );
}
