/**
 * What the picture of stack, layer and cell is made of, and the funnels between them. No DOM.
 *
 * @typedef {{kind: "layer" | "cell", index: number, x: number, y: number, w: number, h: number, text: string}} Button
 * @typedef {{kind: "panel" | "head" | "pill" | "cell", x: number, y: number, w: number, h: number}} Box
 * @typedef {{from: [number, number], to: [number, number], strong: boolean}} Wire
 * @typedef {Object} Label
 * @property {string} id @property {number} x @property {number} y baseline @property {"start" | "middle" | "end"} anchor
 * @property {string} symbol @property {string} sub @property {string} shape
 * @typedef {{kind: "title" | "axes" | "name" | "gap", x: number, y: number, anchor: string, text: string}} Text
 * @typedef {{buttons: Button[], boxes: Box[], wires: Wire[], labels: Label[], texts: Text[], funnels: string[]}} Parts
 * @typedef {Parts & {width: number, height: number}} Picture
 */

/**
 * @typedef {{x: number, y: number, w: number, h: number}} Area
 */

import { shapeText } from "./layers.js";

const LETTER = 6.7; // of the shapes' font
const SUB = 6.7;
const SMALL = 5.2; // of the names' font, on average

/** @param {Label} label */
export const widthOf = ({ symbol, sub, shape }) =>
  (symbol.length + shape.length + 1) * LETTER + (sub ? sub.length * SUB : 0);

/** @param {string} text in the names' font */
export const nameWidth = (text) => text.length * SMALL;

/** @returns {Parts} */
export const nothing = () => ({ buttons: [], boxes: [], wires: [], labels: [], texts: [], funnels: [] });

/** @param {Parts[]} all @returns {Parts} */
export function joined(all) {
  const names = /** @type {(keyof Parts)[]} */ (Object.keys(nothing()));
  return /** @type {any} the compiler does not know that the names are all */ (
    Object.fromEntries(names.map((name) => [name, all.flatMap((each) => /** @type {unknown[]} */ (each[name]))]))
  );
}

/**
 * @param {string} id @param {number} x @param {number} y @param {string} symbol @param {string} sub @returns {Label}
 * @param {number[]} shape @param {Label["anchor"]} [anchor]
 */
export const label = (id, x, y, symbol, sub, shape, anchor = "start") =>
  /** @type {Label} */ ({ id, x, y, anchor, symbol, sub, shape: shapeText(shape) });

/** @param {Text["kind"]} kind @param {number} x @param {number} y @param {string} words @param {string} [anchor] */
export const text = (kind, x, y, words, anchor = "start") => ({ kind, x, y, anchor, text: words });

/** @param {number} x @param {number} y @param {string} letters */
export const axes = (x, y, letters) => text("axes", x, y, `(${letters})`, "end");

/** From the right edge of one to the left edge of the other. @param {Area} from @param {Area} to */
export function across(from, to) {
  const [a, b] = [from.x + from.w, to.x];
  const middle = (a + b) / 2;
  /** @param {number} y @param {number} z */
  const bend = (y, z) => `C${middle} ${y} ${middle} ${z}`;
  const [top, foot] = [to.y + 8, to.y + to.h - 8];
  return `M${a} ${from.y}${bend(from.y, top)} ${b} ${top}V${foot}${bend(foot, from.y + from.h)} ${a} ${from.y + from.h}Z`;
}

/** From the right edge of one round to the upper edge of the other. @param {Area} from @param {Area} to */
export function downFrom(from, to) {
  const a = from.x + from.w;
  const [left, right] = [a + 14, to.x + to.w - 8];
  return `M${a} ${from.y}Q${right} ${from.y} ${right} ${to.y}H${left}Q${left} ${from.y + from.h} ${a} ${from.y + from.h}Z`;
}

/** From the lower edge of one to the upper edge of the other. @param {Area} from @param {Area} to */
export function down(from, to) {
  const [a, b] = [from.y + from.h, to.y];
  /** @param {number} x @param {number} z @param {number} y */
  const bend = (x, z, y) =>
    `C${x} ${a + (b - a) * (y === b ? 0.6 : 0.4)} ${z} ${a + (b - a) * (y === b ? 0.4 : 0.6)} ${z} ${y}`;
  const [left, right] = [to.x + 8, to.x + to.w - 8];
  return `M${from.x} ${a}${bend(from.x, left, b)}H${right}${bend(right, from.x + from.w, a)}Z`;
}
