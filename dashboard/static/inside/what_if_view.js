/** The tool "what if": a day's value typed, activations clamped, and what both come to beside what was. */

/**
 * @import {Moment} from "../cells/moment.js"
 * @import {Snapshot, Words} from "../shared/message.js"
 * @import {Filmed, Hands, ToolContext} from "../stage/parts.js"
 *
 * @typedef {ReturnType<typeof createWhatIfView>} WhatIfView
 * @typedef {Filmed["content"]} FilmedContent
 */

import { chip, el, setText } from "../shared/dom.js";
import { isUntouched, typedValue, windowValues } from "./what_if.js";
import { amount, date, fill, plain, signed } from "../shared/format.js";
import { createClamps, updateClamps } from "./clamps_view.js";
import { seriesName } from "../stage/input_words.js";
import { lanesOf } from "../lanes/lanes.js";
import { answerText, returnsText, seesReturns } from "./what_if_words.js";

/** @param {Hands} hands @param {Words} words */
export function createWhatIfView(hands, words) {
  const answer = el("p", { class: "gs-answer", "data-testid": "stage-answer" });
  const gates = el("p", { class: "gs-formula", "data-testid": "stage-changed" });
  const value = el("input", {
    type: "text",
    inputmode: "decimal",
    "data-testid": "stage-day-value",
    autocomplete: "off",
  });
  const name = el("span", {});
  const label = el("label", { class: "gs-field" }, name, value);
  const returns = el("p", { class: "gs-answer", "data-testid": "stage-returns" });
  const problem = el("p", { class: "gs-problem", role: "alert", "data-testid": "stage-problem" });
  const undo = chip(words.undo, "stage-undo", () => hands.dispatch({ type: "undo" }));
  const reset = chip(words.reset, "stage-reset", () => hands.dispatch({ type: "reset" }));
  const hint = el("p", { class: "gs-hint" });
  const clamps = createClamps(hands, words);
  const head = el("div", { class: "gs-row" }, label, undo, reset);
  const node = el("div", {}, hint, head, problem, answer, returns, gates, clamps.node);
  const view = { node, hint, returns, answer, gates, value, name, problem, undo, reset, clamps, hands, words, day: -1, shown: -1, edit: /** @type {number | undefined} */ (undefined), stage: /** @type {ToolContext | null} */ (null) };
  value.addEventListener("change", () => takeTyped(view));
  value.addEventListener("keydown", (event) => nudge(view, event));
  return view;
}

/** @param {WhatIfView} view */
function takeTyped(view) {
  const { content, state } = view.stage ?? {};
  if (!content?.network || !state) return;
  const film = content.film.meta;
  const values = windowValues(content.chart.price, film.window_start, film.target.length);
  const taken = typedValue(view.value.value, content.network, values);
  if (!("problem" in taken)) return view.hands.dispatch({ type: "edit", value: { day: view.day, value: taken.value } });
  view.shown = -1; // what was typed gives way to the last good value, also when it is refused for the same reason
  showValue(view, state.view.tools.history.now.edits);
  view.hands.dispatch({ type: "refuse", value: taken });
}

/** Up and down change the value by a hundredth of itself. @param {WhatIfView} view @param {KeyboardEvent} event */
function nudge(view, event) {
  const by = { ArrowUp: 1, ArrowDown: -1 }[/** @type {"ArrowUp" | "ArrowDown"} */ (event.key)];
  if (!by) return;
  event.preventDefault();
  const value = Number(view.value.value);
  view.value.value = String(Number((value + by * (Math.abs(value) / 100 || 0.01)).toPrecision(6)));
  takeTyped(view);
}

/** @param {WhatIfView} view @param {ToolContext} stage @param {import("../cells/moment.js").Moment} moment */
export function updateWhatIf(view, stage, moment) {
  const { content, state, original, snapshot } = stage;
  const { words } = view;
  const { tools } = state.view;
  Object.assign(view, { stage, day: content.film.meta.window_start + moment.t });
  setText(view.name, fill(words.day_value, { date: date(moment.date) }));
  showValue(view, tools.history.now.edits);
  setText(
    view.problem,
    tools.problem ? fill(words[`problem_${tools.problem}`], { limit: amount(tools.limit, content.chart.unit) }) : "",
  );
  view.problem.hidden = !tools.problem;
  view.undo.disabled = !tools.history.past.length;
  view.reset.disabled = isUntouched(tools.history);
  view.value.disabled = !content.network;
  setText(view.answer, content.network ? answerText(stage, words) : words.network_awaited);
  const named = { series: seriesName(content.chart, words) };
  setText(view.hint, fill(words[seesReturns(content) ? "what_if_hint_returns" : "what_if_hint"], named));
  setText(view.returns, content.network ? returnsText(content, tools.history.now.edits, moment, words) : "");
  setText(view.gates, snapshot === original ? "" : changedText(content, moment, original, snapshot, words));
  for (const each of [view.returns, view.gates]) each.hidden = !each.textContent;
  updateClamps(view.clamps, stage, moment);
}

/**
 * What is being typed is left alone until it is done.
 * @param {WhatIfView} view @param {Record<number, number>} edits
 */
function showValue(view, edits) {
  if (document.activeElement === view.value && view.shown === view.day && view.edit === edits[view.day]) return;
  if (!view.stage) return;
  const { price } = view.stage.content.chart;
  view.value.value = String(Number((edits[view.day] ?? price[view.day]).toPrecision(8)));
  Object.assign(view, { shown: view.day, edit: edits[view.day] });
}

/**
 * The chosen unit at the playhead: every activation now, and what it was.
 * @param {FilmedContent} content @param {Moment} moment @param {Snapshot} original @param {Snapshot} snapshot
 * @param {Words} words
 */
function changedText({ film }, moment, original, snapshot, words) {
  const [, layers, timesteps, hidden] = original.activations.shape;
  /** @param {Snapshot} from @param {number} index */
  const at = (from, index) =>
    from.activations[((index * layers + moment.layer) * timesteps + moment.t) * hidden + moment.unit];
  /** @param {string} name */
  const index = (name) => film.meta.activations.indexOf(name);
  /** @param {string} name @param {number} value */
  const number = (name, value) => (name.endsWith("_gate") ? plain(value) : signed(value));
  return lanesOf(film.meta, words)
    .map(({ name, symbol }) =>
      [symbol, number(name, at(original, index(name))), "→", number(name, at(snapshot, index(name)))].join("\u00a0"),
    )
    .join("   ");
}
