/** The numbers that the drawing of a cell carries, and how large its letters and wires are. No DOM. */

/**
 * @import {Moment} from "./moment.js"
 */

import { cellOf } from "./cells.js";
import { isSummed, productsIn } from "./equation.js";

/**
 * The numbers that boxes and wires carry: activations by name, boxes by id, and each product as NAME, with its factors as
 * NAME.share and NAME.value.
 * @param {Moment} moment
 * @returns {Record<string, number>}
 */
export function valuesIn(moment) {
  const { cell, now, before, inputs, layer } = moment;
  const { equations, diagram } = cellOf(cell);
  /** @type {[string, number][]} */
  const boxes = diagram.boxes.map(({ id, of, when }) => {
    if (of === null) return [id, layer === 0 ? inputs[0] : NaN];
    return [id, (when === "before" ? before : now)[of]];
  });
  const products = Object.values(equations).flatMap((each) => (isSummed(each) ? productsIn(each, moment) : []));
  /** @type {[string, number][]} */
  const worked = products.flatMap(({ name, share, value }) => [
    [name, share * value],
    [`${name}.share`, share],
    [`${name}.value`, value],
  ]);
  return { ...now, ...Object.fromEntries(boxes), ...Object.fromEntries(worked) };
}

/** The box of this id in a cell's drawing. @param {string} cell @param {string} id */
export const boxOf = (cell, id) => cellOf(cell).diagram.boxes.find((box) => box.id === id);

const READABLE = 11; // pixels on the screen, at the least
const NAMES = 12.5; // pixels of the drawing
const ROOMY = 290; // below it a gate's word does not fit at a readable size: its letter stands alone

/**
 * How the drawing's letters grow where it is drawn small, so that they stay readable.
 * @param {number} width on the screen @returns {{zoom: number, named: boolean}}
 */
export function lettersAt(width) {
  return { zoom: Math.max(1, (READABLE / NAMES) * (400 / Math.max(1, width))), named: width >= ROOMY };
}

/**
 * Width of a wire: thin for nothing, thick for much; `bound` is what counts as full.
 * @param {number} amount @param {number} bound
 */
export function wireWidth(amount, bound) {
  const share = Math.min(1, Math.abs(amount) / (bound || 1));
  return Number.isFinite(share) ? Math.round((1.5 + 6.5 * share) * 10) / 10 : 2;
}
