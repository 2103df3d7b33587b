/**
 * The chart of the window, drawn on the lanes' columns: price, the network's forecasts and naive's, each on the step it
 * is for. What comes after the playhead is faint; three dots say what was said of the next step and what came.
 */

/**
 * @import {Chart, Words} from "../shared/message.js"
 * @import {Layout} from "../lanes/layout.js"
 * @import {Range, Size, Told} from "./window_chart.js"
 *
 * @typedef {ReturnType<typeof createWindowView>} WindowView
 * @typedef {{told: Told, was: Float64Array | null, range: Range | null, layout: Layout, em: number, chart: Chart,
 *   start: number, cell: string, words: Words}} What is to be drawn; was: the prices before the experiment
 * @typedef {What & {size: Size, range: Range}} Drawing
*/

import { el, px, setAttribute, setText, svg } from "../shared/dom.js";
import { amount, dayOfYear, fill, shortDate, steps, tick } from "../shared/format.js";
import { seriesName } from "../stage/input_words.js";
import { piecesOf } from "../shared/sentence_pieces.js";
import { pieceNodes } from "../shared/sentence_view.js";
import { linesOf, nearerThanNaive, nextStep, roundTicks, trainedOn, valueRange, valueY } from "./window_chart.js";

const SAYS = ["lstm", "naive", "came"];
const EM = { gap: 1.5, letter: 0.46 }; // distance of the dots' words from each other; the width of a letter
const WORDS = { wide: 2, stacked: 0.9 }; // em from the dot to its words

let count = 0;

export function createWindowView() {
  const id = (count += 1);
  /** @param {string} name */
  const clip = (name) => {
    const rect = svg("rect", { x: 0, y: -20, height: 0, width: 0 });
    return { rect, node: svg("clipPath", { id: `gs-clip-${name}-${id}` }, rect) };
  };
  const [past, said, whole] = ["past", "said", "whole"].map(clip);
  /** @param {string} name */
  const path = (name) => svg("path", { class: `gs-line gs-line-${name}` });
  const lines = { price: path("price"), lstm: path("lstm"), naive: path("naive"), was: path("was") };
  const future = svg("path", { class: "gs-line gs-line-future" });
  const grid = svg("g", {});
  /** @param {string} name @param {...SVGElement} nodes */
  const within = (name, ...nodes) => svg("g", { "clip-path": `url(#gs-clip-${name}-${id})` }, ...nodes);
  const dots = Object.fromEntries(SAYS.map((name) => [name, dot(name)]));
  const heading = svg("text", { class: "gs-next-text gs-next-text-heading", "data-testid": "stage-next-heading" });
  const next = svg("g", { class: "gs-next" }, ...SAYS.map((name) => dots[name].node), heading);
  const ground = svg("rect", { class: "gs-ground", x: 0, y: 0, rx: 2 });
  const defs = svg("defs", {}, past.node, said.node, whole.node);
  const drawn = [within("whole", future), within("past", lines.was, lines.price), within("said", lines.lstm, lines.naive)];
  const node = svg("svg", { class: "gs-window-chart", "data-testid": "stage-window-chart" }, defs, ground, grid, ...drawn, next);
  const about = el("div", { class: "gs-about" });
  const foot = el("div", { class: "gs-chart-foot" });
  const drawing = /** @type {Drawing | null} */ (null);
  const nearer = el("p", { class: "gs-nearer", "data-testid": "stage-nearer" });
  const total = el("span", { "data-testid": "stage-nearer-count" });
  return { node, about, foot, clips: { past, said, whole }, lines, future, grid, ground, dots, heading, next, drawing, nearer, total };
}

/** A dot, its leader and its words. @param {string} name */
function dot(name) {
  const circle = svg("circle", { class: `gs-dot gs-dot-${name}`, r: 5 });
  const leader = svg("path", { class: `gs-leader gs-leader-${name}` });
  const text = svg("text", { class: `gs-next-text gs-next-text-${name}`, "data-testid": `stage-next-${name}` });
  return { node: svg("g", {}, leader, circle, text), circle, leader, text };
}

/**
 * Everything that stays while the playhead moves.
 * @param {ReturnType<typeof createWindowView>} view
 * @param {What} what
 */
export function updateWindow(view, what) {
  const { told, layout, chart, start } = what;
  const size = { width: layout.width, height: layout.plot.height };
  const range = what.range ?? valueRange(told);
  const drawing = { ...what, size, range };
  Object.assign(view, { drawing });
  setAttribute(view.node, "viewBox", `0 0 ${size.width} ${size.height}`);
  for (const [name, value] of Object.entries(size)) {
    setAttribute(view.node, name, value);
    setAttribute(view.ground, name, value);
  }
  for (const { rect } of Object.values(view.clips)) setAttribute(rect, "height", size.height + 40);
  setAttribute(view.clips.whole.rect, "width", size.width);
  const paths = linesOf(told, size, range);
  for (const name of /** @type {const} */ (["price", "lstm", "naive"])) setAttribute(view.lines[name], "d", paths[name]);
  setAttribute(view.future, "d", paths.price);
  setAttribute(view.lines.was, "d", what.was ? linesOf({ ...told, prices: what.was }, size, range).price : "");
  drawGrid(view, drawing);
  const end = Math.min(chart.dates.length - 1, start + told.prices.length - 1);
  drawAbout(view, drawing, trainedOn(start, told.prices.length, chart.train_stop));
  drawFoot(view, drawing, [chart.dates[start], chart.dates[end]]);
}

/** @param {WindowView} view @param {Drawing} drawing */
function drawGrid({ grid, about }, { range, size, em, chart: { unit } }) {
  const { values, step } = roundTicks(range, Math.max(2, Math.floor(size.height / (em * 2.6))));
  const decimals = Math.max(0, Math.min(12, Math.ceil(-Math.log10(step) - 1e-9)));
  /** @param {number} value */
  const label = (value) => tick(value, unit, unit.money && decimals ? Math.max(2, decimals) : decimals);
  about.style.setProperty("--gs-ticks", String(Math.max(0, ...values.map((value) => label(value).length)))); // letters
  grid.replaceChildren(
    ...values.flatMap((value) => {
      const y = px(valueY(value, range, size.height));
      const text = svg("text", { class: "gs-tick", x: -8, y: px(y + em * 0.33), "text-anchor": "end" }, label(value));
      return [svg("line", { class: "gs-grid-line", x1: 0, x2: size.width, y1: y, y2: y }), text];
    }),
  );
}

/**
 * Left of the plot: what is drawn, whether the network knows these days, and how it does so far.
 * @param {WindowView} view @param {Drawing} drawing @param {string} known
 */
function drawAbout({ about, nearer, total }, { chart, told, layout, words, cell }, known) {
  const values = { how_many: steps(told.prices.length, words) };
  const title = el("b", {}, words[chart.unit.money ? "chart_price" : "chart_value"]);
  const note = el("span", { "data-testid": "stage-trained-on" }, fill(words[`chart_trained_on_${known}`], values));
  const pieces = piecesOf(words.chart_nearer, {
    network: { kind: "term", text: cell, name: "network" },
    naive: { kind: "term", text: words.naive_loss, name: "naive" },
    count: { kind: "node", text: "…", node: total },
  });
  nearer.replaceChildren(...pieceNodes(pieces, { words, cell }));
  about.replaceChildren(el("p", {}, title), ...(layout.stacked ? [] : [el("p", {}, note)]), nearer);
}

/**
 * Below the plot: its first and last day, and between them which line is which.
 * @param {WindowView} view @param {Drawing} drawing @param {number[]} days
 */
function drawFoot({ foot }, { told, layout, chart, words, cell }, [first, last]) {
  const short = layout.width < layout.least * 27 ? "_short" : "";
  const other = chart.step === "day" ? "" : "_steps";
  /** @param {string} name @param {string} text */
  const key = (name, text) => el("span", { class: `gs-key gs-key-${name}` }, text);
  const keys = told.said.length
    ? [
        key("lstm", fill(words[`chart_lstm${short}`], { cell })),
        key("naive", words[`chart_naive${short || other}`]),
        key("price", seriesName(chart, words)),
      ]
    : [];
  foot.replaceChildren(
    ...(layout.stacked ? [] : [el("span", {}, shortDate(first))]),
    el("span", { class: "gs-line-keys" }, ...keys),
    ...(layout.stacked ? [] : [el("span", {}, shortDate(last))]),
  );
}

/**
 * The step t is now; null: nothing plays, all of the price lies open. @param {ReturnType<typeof createWindowView>} view
 * @param {number | null} t @param {{nextDate: number, secret: boolean}} [now]
 */
export function moveWindow(view, t, { nextDate, secret } = { nextDate: NaN, secret: false }) {
  const { drawing } = view;
  if (!drawing) return;
  const { told, size, range, em, layout, words, chart } = drawing;
  const column = size.width / told.prices.length;
  const now = t ?? told.prices.length;
  setAttribute(view.clips.past.rect, "width", px(Math.min(size.width, (now + 0.5) * column + 1)));
  setAttribute(view.clips.said.rect, "width", px((now + 1.5) * column + 1));
  setAttribute(view.future, "visibility", secret ? "hidden" : "visible");
  const isSaid = t !== null && told.said.length > 0;
  setAttribute(view.next, "visibility", isSaid ? "visible" : "hidden");
  view.nearer.hidden = !isSaid || t === 0;
  if (!isSaid || t === null) return;
  const found = nearerThanNaive(told, t);
  setText(view.total, fill(words.chart_nearer_count, { nearer: found.nearer, how_many: steps(found.of, words) }));
  const shown = secret ? { ...told, came: [] } : told;
  const template = words[Number.isFinite(nextDate) ? "chart_next_date" : "chart_next_step"];
  const sentence = fill(template, { date: dayOfYear(nextDate, chart.step === "day") });
  const heading = layout.stacked ? "" : sentence; // no room on a phone
  /** @param {string} name @param {number} value */
  const saying = (name, value) => wordsOf(name, value, drawing);
  const distance = WORDS[layout.stacked ? "stacked" : "wide"];
  const longest = Math.max(heading.length, saying("lstm", shown.said[t]).join(" ").length);
  const next = nextStep(shown, t, size, range, { gap: em * EM.gap, room: em * (distance + longest * EM.letter) });
  const away = (next.side === "right" ? em : -em) * distance;
  for (const name of SAYS) {
    const at = next.dots.find((each) => each.name === name);
    setAttribute(view.dots[name].node, "visibility", at ? "inherit" : "hidden");
    if (at) placeDot(view.dots[name], at, next, away, em, saying(name, at.value));
  }
  setText(view.heading, heading);
  place(view.heading, next.x + away, next.heading + em * 0.35, away);
}

/** @param {string} name @param {number} value @param {Drawing} drawing */
const wordsOf = (name, value, { words, chart, cell, layout }) => [
  fill(words[`chart_says_${name}${layout.stacked ? "_short" : ""}`], { cell }),
  amount(value, chart.unit),
];

/**
 * @param {ReturnType<typeof dot>} dot @param {{y: number, line: number}} to @param {{x: number}} next
 * @param {number} away @param {number} em @param {string[]} said
 */
function placeDot({ circle, leader, text }, { y, line }, { x }, away, em, [says, value]) {
  setAttribute(circle, "cx", px(x));
  setAttribute(circle, "cy", px(y));
  const [from, to] = [x + Math.sign(away) * 6, x + away * 0.85];
  setAttribute(leader, "d", `M${px(from)} ${px(y)}L${px(to)} ${px(line)}`);
  place(text, x + away, line + em * 0.35, away);
  if (!text.firstChild) text.append(svg("tspan", {}), svg("tspan", { class: "gs-next-text-value", dx: "0.3em" }));
  setText(/** @type {Element} */ (text.firstChild), says);
  setText(/** @type {Element} */ (text.lastChild), value);
}

/** @param {Element} text @param {number} x @param {number} y @param {number} away */
function place(text, x, y, away) {
  setAttribute(text, "x", px(x));
  setAttribute(text, "y", px(y));
  setAttribute(text, "text-anchor", away > 0 ? "start" : "end");
}
