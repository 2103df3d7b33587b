/** Keys while the stage has the focus -> actions. Tab is never caught; a control's keys stay the control's. */

const PLAIN = {
  " ": { type: "toggle" },
  ArrowLeft: { type: "step", by: -1 },
  ArrowRight: { type: "step", by: 1 },
  Home: { type: "start" },
  End: { type: "end" },
  ArrowUp: { type: "unitBy", by: -1 },
  ArrowDown: { type: "unitBy", by: 1 },
  ",": { type: "substep", by: -1 },
  ".": { type: "substep", by: 1 },
  "[": { type: "faster", by: -1 },
  "]": { type: "faster", by: 1 },
};

const SHIFTED = { ArrowLeft: { type: "epochBy", by: -1 }, ArrowRight: { type: "epochBy", by: 1 } };

/**
 * @param {{key: string, shiftKey?: boolean, ctrlKey?: boolean, altKey?: boolean, metaKey?: boolean}} event
 * @param {{tagName?: string, role?: string | null}} target the element that has the focus
 * @returns {import("./view.js").Action | null}
 */
export function actionFor(event, target) {
  if (event.ctrlKey || event.altKey || event.metaKey || ownsKeys(event.key, target)) return null;
  return (event.shiftKey ? SHIFTED[event.key] : undefined) ?? (event.shiftKey ? null : (PLAIN[event.key] ?? null));
}

function ownsKeys(key, { tagName = "", role = null }) {
  if (["INPUT", "SELECT", "TEXTAREA"].includes(tagName) || role === "slider") return true;
  return tagName === "BUTTON" && key === " "; // Space presses the button that has the focus
}
