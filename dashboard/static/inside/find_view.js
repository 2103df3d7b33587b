/** The tool "order and find". */

/**
 * @import {Pattern} from "./pattern.js"
 * @import {Moment} from "../cells/moment.js"
 * @import {Chart, Words} from "../shared/message.js"
 * @import {Filmed, Hands, ToolContext} from "../stage/parts.js"
 *
 * @typedef {ReturnType<typeof createFindView>} FindView
 * @typedef {Filmed["content"]} FilmedContent
 */

import { el, setText } from "../shared/dom.js";
import { capital, date, fill, longDate, plain, signed, steps } from "../shared/format.js";
import { seriesName } from "../stage/input_words.js";
import { valuesOf } from "../lanes/lanes.js";
import { ordersFor } from "../lanes/order.js";
import { activeAround } from "./pattern.js";
import { unitName } from "./what_if_words.js";

const LISTED = 12;

/** @param {Hands} hands @param {Words} words */
export function createFindView(hands, words) {
  const order = el("select", { "data-testid": "stage-order" });
  order.addEventListener("change", () => hands.dispatch({ type: "order", value: order.value }));
  const threshold = el("input", { type: "range", min: 0.05, max: 0.95, step: 0.05, "data-testid": "stage-threshold" });
  threshold.addEventListener("input", () => hands.dispatch({ type: "threshold", value: Number(threshold.value) }));
  const shown = el("output", { class: "gs-mono" });
  const sentence = el("p", { class: "gs-answer", "data-testid": "stage-active" });
  const find = el("button", { type: "button", class: "gs-chip gs-primary", "data-testid": "stage-find" }, words.find);
  const found = el("p", { class: "gs-answer", "data-testid": "stage-found" });
  const list = el("div", { class: "gs-chips", "data-testid": "stage-matches" });
  /** @param {string} text @param {...Node} nodes */
  const field = (text, ...nodes) => el("label", { class: "gs-field" }, el("span", {}, text), ...nodes);
  const was = el("p", { class: "gs-hint" }, words.found_as_it_was);
  const view = { was, order, threshold, shown, sentence, find, found, list, hands, words, pattern: /** @type {Pattern | null} */ (null), listed: "", offered: "" };
  find.addEventListener("click", () => hands.find(view.pattern));
  const sorting = el("div", { class: "gs-row" }, field(words.order, order));
  const row = el("div", { class: "gs-row" }, field(words.threshold, threshold, shown), find);
  const hint = el("p", { class: "gs-hint" }, words.find_hint);
  const node = el("div", {}, sorting, hint, row, sentence, was, found, list);
  return Object.assign(view, { node, sorting });
}

/** @param {FindView} view @param {ToolContext} context @param {import("../cells/moment.js").Moment} moment */
export function updateFind(view, { content, snapshot, original, state, asked }, moment) {
  const { words } = view;
  const { tools } = state.view;
  showOrders(view, tools.order, content, moment);
  view.threshold.value = String(tools.threshold);
  setText(view.shown, plain(tools.threshold, 2));
  const states = valuesOf(content.film, snapshot, "hidden_state", moment.layer);
  const active = activeAround(states, moment.hidden, moment, tools.threshold);
  /** @param {number} t */
  const day = (t) => longDate(content.chart.dates[content.film.meta.window_start + t]);
  const value = signed(states[moment.t * moment.hidden + moment.unit]);
  const values = { unit: capital(unitName(moment, words)), threshold: plain(tools.threshold, 2), value };
  const length = active ? active.to - active.from + 1 : 0;
  const range = active && { from: day(active.from), to: day(active.to), how_many: steps(length, words) };
  const units = active && { units: active.units.map((each) => each + 1).join(", ") };
  const which = active ? (active.units.length === 1 ? "active_alone" : "active") : "not_active";
  // words: active, active_alone, not_active
  setText(view.sentence, fill(words[which], { ...values, ...range, ...units }));
  view.was.hidden = snapshot === original;
  view.find.disabled = !active || !content.network;
  view.pattern = active && {
    name: "hidden_state",
    layer: moment.layer,
    units: active.units,
    signs: active.signs,
    threshold: tools.threshold,
    at_least: Math.min(3, length),
  };
  showMatches(view, content, asked);
}

/**
 * Only orders that make a difference in this layer of this cell; with one unit there are none.
 * @param {FindView} view @param {string} chosen @param {FilmedContent} content @param {Moment} moment
 */
function showOrders(view, chosen, { film, chart }, moment) {
  const { words } = view;
  const offered = ordersFor(moment);
  /** @param {string} order */
  const name = (order) => {
    const gate = words[`${film.meta.keeps}_name`]; // words: forget_gate_name, update_gate_name
    return fill(words[`order_${order}`], { gate, series: seriesName(chart, words) });
  };
  const key = `${moment.cell} ${offered.join()}`;
  if (view.offered !== key) {
    view.offered = key;
    view.order.replaceChildren(...offered.map((each) => el("option", { value: each }, name(each))));
  }
  view.order.value = offered.includes(chosen) ? chosen : "index";
  view.sorting.hidden = !offered.length;
}

/** @param {FindView} view @param {FilmedContent} content @param {string} asked */
function showMatches(view, { matches, chart }, asked) {
  const { words } = view;
  if (!matches) return showNone(view, asked ? words.finding : "");
  const { length } = matches.first;
  const [looked, active] = [matches.days, matches.active].map((count) => steps(count, words));
  const which = length === 0 ? "found_none" : length === 1 ? "found_single" : length > LISTED ? "found" : "found_few";
  // words: found, found_few, found_single, found_none
  setText(view.found, fill(words[which], { count: length, how_many: looked, active }));
  if (view.listed === matches.asked) return;
  view.listed = matches.asked;
  const spans = Array.from(matches.first, (first, index) => [first, matches.last[index]]).sort(
    (a, b) => b[1] - b[0] - (a[1] - a[0]),
  );
  view.list.replaceChildren(...spans.slice(0, LISTED).map(([first, last]) => matchChip(view, chart, first, last)));
}

/** @param {FindView} view @param {string} text */
function showNone(view, text) {
  setText(view.found, text);
  view.listed = "";
  view.list.replaceChildren();
}

/** @param {FindView} view @param {Chart} chart @param {number} first @param {number} last */
function matchChip(view, chart, first, last) {
  const day = date(chart.dates[last]);
  const title = fill(view.words.match, { from: date(chart.dates[first]), to: day });
  const attributes = { type: "button", class: "gs-chip", title, "aria-label": title };
  const button = el("button", attributes, `${day}, ${steps(last - first + 1, view.words)}`);
  button.addEventListener("click", () => view.hands.show(chart.dates[last]));
  return button;
}
