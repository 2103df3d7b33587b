/** A letter of the equations in its family's colour: a share is gate green, a signed value is blue and red. */

import { el } from "./dom.js";

/** Beside its word, never alone: so it is not read out. @param {string} symbol @param {"share" | "signed" | "plain"} kind */
export function letter(symbol, kind) {
  return el("span", { class: "gs-letter", "data-kind": kind, "aria-hidden": "true" }, symbol);
}

/** @param {string} name of an activation */
export const kindOf = (name) => (name.endsWith("_gate") ? "share" : "signed");
