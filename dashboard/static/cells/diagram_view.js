/** Draws the cell with live numbers: colours are the lanes' colours, widths follow magnitudes. */

/**
 * @import {Box, Operation, Wire} from "./diagram_parts.js"
 * @import {Lane} from "../lanes/lanes.js"
 * @import {Words} from "../shared/message.js"
 * @import {Theme} from "../shared/theme.js"
 *
 * @typedef {ReturnType<typeof buildDiagram>} DiagramView
 */

import { cellOf } from "./cells.js";
import { lettersAt, valuesIn, wireWidth } from "./diagram.js";
import { setAttribute, setText, svg } from "../shared/dom.js";
import { fill, plain, signed } from "../shared/format.js";
import { symbolOf } from "../lanes/lanes.js";
import { css, inkOn, level } from "../shared/palette.js";

/** @param {SVGElement} root @param {string} cell @param {Record<string, string>} words */
export function buildDiagram(root, cell, words) {
  const { diagram } = cellOf(cell);
  setAttribute(root, "viewBox", `0 0 400 ${diagram.height}`);
  const wires = diagram.wires.map((wire) => ({
    wire,
    node: svg("path", { d: wire.path, class: wireClass(wire), "data-phase": wire.phase }),
  }));
  const boxes = diagram.boxes.map((box) => ({ box, ...boxNodes(box, cell, words) }));
  const operations = diagram.operations.map(operationNode);
  root.replaceChildren(...wires.map((each) => each.node), ...operations, ...boxes.map((each) => each.group));
  return { root, cell, wires, boxes, parts: /** @type {SVGElement[]} */ ([...root.children]) };
}

/** Letters as large as can be read, whatever the drawing's size. @param {SVGElement} root */
export function zoomDiagram(root) {
  const { zoom, named } = lettersAt(root.clientWidth);
  root.style.setProperty("--gs-zoom", String(zoom));
  setAttribute(root, "data-named", String(named));
}

/** Kinds of wires that look different. */
const WIRES = /** @type {const} */ (["belt", "loop", "peephole"]);

/** @param {Wire} wire */
const wireClass = (wire) =>
  ["gs-wire", ...WIRES.filter((kind) => wire[kind]).map((kind) => `gs-${kind}`)]
    .concat(wire.value === null ? ["gs-bus"] : [])
    .join(" ");

/** @param {Operation} operation */
function operationNode({ sign, x, y, phase }) {
  const circle = svg("circle", { cx: x, cy: y, r: 14 });
  return svg("g", { class: "gs-operation", "data-phase": phase }, circle, svg("text", { x, y: y + 6 }, sign));
}

/** @param {Box} box @param {string} cell @param {Words} words */
function boxNodes(box, cell, words) {
  const rect = svg("rect", {
    x: box.x,
    y: box.y,
    width: box.w,
    height: box.h,
    rx: box.kind === "pill" ? box.h / 2 : 9,
  });
  const middle = box.x + box.w / 2;
  /** @param {number} share */
  const at = (share) => ({ x: middle, y: box.y + box.h * share });
  const isGate = box.kind === "gate";
  const letter = isGate ? svg("text", { class: "gs-box-letter", ...at(0.31) }, symbolOf(box.id, cell, words)) : null;
  const name = svg("text", { class: "gs-box-name", ...at({ gate: 0.57, pill: 0.7, value: 0.38 }[box.kind]) });
  name.textContent = nameOf(box, words);
  const number = svg("text", { class: "gs-box-number", ...at(isGate ? 0.86 : 0.8), "data-testid": `stage-${box.id}` });
  const parts = [rect, ...(letter ? [letter] : []), name, ...(box.kind === "pill" ? [] : [number])];
  const group = svg("g", { class: `gs-box gs-${box.kind}`, "data-phase": box.phase, "data-part": box.id }, ...parts);
  return { group, rect, letter, name, number };
}

/** @param {Box} box @param {Words} words */
function nameOf({ of, when, text }, words) {
  if (text !== null) return text;
  if (of === null) return words.inputs_symbol;
  // words: before, now, {activation}, {activation}_symbol
  return when ? fill(words[when], { symbol: words[`${of}_symbol`] }) : words[of];
}

/**
 * @param {ReturnType<typeof buildDiagram>} view
 * @param {import("./moment.js").Moment} moment
 * @param {{lanes: import("../lanes/lanes.js").Lane[], theme: Theme, words: Record<string, string>, decimals?: number,
 *   input: {name: string, number: string}}} context input: what enters, in words
 */
export function updateDiagram(view, moment, { lanes, theme, input, decimals = 3 }) {
  const values = valuesIn(moment);
  const laneOf = Object.fromEntries(lanes.map((lane) => [lane.name, lane]));
  for (const { box, rect, letter, name, number } of view.boxes) {
    if (box.of === null) {
      setText(name, input.name);
      setText(number, input.number);
    } else setText(number, (laneOf[box.id]?.signed === false ? plain : signed)(values[box.id], decimals));
    if (box.kind === "gate") paintGate(rect, [letter, name, number], values[box.id], laneOf[box.id], theme);
  }
  for (const { wire, node } of view.wires) {
    if (wire.value === null) continue;
    const width = wireWidth(values[wire.value], boundOf(wire.value, laneOf));
    node.style.strokeWidth = String(wire.peephole ? width / 2 : width); // what is only looked at is half as wide
    const lane = laneOf[wire.value];
    if (lane && !wire.belt && !wire.peephole)
      node.style.stroke = css(lane.signed ? theme.signed : theme.shares, values[wire.value], lane.low, lane.high);
  }
}

/**
 * @param {SVGElement} rect @param {(SVGElement | null)[]} texts @param {number} value @param {Lane} lane
 * @param {Theme} theme
 */
function paintGate(rect, texts, value, lane, theme) {
  const colours = lane.signed ? theme.signed : theme.shares;
  setAttribute(rect, "fill", css(colours, value, lane.low, lane.high));
  const ink = inkOn(colours.rgb[level(value, lane.low, lane.high)]);
  for (const text of texts) if (text) text.style.fill = ink;
}

/**
 * On the belt everything is measured against the cell state's bound.
 * @param {string} name @param {Record<string, Lane>} laneOf
 */
function boundOf(name, laneOf) {
  const belt = ["c_before", "kept", "cell_state", "written"].includes(name) && laneOf.cell_state;
  return belt ? laneOf.cell_state.high : 1;
}

/**
 * Slow motion: what is computed now stands out, what comes later steps back.
 * @param {DiagramView} view
 * @param {number | null} phase
 */
export function showPhase(view, phase) {
  for (const part of view.parts) {
    const own = Number(part.dataset.phase);
    part.classList.toggle("gs-ahead", phase !== null && own > phase);
    part.classList.toggle("gs-current", phase !== null && own === phase);
  }
}
