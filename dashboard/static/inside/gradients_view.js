/** The tool "what mattered": which days the forecast hangs on, and how far back training reaches. */

/**
 * @import {Moment} from "../cells/moment.js"
 * @import {Explanation, Network, Unit, Words} from "../shared/message.js"
 * @import {Filmed, Hands, ToolContext} from "../stage/parts.js"
 *
 * @typedef {ReturnType<typeof createMatteredView>} MatteredView
 * @typedef {Filmed["content"]} FilmedContent
 */

import { el, setAttribute, setText } from "../shared/dom.js";
import { amount, date, fill, finer, form, longDate, plain, scientific, signed, signedAmount } from "../shared/format.js";
import { shareText } from "../stage/input_words.js";
import { priceSlope } from "../ledger/ledger_price.js";
import { boundOf } from "../lanes/strips_view.js";

const LISTED = 6;

/** @param {Hands} hands @param {Words} words */
export function createMatteredView(hands, words) {
  const hint = el("p", { class: "gs-hint" }, words.mattered_hint);
  const sentence = el("p", { class: "gs-answer", "data-testid": "stage-mattered" });
  const low = el("span", { class: "gs-mono", "data-testid": "stage-scale-low" });
  const high = el("span", { class: "gs-mono", "data-testid": "stage-scale-high" });
  const bar = el("i", { class: "gs-scale-bar", "aria-hidden": "true" });
  const scale = el("div", { class: "gs-chips", role: "group", "aria-label": words.scale });
  for (const value of ["relative", "absolute"]) scale.append(scaleChip(value, hands, words));
  const legend = el("div", { class: "gs-row gs-scale" }, low, bar, high);
  const title = el("h4", {}, words.mattered_most);
  const list = el("div", { class: "gs-terms", role: "list", "aria-label": words.mattered_most });
  const norms = el("p", { class: "gs-answer", "data-testid": "stage-norms" });
  const was = el("p", { class: "gs-hint" }, words.as_it_was);
  const node = el("div", {}, hint, sentence, legend, scale, title, list, norms, was);
  return { node, hint, sentence, low, high, legend, scale, title, list, norms, was, hands, words };
}

/** @param {string} value @param {Hands} hands @param {Words} words */
function scaleChip(value, hands, words) {
  const attributes = { type: "button", class: "gs-chip", "data-scale": value, "data-testid": `stage-scale-${value}` };
  const button = el("button", attributes, words[`scale_${value}`]);
  button.addEventListener("click", () => hands.dispatch({ type: "scale", value }));
  return button;
}

/** @param {MatteredView} tool @param {ToolContext} stage @param {import("../cells/moment.js").Moment} moment */
export function updateMattered(tool, stage, moment) {
  const { content, explanation, state } = stage;
  const { words } = tool;
  const { scale } = state.view.tools;
  for (const button of tool.scale.children) setAttribute(button, "aria-pressed", String(button.getAttribute("data-scale") === scale));
  for (const each of [tool.list, tool.norms, tool.legend, tool.scale, tool.title]) each.hidden = !explanation;
  tool.was.hidden = !explanation || stage.snapshot === stage.original;
  if (!explanation) return setText(tool.sentence, words.explanation_awaited);
  setText(tool.sentence, matteredText(explanation, content, moment, words));
  setText(tool.norms, normsText(explanation, content, moment, words));
  showScale(tool, explanation, content, moment, scale);
  showDays(tool, explanation, content, moment);
}

/**
 * What one deviation more on this day would do to the forecast.
 * @param {Explanation} explanation @param {FilmedContent} content @param {Moment} moment @param {Words} words
 */
export function matteredText({ input_gradients: gradients }, content, moment, words) {
  const { chart, film, network } = content;
  /** @param {number} t */
  const day = (t) => longDate(chart.dates[film.meta.window_start + t]);
  const gradient = gradients[moment.t * gradients.shape[1]];
  const values = {
    ...{ date: day(moment.t), last: day(moment.T - 1), gradient: signed(gradient, 4) },
    input: words[`mattered_${film.meta.input_names[0]}`],
    deviation: network ? deviationOf(network, chart.unit) : "",
    price: network ? moved(gradient * slopeOf(content, moment), chart.unit) : "",
  };
  return fill(words[network ? "mattered" : "mattered_scaled"], values);
}

/** @param {number} by @param {Unit} unit */
const moved = (by, unit) => signedAmount(by, unit, finer(by, unit));

/** One standard deviation of the first input, in a person's units. @param {Network} network @param {Unit} unit */
function deviationOf({ inputs, scales }, unit) {
  const [, deviation] = scales[inputs[0]];
  return inputs[0] === "level" ? amount(deviation, unit, finer(deviation, unit)) : shareText(deviation);
}

/**
 * How much the forecast after the last day moves for a step of one scaled unit.
 * @param {FilmedContent} content @param {Moment} moment
 */
function slopeOf({ network, chart, film }, { T }) {
  const [first, last] = [0, T - 1].map((t) => chart.price[film.meta.window_start + t]);
  const snapshot = network && film.snapshots.get(network.epoch);
  if (!snapshot) return NaN;
  return priceSlope(network, snapshot.prediction[T - 1], { today: last, first });
}

/**
 * How strongly the loss reaches this day's hidden states, on its way back through time.
 * @param {Explanation} explanation @param {FilmedContent} content @param {Moment} moment @param {Words} words
 */
export function normsText({ gradient_norms: norms }, { chart, film }, moment, words) {
  const own = Array.from({ length: moment.T }, (_, t) => norms[moment.layer * moment.T + t]);
  const largest = Math.max(...own);
  if (!Number.isFinite(largest)) return words.norms_none;
  /** @param {number} t */
  const text = (t) => scientific(own[t], 2);
  const values = {
    date: longDate(chart.dates[film.meta.window_start + moment.t]),
    states: fill(words[`norms_states_${form(moment.layers)}`], { layer: moment.layer + 1 }),
    norm: text(moment.t),
    share: largest ? plain((100 * own[moment.t]) / largest, 1) : "0",
    ...{ first: text(0), last: text(moment.T - 1) },
  };
  return fill(words.norms, values);
}

/**
 * Both ends of the strip's colours: scaled, and in the series' unit where that is known.
 * @param {MatteredView} tool @param {Explanation} explanation @param {FilmedContent} content @param {Moment} moment
 * @param {string} scale
 */
function showScale(tool, { input_gradients: gradients }, content, moment, scale) {
  const first = Array.from(gradients).filter((_, at) => at % gradients.shape[1] === 0);
  const bound = boundOf(first, scale);
  const money = content.network && bound * slopeOf(content, moment);
  for (const [node, sign] of /** @type {[Element, number][]} */ ([[tool.low, -1], [tool.high, 1]])) // prettier-ignore
    setText(node, money ? moved(sign * money, content.chart.unit) : signed(sign * bound, 4));
}

/** @param {MatteredView} tool @param {Explanation} explanation @param {FilmedContent} content @param {Moment} moment */
function showDays(tool, { input_gradients: gradients }, content, moment) {
  const width = gradients.shape[1];
  /** @param {number} t */
  const of = (t) => gradients[t * width];
  const order = Array.from({ length: moment.T }, (_, t) => t).sort((a, b) => Math.abs(of(b)) - Math.abs(of(a)));
  const largest = Math.abs(of(order[0])) || 1;
  const total = order.reduce((sum, t) => sum + Math.abs(of(t)), 0) || 1;
  const slope = content.network && slopeOf(content, moment);
  const decimals = slope ? finer(largest * slope, content.chart.unit) : 0;
  /** @param {number} t */
  const text = (t) => (slope ? signedAmount(of(t) * slope, content.chart.unit, decimals) : signed(of(t), 4));
  tool.list.replaceChildren(
    ...order.slice(0, LISTED).map((t) => {
      const day = date(content.chart.dates[content.film.meta.window_start + t]);
      const number = `${text(t)} · ${plain((100 * Math.abs(of(t))) / total, 0)} %`;
      return dayRow(tool, t, day, of(t) / largest, number);
    }),
  );
}

/** @param {MatteredView} tool @param {number} t @param {string} day @param {number} part @param {string} number */
function dayRow(tool, t, day, part, number) {
  const share = Math.abs(part) * 50;
  const style = `width:${share.toFixed(1)}%;left:${(part < 0 ? 50 - share : 50).toFixed(1)}%`;
  const bar = el("span", { class: "gs-ledger-bar", "data-sign": part < 0 ? "minus" : "plus", style });
  const pieces = [
    el("span", { class: "gs-ledger-name" }, day),
    el("span", { class: "gs-ledger-track" }, bar),
    el("span", { class: "gs-ledger-number" }, number),
  ];
  const button = el("button", { type: "button", class: "gs-ledger-row gs-day-row" }, ...pieces);
  button.addEventListener("click", () => tool.hands.dispatch({ type: "seek", value: t }));
  return el("div", { role: "listitem" }, button);
}
