/** Keys while the stage has the focus -> actions. Tab is never caught; a control's keys stay the control's. */

/**
 * @import {Action} from "../stage/view.js"
 */

/** @type {Record<string, Action>} */
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
  "?": { type: "keys" },
  "[": { type: "faster", by: -1 },
  "]": { type: "faster", by: 1 },
};

/** @type {Record<string, Action>} */
const SHIFTED = { ArrowLeft: { type: "epochBy", by: -1 }, ArrowRight: { type: "epochBy", by: 1 } };

/** The types of all actions that keys ask for. @type {ReadonlySet<string>} */
export const KEYS = new Set([...Object.values(PLAIN), ...Object.values(SHIFTED)].map(({ type }) => type));

/**
 * @param {{key: string, shiftKey?: boolean, ctrlKey?: boolean, altKey?: boolean, metaKey?: boolean}} event
 * @param {{tagName?: string, role?: string | null, type?: string}} target the element that has the focus
 * @returns {import("../stage/view.js").Action | null}
 */
export function actionFor(event, target) {
  if (event.ctrlKey || event.altKey || event.metaKey || ownsKeys(event.key, target)) return null;
  if (event.key === "?") return PLAIN["?"]; // on most keyboards with Shift
  return (event.shiftKey ? SHIFTED[event.key] : undefined) ?? (event.shiftKey ? null : (PLAIN[event.key] ?? null));
}

/** What has the focus when a key is pressed. @param {KeyboardEvent} event */
export function targetOf(event) {
  const target = /** @type {HTMLElement} */ (event.target);
  return { tagName: target.tagName, role: target.getAttribute("role"), type: target.getAttribute("type") ?? "" };
}

/** @param {string} key @param {{tagName?: string, role?: string | null, type?: string}} target */
function ownsKeys(key, { tagName = "", role = null, type = "" }) {
  const isSlider = role === "slider" || type === "range" || tagName === "SELECT";
  if (isSlider) return key !== "?";
  if (["INPUT", "TEXTAREA"].includes(tagName)) return true;
  return ["BUTTON", "SUMMARY"].includes(tagName) && key === " "; // Space presses what has the focus
}
