/** The figures of all columns in one table: a row a figure, with what differs from the first column. */

/**
 * @import {Figures} from "./compare.js"
 * @import {Column} from "./compare_column.js"
 * @import {Chart, Words} from "../shared/message.js"
 *
 * @typedef {ReturnType<typeof createScoreboard>} Scoreboard
 * @typedef {"parameters" | "pace" | "train" | "validation" | "naive" | "skill" | "sure"} FigureName
 */

import { difference, figuresOf, inkOf } from "./compare.js";
import { el, setAttribute, setText } from "../shared/dom.js";
import { age, counted, errors, fill, loss, plain, signed, whole } from "../shared/format.js";

/** @type {[FigureName, string][]} */
const ROWS = [
  ["parameters", "parameters"],
  ["pace", "pace"],
  ["train", "train_loss_row"],
  ["validation", "validation_loss_row"],
  ["naive", "naive_loss_row"],
  ["skill", "skill"],
  ["sure", "sure"],
];

/** What a figure is written as. @param {string} name @param {number | string | null} value */
export function figureText(name, value) {
  if (name === "sure") return String(value ?? "–");
  if (typeof value !== "number" || !Number.isFinite(value)) return "–";
  if (name === "parameters") return whole(value);
  if (name === "pace") return plain(value, value < 10 ? 1 : 0);
  return name === "skill" ? `${signed(value * 100, 1)} %` : loss(value);
}

/** @param {{kind: string, by: number} | null} off @param {Record<string, string>} words */
export function differenceText(off, words) {
  if (!off || !Number.isFinite(off.by)) return "";
  if (off.kind === "ratio") return `×${plain(off.by, 2)}`;
  if (off.kind === "points") return fill(words.points, { by: signed(off.by, 1) });
  return `${signed(off.by, 1)} %`;
}

/** @param {Record<string, string>} words */
export function createScoreboard(words) {
  const head = el("tr", {});
  const body = el("tbody", {});
  const node = el("table", { class: "gs-scoreboard", "data-testid": "scoreboard" }, el("thead", {}, head), body);
  return { node, head, body, words, shape: "" };
}

/**
 * @param {Scoreboard} view @param {Column[]} columns of the page @param {Pick<Chart, "unit" | "step">} chart
 */
export function updateScoreboard(view, columns, { unit, step }) {
  const shape = columns.map(({ told }) => told.name).join("|");
  if (view.shape !== shape) build(view, columns, shape);
  const all = columns.map(({ told, shown }) => figuresOf(told, shown));
  const alike = new Set(columns.map(({ told }) => told.name)).size < columns.length;
  columns.forEach(({ told, shown }, at) => {
    const which = alike && shown !== null ? `, ${age(shown, view.words)}` : "";
    setText(view.head.children[at + 1], told.name + which);
    for (const [row, [name]] of ROWS.entries()) write(view, { name, row, at, figures: all[at], first: all[0], unit, step });
  });
}

/**
 * Each figure stands under its column's name, at its right edge; what differs from the first column beside or below.
 * @param {Scoreboard} view @param {Column[]} columns @param {string} shape
 */
function build(view, columns, shape) {
  const { words } = view;
  view.shape = shape;
  /** @param {Column} column */
  const title = ({ told }) => el("th", { scope: "col", "data-cell": told.cell, style: `--gs-network:${inkOf(told.cell)}` });
  view.head.replaceChildren(el("td", {}), ...columns.map(title));
  /** @param {string} name */
  const cell = (/** @type {string} */ name) => (/** @type {unknown} */ _, /** @type {number} */ at) => el("td", {}, el("div", { class: "gs-figures" }, ...parts(name, at)));
  /** @param {[FigureName, string]} row */
  // words: parameters, pace, train_loss_row, validation_loss_row, naive_loss_row, skill, sure
  const row = ([name, label]) => el("tr", {}, el("th", { scope: "row" }, words[label]), ...columns.map(cell(name)));
  view.body.replaceChildren(...ROWS.map(row));
}

/** @param {string} name @param {number} at */
function parts(name, at) {
  const figure = el("span", { class: "gs-figure", "data-testid": `figure-${name}` });
  return at ? [el("span", { class: "gs-difference", "data-testid": `difference-${name}` }), figure] : [figure];
}

/**
 * From the first column: by how much, or whether chance could have done that, which only Python knows.
 * @param {FigureName} name @param {Figures} figures @param {Figures} first @param {Words} words
 */
function differing(name, figures, first, words) {
  if (name === "sure") {
    const said = first.judged && figures.judged?.sure_first;
    return said ? fill(words.sure_difference, { said }) : "";
  }
  return differenceText(difference(name, figures[name], first[name]), words);
}

/**
 * @param {Scoreboard} view
 * @param {Pick<Chart, "unit" | "step"> & {name: FigureName, row: number, at: number, figures: Figures, first: Figures}} one
 */
function write({ body, words }, { name, row, at, figures, first, unit, step }) {
  const told = body.children[row].children[at + 1].children[0].children;
  const figure = told[told.length - 1];
  setText(figure, figureText(name, figures[name]));
  if (at) setText(told[0], differing(name, figures, first, words));
  if (name !== "skill") return;
  const { judged } = figures;
  if (!judged) return setAttribute(figure, "title", "");
  const [rmse, naive] = errors([judged.rmse, judged.naive], unit);
  setAttribute(figure, "title", fill(words.skill_title, { how_many: counted(words, "test_steps", judged.days), rmse, naive }));
}
