/** The tool "why": one number's equation, and one click further its products as bars. */

/**
 * @import {Moment} from "../cells/moment.js"
 * @import {Clamp} from "../cells/network.js"
 * @import {Why} from "./why.js"
 * @import {Words} from "../shared/message.js"
 * @import {Theme} from "../shared/theme.js"
 * @import {Hands, ToolContext} from "../stage/parts.js"
 *
 * @typedef {ReturnType<typeof createWhyView>} WhyView
 * @typedef {ReturnType<typeof listOf>["shown"][number]} ListedRow
 */

import { el, setAttribute, setText } from "../shared/dom.js";
import { date, factor, fill, form, plain, signed } from "../shared/format.js";
import { symbolOf } from "../lanes/lanes.js";
import { css } from "../shared/palette.js";
import { focusesOf } from "../cells/equations.js";
import { listOf, whyOf } from "./why.js";

/** @param {Hands} hands @param {Words} words */
export function createWhyView(hands, words) {
  const choices = el("div", { class: "gs-chips", role: "group", "aria-label": words.why_choose });
  const title = el("h4", { "data-testid": "stage-why-title" });
  const symbols = el("p", { class: "gs-formula", "data-testid": "stage-why-symbols" });
  const numbers = el("p", { class: "gs-formula gs-strong", "data-testid": "stage-why-numbers" });
  const note = el("p", { class: "gs-hint", "data-testid": "stage-why-note" });
  const more = el("button", {
    type: "button",
    class: "gs-chip",
    "aria-expanded": "false",
    "data-testid": "stage-terms",
  });
  const list = el("div", { class: "gs-terms", role: "list", "data-testid": "stage-term-list" });
  more.addEventListener("click", () => hands.dispatch({ type: "terms" }));
  const node = el("div", {}, choices, title, symbols, numbers, note, more, list);
  return { node, choices, title, symbols, numbers, note, more, list, hands, words, cell: "" };
}

/** @param {WhyView} view @param {ToolContext} context @param {import("../cells/moment.js").Moment} moment */
export function updateWhy(view, { content, snapshot, state, theme }, moment) {
  const { words } = view;
  const { tools } = state.view;
  const focus = focusesOf(moment.cell).includes(tools.focus) ? tools.focus : focusesOf(moment.cell)[0];
  showChoices(view, moment.cell, focus);
  // words: {activation}_name, prediction_name
  const what = words[`${focus}_name`] ?? words[focus];
  const values = { unit: moment.unit + 1, layer: moment.layer + 1, date: date(moment.date), what };
  const title = focus === "prediction" ? "why_title_prediction" : `why_title_${form(moment.layers)}`;
  // words: why_title_one, why_title_other, why_title_prediction
  setText(view.title, fill(words[title], values));
  const clamp = clampOn(tools.history.now.clamps, focus, moment);
  const { network, film } = content;
  const why = network && whyOf({ network, film, words: content.words, snapshot }, moment, focus);
  setText(view.symbols, why ? why.symbols : words.network_awaited);
  setText(view.numbers, why ? (clamp ? clampedText(focus, clamp, moment, words) : why.numbers) : "");
  setText(view.note, why && !clamp ? why.note : "");
  view.note.hidden = !why?.note || Boolean(clamp);
  view.more.hidden = !why || !why.rows.length || Boolean(clamp);
  view.list.hidden = view.more.hidden || !tools.terms;
  setText(view.more, fill(words[tools.terms ? "terms_hide" : "terms_show"], { count: why?.rows.length ?? 0 }));
  setAttribute(view.more, "aria-expanded", String(tools.terms));
  if (why && !view.list.hidden) showRows(view, why, theme);
}

/** @param {Clamp[]} clamps @param {string} focus @param {Moment} moment */
const clampOn = (clamps, focus, { layer, unit }) =>
  clamps.find((each) => each.name === focus && [null, layer].includes(each.layer) && [null, unit].includes(each.unit));

/** @param {string} focus @param {Clamp} clamp @param {Moment} moment @param {Words} words */
const clampedText = (focus, clamp, { cell }, words) =>
  `${symbolOf(focus, cell, words)} = ${plain(clamp.value)} (${words.clamped_here})`;

/** @param {WhyView} view @param {string} cell @param {string} focus */
function showChoices(view, cell, focus) {
  if (view.cell !== cell) {
    view.cell = cell;
    const buttons = focusesOf(cell).map((name) => {
      const text = name === "prediction" ? view.words.prediction_symbol : symbolOf(name, cell, view.words);
      const title = view.words[name]; // words: {activation}, prediction
      const attributes = { type: "button", class: "gs-chip gs-mono", "data-focus": name, title, "aria-label": title };
      const button = el("button", attributes, text);
      setAttribute(button, "data-testid", `stage-focus-${name}`);
      button.addEventListener("click", () => view.hands.dispatch({ type: "focus", value: name }));
      return button;
    });
    view.choices.replaceChildren(...buttons);
  }
  for (const button of view.choices.children)
    setAttribute(button, "aria-pressed", String(button.getAttribute("data-focus") === focus));
}

/** @param {WhyView} view @param {Why} why @param {Theme} theme */
function showRows(view, why, theme) {
  const { shown, products, total } = listOf(why, view.words);
  const scale = Math.max(...shown.map((row) => Math.abs(row.product))) || 1;
  const largest = Math.max(...why.rows.map((row) => Math.abs(row.weight ?? 0))) || 1;
  const foot = el("div", { class: "gs-term gs-term-sum", role: "listitem" }, el("span", {}, view.words.terms_sum));
  foot.append(el("b", { "data-testid": "stage-term-total" }, signed(why.total, total)));
  const look = { scale, largest, theme, products };
  view.list.replaceChildren(...shown.map((row) => rowNode(view, row, look)), foot);
}

/**
 * @param {WhyView} view @param {ListedRow} row
 * @param {{scale: number, largest: number, theme: Theme, products: number}} look
 */
function rowNode(view, row, { scale, largest, theme, products }) {
  const share = (Math.abs(row.product) / scale) * 50;
  const left = row.product < 0 ? 50 - share : 50;
  const bar = el("span", {
    class: "gs-ledger-bar",
    "data-sign": row.product < 0 ? "minus" : "plus",
    style: `width:${share.toFixed(2)}%;left:${left.toFixed(2)}%`,
  });
  const name = el("span", { class: "gs-term-name" }, row.label);
  const pieces = [
    name,
    weightChip(row.weight, largest, theme, row.decimals),
    factorOf(row),
    el("span", { class: "gs-ledger-track" }, bar),
  ];
  const number = el("span", { class: "gs-ledger-number" }, signed(row.product, products));
  if (!row.place) return el("div", { class: "gs-term", role: "listitem" }, ...pieces, number);
  const button = el("button", { type: "button", class: "gs-term" }, ...pieces, number);
  button.addEventListener("click", () => {
    view.hands.dispatch({ type: "place", value: row.place });
  });
  return el("div", { role: "listitem" }, button);
}

/**
 * Weights have a palette of their own.
 * @param {number | null} weight @param {number} largest @param {Theme} theme @param {number} digits
 */
function weightChip(weight, largest, theme, digits) {
  if (weight === null) return el("span", { class: "gs-weight" });
  const style = `background:${css(theme.weights, weight, -largest, largest)}`;
  return el("span", { class: "gs-weight" }, el("i", { style }), signed(weight, digits));
}

/** @param {ListedRow} row */
const factorOf = ({ weight, value, decimals }) =>
  el("span", { class: "gs-term-value" }, weight === null ? "" : `× ${factor(value, decimals)}`);
