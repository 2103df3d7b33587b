/** Dragging a day of the window up or down; a press that does not move chooses the day. */

import { timestepAt } from "../lanes/layout.js";

const MOVES = 3; // pixels; below it a press is no drag
const OUTSIDE = 24; // pixels beyond the row where a drag no longer counts

/**
 * @param {HTMLElement} node over the price row
 * @param {{timesteps: () => number, onDay: (t: number) => void, onValue: (t: number, y: number, goesOn: boolean) => void,
 *   onOutside: () => void, onEnd: () => void, onHover: (event: PointerEvent, t: number) => void, onLeave: () => void}} hands
 */
export function listenToPriceDrag(node, hands) {
  /** @type {{t: number, y: number, moved: boolean} | null} */
  let drag = null;
  /** @param {PointerEvent} event */
  const place = (event) => {
    const box = node.getBoundingClientRect();
    return {
      t: timestepAt(event.clientX - box.left, hands.timesteps(), box.width),
      y: event.clientY - box.top,
      height: box.height,
    };
  };
  node.addEventListener("pointerdown", (event) => {
    const { t, y } = place(event);
    drag = { t, y, moved: false };
    node.setPointerCapture(event.pointerId);
    hands.onDay(t);
  });
  node.addEventListener("pointermove", (event) => {
    const { t, y, height } = place(event);
    if (!drag) return hands.onHover(event, t);
    if (!drag.moved && Math.abs(y - drag.y) < MOVES) return;
    if (y < -OUTSIDE || y > height + OUTSIDE) return hands.onOutside();
    hands.onValue(drag.t, Math.max(0, Math.min(height, y)), drag.moved);
    drag.moved = true;
  });
  const end = () => {
    if (drag?.moved) hands.onEnd();
    drag = null;
  };
  node.addEventListener("pointerup", end);
  node.addEventListener("pointercancel", end);
  node.addEventListener("pointerleave", () => drag || hands.onLeave());
}
