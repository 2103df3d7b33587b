/** The tool "layers": stack, layer and cell with the shapes on their wires; a click goes to the layer or timestep. */

/**
 * @import {Moment} from "../cells/moment.js"
 * @import {Parameter, Shapes} from "./layers.js"
 * @import {Box, Button, Label, Picture, Wire} from "./layers_parts.js"
 * @import {Named} from "./layers_words.js"
 * @import {Words} from "../shared/message.js"
 * @import {Filmed, Hands, ToolContext} from "../stage/parts.js"
 *
 * @typedef {ReturnType<typeof createLayersView>} LayersView
 * @typedef {Filmed["content"]} FilmedContent
 */

import { el, px, setAttribute, setText, svg } from "../shared/dom.js";
import { symbolOf } from "../lanes/lanes.js";
import { date, fill, form, signed, whole } from "../shared/format.js";
import { headParameters, layersOf, shapeText } from "./layers.js";
import { placeLayers } from "./layers_layout.js";
import { sentencesOf } from "./layers_words.js";
import { once } from "../shared/redraw_once.js";

const EM = 13; // units of the picture in one letter's height
/** @type {(keyof ReturnType<typeof sentencesOf>)[]} */
const SENTENCES = ["order", "index", "states", "loss", "dropout"];
const OWN = new Set(["order", "index"]); // about the numbers on the screen; the others are asides

/** @param {Hands} hands @param {Words} words */
export function createLayersView(hands, words) {
  const sizes = el("p", { class: "gs-answer gs-hint", "data-testid": "stage-sizes" });
  const choices = el("div", { class: "gs-chips", role: "group", "aria-label": words.layers_order });
  for (const value of [true, false]) choices.append(orderChip(value, hands, words));
  const drawing = svg("svg", { role: "img", "data-testid": "stage-layers-picture" });
  const buttons = el("div", { role: "group", "aria-label": words.layers_places });
  const picture = el("div", { class: "gs-layers" }, drawing, buttons);
  const lines = SENTENCES.map((name) =>
    el("p", { class: OWN.has(name) ? "gs-answer" : "gs-hint", "data-testid": `stage-layers-${name}` }),
  );
  const title = el("h4", {});
  const table = el("table", { class: "gs-shapes", "data-testid": "stage-parameters" });
  const blocks = el("p", { class: "gs-hint", "data-testid": "stage-layers-blocks" });
  const hint = el("p", { class: "gs-hint" }, words.layers_hint);
  const node = el("div", {}, hint, sizes, choices, picture, ...lines, title, table, blocks);
  const parts = { sizes, choices, drawing, buttons, picture, lines, title, table, blocks };
  return { node, ...parts, hands, words, pressed: /** @type {Map<string, HTMLElement>} */ (new Map()), drawn: /** @type {Record<string, string>} */ ({}) };
}

/** @param {boolean} value @param {Hands} hands @param {Words} words */
function orderChip(value, hands, words) {
  const name = value ? "true" : "false";
  const attributes = {
    type: "button",
    class: "gs-chip gs-mono",
    "data-order": name,
    "data-testid": `stage-order-${name}`,
  };
  const chip = el("button", attributes, words[`layers_${name}`]);
  chip.addEventListener("click", () => hands.dispatch({ type: "batch_first", value }));
  return chip;
}

/** @param {LayersView} view @param {ToolContext} stage @param {import("../cells/moment.js").Moment} moment */
export function updateLayers(view, stage, moment) {
  const sizes = sizesOf(stage, moment);
  const { words } = view;
  const shapes = layersOf(sizes);
  for (const chip of view.choices.children)
    setAttribute(chip, "aria-pressed", String(chip.getAttribute("data-order") === String(sizes.batchFirst)));
  const sentences = sentencesOf(sizes, shapes, {
    numbers: moment.inputs.map((each) => signed(each)).join(", "),
    words,
  });
  setText(view.sizes, sentences.sizes);
  SENTENCES.forEach((name, at) => {
    setText(view.lines[at], sentences[name]);
    view.lines[at].hidden = !sentences[name];
  });
  showPicture(view, stage, sizes);
  once(view.drawn, "table", [sizes.row.cell, sizes.L, sizes.H, sizes.D, sizes.layer], () =>
    showParameters(view, sizes, shapes),
  );
}

/**
 * All that the shapes hang on.
 * @param {ToolContext} context @param {Moment} moment @returns {import("./layers_words.js").Named}
 */
function sizesOf({ content, snapshot, state }, moment) {
  const { training, input_names } = content.film.meta;
  const names = input_names.map((name) => content.words[`input_${name}`]);
  return {
    ...{ row: content.film.meta, T: moment.T, L: moment.layers, H: moment.hidden, D: snapshot.inputs.shape[1] },
    ...{ B: Math.min(training.batch_size, training.windows), layer: moment.layer, t: moment.t },
    ...{
      dropout: training.dropout,
      outputDropout: training.output_dropout,
      firstScored: training.first_scored,
      batchFirst: state.view.tools.batchFirst,
    },
    ...{ names, batchSize: training.batch_size, windows: training.windows },
  };
}

/** @param {LayersView} view @param {ToolContext} stage @param {Named} sizes */
function showPicture(view, stage, sizes) {
  const em = parseFloat(getComputedStyle(view.picture).fontSize);
  const placed = placeLayers(sizes, (view.picture.clientWidth / em) * EM, view.words);
  const { buttons, ...still } = placed;
  once(view.drawn, "picture", still, () => draw(view, placed));
  once(view.drawn, "alternative", [sizes.layer, sizes.batchFirst, placed.labels], () =>
    setAttribute(view.drawing, "aria-label", alternative(placed.labels, sizes, view.words)),
  );
  placeButtons(view, stage, buttons, placed, sizes);
}

/** @param {LayersView} view @param {Picture} picture */
function draw({ drawing, picture }, { width, height, boxes, wires, labels, texts, funnels }) {
  setAttribute(drawing, "viewBox", `0 0 ${px(width)} ${px(height)}`);
  picture.style.aspectRatio = `${px(width)} / ${px(height)}`;
  const panels = boxes.filter((box) => box.kind === "panel");
  drawing.replaceChildren(
    ...panels.map(boxNode),
    ...funnels.map((d) => svg("path", { class: "gs-layers-funnel", d })),
    ...wires.flatMap(wireNodes),
    ...boxes.filter((box) => box.kind !== "panel").map(boxNode),
    ...texts.map(({ kind, x, y, anchor, text }) =>
      svg("text", { class: `gs-layers-${kind}`, x, y, "text-anchor": anchor }, text),
    ),
    ...labels.map(labelNode),
  );
}

/** @param {Box} box */
const boxNode = ({ kind, x, y, w, h }) =>
  svg("rect", { class: `gs-layers-${kind}`, x, y, width: w, height: h, rx: kind === "pill" ? h / 2 : 8 });

/** A line, and at its end two strokes. @param {Wire} wire */
function wireNodes({ from: [a, b], to: [c, d], strong }) {
  const [x, y] = [Math.sign(c - a), Math.sign(d - b)];
  const head = `M${px(c - 4 * x - 3 * y)} ${px(d - 4 * y - 3 * x)}L${px(c)} ${px(d)}L${px(c - 4 * x + 3 * y)} ${px(d - 4 * y + 3 * x)}`;
  return [
    svg("path", {
      class: `gs-layers-wire${strong ? " gs-strong" : ""}`,
      d: `M${px(a)} ${px(b)}L${px(c)} ${px(d)}${head}`,
    }),
  ];
}

/** @param {Label} label */
function labelNode({ id, x, y, anchor, symbol, sub, shape }) {
  const pieces = [svg("tspan", { class: "gs-layers-symbol" }, symbol)];
  if (sub) pieces.push(svg("tspan", { class: "gs-layers-sub", dy: 3 }, sub));
  pieces.push(svg("tspan", { dy: sub ? -3 : 0 }, ` ${shape}`));
  return svg("text", { class: "gs-layers-shape", x, y, "text-anchor": anchor, "data-wire": id }, ...pieces);
}

/**
 * A button stays the same node while its layer or timestep is in the picture, so that the focus stays with it.
 * @param {LayersView} view @param {ToolContext} stage @param {Button[]} buttons @param {Picture} picture
 * @param {Named} sizes
 */
function placeButtons(view, stage, buttons, { width, height }, sizes) {
  const hadFocus = view.buttons.contains(document.activeElement);
  const wanted = buttons.map((each) => {
    const key = `${each.kind}-${each.index}`;
    const node = view.pressed.get(key) ?? buttonNode(view, each);
    /** @param {number} value @param {number} of */
    const share = (value, of) => `${((100 * value) / of).toFixed(3)}%`;
    Object.assign(node.style, { left: share(each.x, width), top: share(each.y, height) });
    Object.assign(node.style, { width: share(each.w, width), height: share(each.h, height) });
    const current = each.index === (each.kind === "layer" ? sizes.layer : sizes.t);
    setAttribute(node, "aria-current", String(current));
    setAttribute(node, "aria-label", nameOf(each, stage, sizes, view.words));
    return /** @type {[string, HTMLElement]} */ ([key, node]);
  });
  const before = [...view.pressed.keys()].join();
  view.pressed = new Map(wanted);
  if ([...view.pressed.keys()].join() === before) return;
  arrange(view.buttons, [...view.pressed.values()]);
  if (hadFocus && !view.buttons.contains(document.activeElement)) view.pressed.get(`cell-${sizes.t}`)?.focus();
}

/**
 * In this order, moving no node that stands right already: a moved one would lose the focus.
 * @param {Element} parent @param {Element[]} nodes
 */
function arrange(parent, nodes) {
  for (const node of [...parent.children]) if (!nodes.includes(node)) node.remove();
  nodes.forEach((node, at) => parent.children[at] !== node && parent.insertBefore(node, parent.children[at] ?? null));
}

/** @param {LayersView} view @param {Button} button */
function buttonNode(view, { kind, index, text }) {
  const attributes = {
    type: "button",
    class: `gs-layers-button gs-layers-to-${kind}`,
    "data-testid": `stage-to-${kind}-${index}`,
  };
  const node = el("button", attributes, text);
  node.addEventListener("click", () =>
    view.hands.dispatch({ type: kind === "layer" ? "layer" : "seek", value: index }),
  );
  return node;
}

/** @param {Button} button @param {ToolContext} context @param {Named} sizes @param {Words} words */
function nameOf({ kind, index }, { content }, { L, T }, words) {
  if (kind === "layer") return fill(words.layers_to_layer, { layer: index + 1, layers: L });
  const day = date(content.chart.dates[content.film.meta.window_start + index]);
  return fill(words.layers_to_cell, { t: index + 1, T, date: day });
}

/** @param {Label[]} labels @param {string} name */
const spoken = (labels, name) =>
  labels
    .filter(({ id }) => id.startsWith(name))
    .map(({ symbol, sub, shape }) => `${symbol}${sub && ` ${sub}`} ${shape}`)
    .join(", ");

/** @param {Label[]} labels @param {Named} sizes @param {Words} words */
const alternative = (labels, { layer, row: { cell } }, words) =>
  fill(words.alt_layers, {
    ...{ stack: spoken(labels, "stack-"), layer: layer + 1, cell },
    ...{ wires: spoken(labels, "layer-"), one: spoken(labels, "cell-") },
  });

/** @param {LayersView} view @param {Named} sizes @param {Shapes} shapes */
function showParameters(view, sizes, shapes) {
  const { words } = view;
  /** @param {string} name @param {string} shape @param {number} count @param {string} [kind] */
  const row = (name, shape, count, kind = "") =>
    el("tr", { class: kind }, el("th", { scope: "row" }, name), el("td", {}, shape), el("td", {}, whole(count)));
  /** @param {Parameter[]} parameters */
  const rows = (parameters) => parameters.map(({ name, shape, count }) => row(name, shapeText(shape), count));
  const { counts, parameters } = shapes;
  setText(view.title, fill(words.layers_parameters, { layer: sizes.layer + 1 }));
  view.table.replaceChildren(
    ...rows(parameters),
    row(fill(words.layers_layer, { layer: sizes.layer + 1 }), "", counts.layer, "gs-sum"),
    ...rows(headParameters(sizes)),
    row(words.layers_head, "", counts.head, "gs-sum"),
    row(fill(words[`layers_all_${form(sizes.L)}`], { layers: sizes.L }), "", counts.all, "gs-sum"),
  );
  setText(view.blocks, blocksText(sizes, parameters[0].shape[0], words));
}

/** What the rows of the weights are for. @param {Named} sizes @param {number} rows @param {Words} words */
function blocksText({ row: { cell, blocks }, H }, rows, words) {
  const symbols = blocks.map((name) => symbolOf(name, cell, words)).join(", ");
  const values = { rows, H, count: blocks.length, symbols };
  return fill(words[`layers_blocks_${form(blocks.length)}`], values);
}
