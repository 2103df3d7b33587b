/** The page of the smallest LSTM: its regions in reading order, and everything that follows from the scalars shown. */

/**
 * @import {Moment} from "../cells/moment.js"
 * @import {Words} from "../shared/message.js"
 * @import {Theme} from "../shared/theme.js"
 *
 * @import {OneUnitBody} from "../shared/message.js"
 *
 * @typedef {ReturnType<typeof buildPage>} PageView
 * @typedef {import("./one_unit.js").State} State
 * @typedef {import("./one_unit.js").Scalars} Scalars
 * @typedef {{predictions: number[], loss: number}} Now
 */

import { buildDiagram, updateDiagram } from "../cells/diagram_view.js";
import { el, setAttribute, setText, svg } from "../shared/dom.js";
import { equationLines, gateLine } from "../cells/equations.js";
import { fill, loss, plain, signed } from "../shared/format.js";
import { lanesOf, symbolOf } from "../lanes/lanes.js";
import { follow, lossOf, rowOf, scalarsOf } from "./one_unit.js";
import { createCompany, updateCompany } from "./company.js";
import { createCurves, updateCurves } from "./curves.js";
import { createScalars, updateScalars } from "./scalars.js";

/** Gates as a timestep computes them. */
export const GATE_ROWS = ["forget_gate", "input_gate", "candidate", "output_gate"];
const SPEAK_AT_REST = 600;

/**
 * @param {HTMLElement} root @param {OneUnitBody} content
 * @param {(action: any) => void} dispatch any: the page's own actions, and the transport's
 */
export function buildPage(root, content, dispatch) {
  const { words, companies } = content;
  const curves = createCurves(dispatch, words, companies);
  const scalars = createScalars(dispatch, words);
  const pairs = companies.map((company, index) =>
    createCompany(company, words, (day) => dispatch({ type: "look", company: index, day })),
  );
  const cell = createCell(words);
  const live = el("p", { class: "gs-hidden", role: "status", "aria-live": "polite" });
  const both = el("div", { class: "gs-companies" }, ...pairs.map((each) => each.node));
  const left = el("div", { class: "gs-half" }, curves.node, both);
  const right = el("div", { class: "gs-half" }, scalars.node, cell.node);
  root.append(el("div", { class: "gs-columns" }, left, right), live);
  const lanes = lanesOf(content, words);
  return { root, content, words, lanes, curves, scalars, pairs, cell, live, timer: /** @type {ReturnType<typeof setTimeout> | undefined} */ (undefined) };
}

/** @param {Words} words */
function createCell(words) {
  const picture = svg("svg", { class: "gs-diagram", role: "img", "data-testid": "smallest-diagram" });
  const lines = Array.from({ length: 6 }, () => el("div"));
  const equations = el("div", { class: "gs-worked", "data-testid": "smallest-equations" }, ...lines);
  const place = el("span", { class: "gs-aside", "data-testid": "smallest-place" });
  const header = el("header", {}, el("h3", {}, words.cell), place);
  const node = el("section", { class: "gs-panel gs-unit" }, header, picture, equations);
  return { node, place, picture, lines, diagram: buildDiagram(picture, "LSTM", words) };
}

/**
 * @param {ReturnType<typeof buildPage>} page @param {{shown: State, playing: boolean}} now
 * @param {import("../shared/theme.js").Theme} theme
 */
export function drawPage(page, { shown: state, playing }, theme) {
  const { lanes, content } = page;
  const scalars = scalarsOf(state);
  const followed = content.companies.map(({ prices }) => follow(scalars, prices));
  const predictions = followed.map((each) => each.prediction);
  const now = {
    predictions,
    loss: lossOf(
      predictions,
      content.companies.map((each) => each.target),
    ),
  };
  page.root.dataset.playing = String(playing);
  page.root.dataset.epoch = String(Math.round(state.epoch));
  updateCurves(page.curves, state, now, playing);
  updateScalars(page.scalars, state, theme);
  page.pairs.forEach((pair, index) => {
    const day = state.company === index ? state.day : null;
    updateCompany(pair, followed[index], { day, lanes, theme });
  });
  updateCell(page, state, scalars, followed[state.company].days[state.day], theme);
  speak(page, state, now, playing);
}

/** @param {PageView} page @param {State} state @param {Scalars} scalars @param {Moment} moment @param {Theme} theme */
function updateCell({ cell, words, lanes, content }, state, scalars, moment, theme) {
  const company = content.companies[state.company];
  setText(cell.place, fill(words.cell_where, { company: company.name, day: state.day + 1 }));
  const input = { name: `${words.inputs_symbol}: ${words.price}`, number: signed(moment.inputs[0]) };
  updateDiagram(cell.diagram, moment, { lanes, theme, words, input });
  const gates = GATE_ROWS.map((name) => {
    const row = rowOf(name);
    return gateLine(name, symbolOf(name, "LSTM", words), scalars.subarray(row, row + 3), moment);
  });
  [...gates, ...equationLines(moment)].forEach((pieces, index) => writeLine(cell.lines[index], pieces));
  // words: {activation}
  const numbers = Object.entries(moment.now).map(([name, value]) => `${words[name]} ${signed(value)}`);
  const place = { cell: "LSTM", unit: 1, timestep: state.day + 1 };
  setAttribute(cell.picture, "aria-label", fill(words.alt_diagram, { ...place, numbers: numbers.join(", ") }));
}

/** @param {HTMLElement} line @param {string[]} pieces that may wrap between them */
function writeLine(line, pieces) {
  while (line.childElementCount < pieces.length) line.append(el("span"), " ");
  pieces.forEach((piece, index) => setText(line.children[index], piece));
}

/**
 * What the page comes down to, for who cannot see it: once the numbers rest.
 * @param {PageView} page @param {State} state @param {Now} now @param {boolean} playing
 */
function speak(page, state, { predictions, loss: error }, playing) {
  clearTimeout(page.timer);
  if (playing) return;
  const { words, content } = page;
  const each = content.companies.map(({ name, target }, k) =>
    fill(words.company_says, { name, prediction: plain(predictions[k]), target }),
  );
  const text = fill(words.summary, { epoch: state.epoch, companies: each.join("; "), loss: loss(error) });
  page.timer = setTimeout(() => setText(page.live, text), SPEAK_AT_REST);
}
