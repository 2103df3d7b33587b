/** One company: its four days as a line, the unit's numbers under each day, and what the last one is worth. */

/**
 * @import {Lane} from "../lanes/lanes.js"
 * @import {Company, Words} from "../shared/message.js"
 * @import {Theme} from "../shared/theme.js"
 */

import { el, px, setAttribute, setText, svg } from "../shared/dom.js";
import { fill, plain, signed } from "../shared/format.js";
import { symbolOf } from "../lanes/lanes.js";
import { wear } from "../shared/coloured_number.js";

/** In the order in which a day computes them; x comes first. */
const ACTIVATIONS = ["forget_gate", "input_gate", "candidate", "output_gate", "cell_state", "hidden_state"];
const PLOT = { width: 300, height: 92, top: 14, bottom: 14 };
// Shares of the width, in the plot and in the table, so that a day's numbers stand under its point.
const COLUMNS = { names: 0.19, day: 0.172 };
const LOW = -0.25; // of the plot's scale; a prediction below it is drawn at its edge

/**
 * @param {import("./one_unit.js").Company} company @param {Record<string, string>} words
 * @param {(day: number) => void} onDay
 */
export function createCompany(company, words, onDay) {
  const picture = svg("svg", { class: "gs-days", viewBox: `0 0 ${PLOT.width} ${PLOT.height}`, role: "img" });
  const mark = svg("line", { class: "gs-day-mark", y1: PLOT.top - 8, y2: PLOT.height - PLOT.bottom });
  const guess = svg("circle", { class: "gs-guess", r: 5 });
  const link = svg("line", { class: "gs-guess-link" });
  picture.append(mark, ...axis(company, words), ...known(company), link, guess);
  const days = company.prices.map((price, day) => dayButton(company, day, words, onDay));
  const rows = ACTIVATIONS.map((name) => numbers(company, name, words, onDay));
  const table = dayTable(company, days, rows, words);
  const verdict = verdictOf(company, words);
  const header = el("header", {}, el("h3", {}, fill(words.company, company)));
  header.append(el("span", { class: "gs-aside" }, fill(words.must_give, company)));
  const node = el("section", { class: "gs-panel gs-company" }, header, picture, table, verdict.node);
  return { node, picture, mark, guess, link, days, rows, verdict, company, words };
}

/** @param {number} day */
const x = (day) => PLOT.width * (day < 4 ? COLUMNS.names + (day + 0.5) * COLUMNS.day : 0.955);
/** @param {number} value */
const y = (value) => {
  const span = PLOT.height - PLOT.top - PLOT.bottom;
  return PLOT.top + (span * (1 - Math.max(LOW, Math.min(1, value)))) / (1 - LOW);
};

/** Letters of the usual size, whatever the drawing's. @param {ReturnType<typeof createCompany>} view */
export function zoomCompany({ picture }) {
  picture.style.setProperty("--gs-zoom", String(PLOT.width / (picture.clientWidth || PLOT.width)));
}

/** @param {Company} company @param {Words} words */
function axis({ prices }, words) {
  const [left, right] = [px(x(0) - 14), px(x(4))];
  const levels = [0, 1].flatMap((value) => [
    svg("line", { class: "gs-grid-line", x1: left, x2: right, y1: px(y(value)), y2: px(y(value)) }),
    svg("text", { class: "gs-tick", x: left - 6, y: px(y(value) + 4), "text-anchor": "end" }, String(value)),
  ]);
  const last = { class: "gs-tick", x: right, y: PLOT.height - 1, "text-anchor": "middle" };
  return [...levels, svg("text", last, fill(words.day_number, { day: prices.length + 1 }))];
}

/** The four prices, the naive answer, and the value that must come. @param {Company} company */
function known({ prices, target, naive }) {
  const path = prices.map((price, day) => `${day ? "L" : "M"}${px(x(day))} ${px(y(price))}`).join("");
  const [from, to] = [px(x(3)), px(x(4))];
  return [
    svg("line", { class: "gs-naive-line", x1: from, x2: to, y1: px(y(prices[3])), y2: px(y(naive)) }),
    svg("path", { class: "gs-price-line", d: path }),
    ...prices.map((price, day) => svg("circle", { class: "gs-price-dot", cx: px(x(day)), cy: px(y(price)), r: 3.2 })),
    svg("circle", { class: "gs-target", cx: to, cy: px(y(target)), r: 8 }),
  ];
}

/** @param {Company} company @param {HTMLElement[]} days @param {{node: HTMLElement}[]} rows @param {Words} words */
function dayTable({ prices }, days, rows, words) {
  /** @param {number} width */
  const share = (width) => el("col", { style: `width: ${100 * width}%` });
  const columns = el("colgroup", {}, share(COLUMNS.names), ...days.map(() => share(COLUMNS.day)), el("col"));
  const head = el("tr", {}, el("td"), ...days.map((button) => el("th", { scope: "col" }, button)));
  const inputs = prices.map((price) => el("td", {}, String(price)));
  const first = el("tr", {}, nameCell(words.inputs_symbol, words.price), ...inputs);
  const body = el("tbody", {}, first, ...rows.map((each) => each.node));
  return el("table", { class: "gs-day-table" }, columns, el("thead", {}, head), body);
}

/** @param {string} symbol @param {string} name */
const nameCell = (symbol, name) => el("th", { scope: "row" }, el("b", {}, symbol), ` ${name}`);

/** @param {Company} company @param {number} day @param {Words} words @param {(day: number) => void} onDay */
function dayButton({ name }, day, words, onDay) {
  const label = fill(words.look_at, { name, day: day + 1 });
  const button = el("button", { type: "button", "aria-label": label }, fill(words.day_number, { day: day + 1 }));
  for (const event of ["focus", "click"]) button.addEventListener(event, () => onDay(day));
  return button;
}

/**
 * One activation over the days; a click on a number looks at its day too.
 * @param {Company} company @param {string} activation @param {Words} words @param {(day: number) => void} onDay
 */
function numbers({ name, prices }, activation, words, onDay) {
  const cells = prices.map((_, day) => {
    const cell = el("td", { "data-testid": `smallest-${name}-${day + 1}-${activation}` });
    cell.addEventListener("click", () => onDay(day));
    return cell;
  });
  // words: {activation}_short
  const node = el("tr", {}, nameCell(symbolOf(activation, "LSTM", words), words[`${activation}_short`]), ...cells);
  return { activation, cells, node };
}

/** @param {Company} company @param {Words} words */
function verdictOf({ name, target, naive }, words) {
  const prediction = el("dd", { class: "gs-says", "data-testid": `smallest-${name}-prediction` });
  /** @param {string} term @param {HTMLElement} value */
  const pair = (term, value) => el("div", {}, el("dt", {}, term), value);
  const node = el(
    "dl",
    { class: "gs-verdict" },
    pair(words.predicts, prediction),
    pair(words.must, el("dd", {}, plain(target))),
    pair(words.naive, el("dd", { class: "gs-naive" }, plain(naive))),
  );
  return { node, prediction };
}

/**
 * @param {ReturnType<typeof createCompany>} view @param {ReturnType<import("./one_unit.js").follow>} followed
 * @param {{day: number | null, lanes: import("../lanes/lanes.js").Lane[], theme: Theme}} context day: the one looked at
 */
export function updateCompany(view, { days, prediction }, { day, lanes, theme }) {
  view.days.forEach((button, index) => setAttribute(button, "aria-pressed", index === day));
  for (const { activation, cells } of view.rows) {
    cells.forEach((cell, index) => paint(cell, activation, days[index].now[activation], lanes, theme));
  }
  const { mark, guess, link, company, words } = view;
  const [from, to] = [px(x(3)), px(x(4))];
  mark.classList.toggle("gs-gone", day === null);
  for (const end of ["x1", "x2"]) setAttribute(mark, end, px(x(day ?? 0)));
  setAttribute(guess, "cx", to);
  setAttribute(guess, "cy", px(y(prediction)));
  for (const [name, value] of /** @type {[string, number][]} */ ([
    ["x1", from],
    ["x2", to],
    ["y1", px(y(company.prices[3]))],
    ["y2", px(y(prediction))],
  ]))
    setAttribute(link, name, value);
  setText(view.verdict.prediction, plain(prediction));
  const { name, target, naive } = company;
  const said = { name, target, naive, prices: company.prices.join(", "), prediction: plain(prediction) };
  setAttribute(view.picture, "aria-label", fill(words.alt_company, said));
}

/**
 * A number on its lane's colour, as on the stage.
 * @param {HTMLElement} cell @param {string} name @param {number} value @param {Lane[]} lanes @param {Theme} theme
 */
function paint(cell, name, value, lanes, theme) {
  const lane = lanes.find((each) => each.name === name);
  if (!lane) return;
  setText(cell, lane.signed ? signed(value) : plain(value));
  wear(cell, value, lane, theme);
}
