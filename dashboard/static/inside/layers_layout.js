/**
 * Where stack, layer and cell lie: a layer opens into its timesteps, a timestep into its cell. In units of which 13 are
 * one letter's height, so that large letters make a large picture. No DOM.
 */

/**
 * @import {Shapes, Sizes} from "./layers.js"
 * @import {Parts} from "./layers_parts.js"
 * @import {Words} from "../shared/message.js"
 *
 * @typedef {Sizes & {names: string[]}} PlacedSizes
 * @typedef {{sizes: PlacedSizes, shapes: Shapes, words: Words, button: number}} Place button: its height
 * @typedef {import("./layers_parts.js").Area} Area
 * @typedef {{left: number, width: number, timestep: number | null}} Slot
 */

import { fill } from "../shared/format.js";
import { layersOf } from "./layers.js";
import { across, axes, down, downFrom, joined, label, nameWidth, nothing, text, widthOf } from "./layers_parts.js";

const BESIDE_STACK = 226; // what a layer needs there; else the three lie one under the other
const [TITLE, WIRE, PILL, HEAD, NAMES] = [24, 25, 20, 26, 16];
const BETWEEN = 26; // layer and cell
const LAYER_HEIGHT = 124;
const CELL_HEIGHT = 158;

/**
 * @param {import("./layers.js").Sizes & {names: string[]}} sizes @param {number} width
 * @param {Record<string, string>} words @returns {import("./layers_parts.js").Picture}
 */
export function placeLayers(sizes, width, words) {
  const shapes = layersOf(sizes);
  const stackWidth = stackWidthOf({ shapes, sizes, words });
  const narrow = width - stackWidth - 26 < BESIDE_STACK;
  const button = narrow ? 40 : 30;
  const place = { sizes, shapes, words, button };
  const least = leastStack(place);
  const right = { x: narrow ? 0 : stackWidth + 26, w: narrow ? width : width - stackWidth - 26 };
  const layerHeight = LAYER_HEIGHT + button;
  const stackHeight = narrow ? least : Math.max(least, layerHeight + BETWEEN + CELL_HEIGHT);
  const layerTop = narrow ? stackHeight + BETWEEN : 0;
  const cellTop = narrow ? layerTop + layerHeight + BETWEEN : stackHeight - CELL_HEIGHT;
  const stack = stackParts(place, stackWidth, stackHeight, least);
  const layer = layerParts(place, { ...right, y: layerTop, h: layerHeight });
  const cell = cellParts(place, { ...right, y: cellTop, h: CELL_HEIGHT });
  const parts = joined([stack, layer, cell]);
  const [panelOfLayer, panelOfCell] = parts.boxes.filter((box) => box.kind === "panel");
  /** @param {string} kind @param {number} index */
  const marked = (kind, index) => /** @type {Area} */ (parts.buttons.find((each) => each.kind === kind && each.index === index));
  const shown = marked("layer", sizes.layer);
  const opened = narrow ? downFrom(shown, panelOfLayer) : across(shown, panelOfLayer);
  parts.funnels.push(opened, down(marked("cell", sizes.t), panelOfCell));
  return { ...parts, width, height: cellTop + CELL_HEIGHT };
}

/** The shapes stand to the right of the arrow. */
const BESIDE = 26;

/** @param {Pick<Place, "shapes" | "sizes" | "words">} place */
function stackWidthOf({ shapes, sizes, words }) {
  const widest = Math.max(...shapes.stack.map(({ symbol, shape }) => widthOf(label("", 0, 0, symbol, "", shape))));
  return Math.max(124, BESIDE + widest, nameWidth(sizes.names.join(", ")) + 2, pillWidth(sizes, words) + 6);
}

/** @param {number} share @param {Words} words */
const pillText = (share, words) => fill(words.layers_pill, { share });

/** @param {PlacedSizes} sizes @param {Words} words */
const pillWidth = ({ dropout, outputDropout }, words) =>
  Math.max(...[dropout, outputDropout].map((share) => nameWidth(pillText(share, words)))) + 18;

/** @param {Shapes} shapes */
const drops = (shapes) => shapes.stack.filter((wire) => wire.dropped).length;

/** @param {Place} place */
const leastStack = ({ shapes, sizes, button }) =>
  TITLE + NAMES + HEAD + sizes.L * button + shapes.stack.length * WIRE + drops(shapes) * PILL;

/**
 * From the foot up: the input's names, then wire, layer, wire, ..., head, wire.
 * @param {Place} place @param {number} width @param {number} height @param {number} least
 */
function stackParts(place, width, height, least) {
  const { sizes, shapes, words } = place;
  const parts = nothing();
  const wire = Math.min(54, WIRE + (height - least) / shapes.stack.length);
  let y = height - (height - least - (wire - WIRE) * shapes.stack.length) / 2 - NAMES;
  parts.texts.push(text("title", 0, 13, words.layers_stack), axes(width, 13, sizes.batchFirst ? "B, T, ·" : "T, B, ·"));
  parts.texts.push(text("name", 2, y + 12, sizes.names.join(", ")));
  shapes.stack.forEach(({ symbol, shape, dropped }, at) => {
    const top = y - wire - (dropped ? PILL : 0);
    parts.wires.push({ from: [14, y], to: [14, top], strong: false });
    parts.labels.push(label(`stack-${at}`, BESIDE, y - wire / 2 + 4, symbol, "", shape));
    if (dropped) pill(parts, place, y - wire - 13, dropped);
    y = at > sizes.L ? top : storey(parts, place, at, top, width);
  });
  return parts;
}

/**
 * A layer that can be pressed, or the head; answers its upper edge.
 * @param {Parts} parts @param {Place} place @param {number} at @param {number} foot @param {number} width
 */
function storey(parts, { sizes, words, button }, at, foot, width) {
  if (at === sizes.L) {
    parts.boxes.push({ kind: "head", x: 0, y: foot - HEAD, w: width, h: HEAD });
    parts.texts.push(text("name", width / 2, foot - HEAD + 17, words.layers_head_box, "middle"));
    return foot - HEAD;
  }
  const name = fill(words.layers_layer, { layer: at + 1 });
  parts.buttons.push({ kind: "layer", index: at, x: 0, y: foot - button, w: width, h: button, text: name });
  return foot - button;
}

/**
 * On the wire, below what reads it.
 * @param {Parts} parts @param {Place} place @param {number} y @param {number} share
 */
function pill(parts, { sizes, words }, y, share) {
  const w = pillWidth(sizes, words);
  parts.boxes.push({ kind: "pill", x: 3, y, w, h: 17 });
  parts.texts.push(text("name", 3 + w / 2, y + 12, pillText(share, words), "middle"));
}

/** @param {Place} place @param {Area} area */
function layerParts(place, { x, y, w, h }) {
  const { sizes, shapes, words } = place;
  const parts = nothing();
  parts.boxes.push({ kind: "panel", x, y, w, h });
  parts.texts.push(text("title", x + 10, y + 18, fill(words.layers_layer, { layer: sizes.layer + 1 })));
  parts.texts.push(axes(x + w - 10, y + 18, "B, ·"));
  const row = rowOf(shapes.timesteps, x + 10, w - 20);
  row.forEach((spot, at) => timestepParts(parts, place, { ...spot, top: y + 58, next: row[at + 1] }, { x, w }));
  const carried = shapes.cell.hasCellState ? "h, c" : "h";
  parts.wires.push({ from: [x + 10, y + h - 14], to: [x + 28, y + h - 14], strong: false });
  parts.labels.push(label("layer-across", x + 34, y + h - 10, carried, "", shapes.layer.hidden));
  return parts;
}

/**
 * One timestep, or the gap where some are left out, and what it hands to the next.
 * @param {Parts} parts @param {Place} place @param {Slot & {top: number, next: Slot | undefined}} slot
 * @param {{x: number, w: number}} panel
 */
function timestepParts(parts, { sizes, shapes, words, button }, { left, width, timestep, top, next }, panel) {
  const middle = left + width / 2;
  const states = shapes.cell.hasCellState ? [button / 3, (2 * button) / 3] : [button / 2];
  for (const state of states)
    if (next) parts.wires.push({ from: [left + width, top + state], to: [next.left, top + state], strong: false });
  if (timestep === null) return void parts.texts.push(text("gap", middle, top + button / 2 + 4, "…", "middle"));
  const strong = timestep === sizes.t;
  parts.wires.push({ from: [middle, top], to: [middle, top - 15], strong });
  parts.wires.push({ from: [middle, top + button + 15], to: [middle, top + button], strong });
  const place = { x: left, y: top, w: width, h: button };
  parts.buttons.push({ kind: "cell", index: timestep, ...place, text: `${timestep + 1}` });
  if (strong) parts.labels.push(...aroundCell(shapes, sizes, words, { middle, top, button, ...panel }));
}

/**
 * Labels of the marked timestep's wires: in the middle above and below it, as far as the panel reaches.
 * @param {Shapes} shapes @param {PlacedSizes} sizes @param {Words} words
 * @param {{middle: number, top: number, button: number, x: number, w: number}} cell
 */
function aroundCell(shapes, sizes, words, { middle, top, button, x, w }) {
  const out = label("layer-out", 0, top - 21, "h", "t", shapes.layer.hidden, "middle");
  const into = label("layer-in", 0, top + button + 27, ...inputName(sizes, words), shapes.layer.input, "middle");
  for (const each of [out, into]) {
    const half = widthOf(each) / 2;
    each.x = Math.max(x + 10 + half, Math.min(x + w - 10 - half, middle));
  }
  return [out, into];
}

/**
 * Layer 1 reads x, a higher one h of the layer below.
 * @param {PlacedSizes} sizes @param {Words} words @returns {[symbol: string, sub: string]}
 */
const inputName = ({ layer }, words) => (layer === 0 ? ["x", "t"] : [fill(words.layers_below, { layer }), "t"]);

/**
 * Cells as wide as the row allows, and narrow gaps.
 * @param {(number | null)[]} timesteps @returns {{left: number, width: number, timestep: number | null}[]}
 * @param {number} x @param {number} w
 */
function rowOf(timesteps, x, w) {
  const [arrow, gap] = [9, 12];
  const gaps = timesteps.filter((each) => each === null).length;
  const cells = timesteps.length - gaps;
  const free = w - (timesteps.length - 1) * arrow - gaps * gap;
  const cell = Math.min(42, free / cells);
  let left = x + (free - cells * cell) / 2;
  return timesteps.map((timestep) => {
    const place = { left, width: timestep === null ? gap : cell, timestep };
    left += place.width + arrow;
    return place;
  });
}

/** @param {Place} place @param {Area} area */
function cellParts({ sizes, shapes, words }, { x, y, w, h }) {
  const parts = nothing();
  const title = fill(words.layers_cell, { cell: sizes.row.cell, t: sizes.t + 1 });
  parts.boxes.push({ kind: "panel", x, y, w, h });
  parts.texts.push(text("title", x + 10, y + 18, title), axes(x + w - 10, y + 18, "·,"));
  const box = { kind: /** @type {const} */ ("cell"), x: x + w / 2 - 29, y: y + 58, w: 58, h: 56 };
  const middle = x + w / 2;
  parts.boxes.push(box);
  const lines = sizes.row.cell.split(/(?<=[a-z])(?=[A-Z])/); // Peephole, LSTM
  lines.forEach((line, at) => {
    parts.texts.push(text("name", middle, box.y + 32 + 13 * (at - (lines.length - 1) / 2), line, "middle"));
  });
  const { hidden, input } = shapes.cell;
  parts.wires.push({ from: [middle, box.y], to: [middle, box.y - 15], strong: true });
  parts.wires.push({ from: [middle, box.y + box.h + 15], to: [middle, box.y + box.h], strong: true });
  parts.labels.push(label("cell-out", middle, box.y - 21, "h", "t", hidden, "middle"));
  const [symbol, sub] = inputName(sizes, words);
  parts.labels.push(label("cell-in", middle, box.y + box.h + 29, symbol, sub, input, "middle"));
  const states = shapes.cell.hasCellState ? { c: 18, h: 46 } : { h: 32 };
  for (const [state, below] of Object.entries(states)) {
    const at = box.y + below;
    parts.wires.push({ from: [x + 8, at], to: [box.x, at], strong: true });
    parts.wires.push({ from: [box.x + box.w, at], to: [x + w - 8, at], strong: true });
    parts.labels.push(label(`cell-${state}-before`, x + 8, at - 8, state, "t−1", hidden));
    parts.labels.push(label(`cell-${state}`, x + w - 8, at - 8, state, "t", hidden, "end"));
  }
  return parts;
}
