/** The row over the chart: which stretch is shown, and the day on which the window ends, to type or to pick. */

/**
 * @import {Chart} from "../shared/message.js"
 *
 * @typedef {ReturnType<typeof createChartTools>} ChartTools
 * @typedef {{chart: Chart, end: number, first: number}} ShownEnd days of the series
 */

import { el, setAttribute, setText } from "../shared/dom.js";
import { date, fill, isoDate, steps } from "../shared/format.js";
import { SPANS } from "./spans.js";
import { lastUntil } from "../shared/fewer_points.js";

const TOO_SHORT = new Set(["hour", "minute", "step"]); // a date cannot name them

/**
 * @param {Record<string, string>} words @param {Chart} chart @param {(span: string) => void} onSpan
 * @param {(time: number) => void} onPick
 */
export function createChartTools(words, chart, onSpan, onPick) {
  const buttons = SPANS.map((span) => button(span, words[`span_${span}`], onSpan));
  const spans = el("div", { class: "gs-spans", role: "group", "aria-label": words.spans }, ...buttons);
  const day = el("input", { type: "date", "data-testid": "stage-window-end" });
  const note = el("span", { class: "gs-window-note", role: "status", "data-testid": "stage-window-note" });
  const label = el("label", { class: "gs-window-end" }, words.window_end, day);
  label.hidden = TOO_SHORT.has(chart.step);
  const node = el("div", { class: "gs-chart-tools" }, spans, label, note);
  const tools = { node, buttons, day, note, words, shown: /** @type {ShownEnd | null} */ (null), said: NaN };
  day.addEventListener("change", () => pickDay(tools, onPick));
  day.addEventListener("blur", () => showDay(tools));
  return tools;
}

/**
 * Of a day without an observation the last one before it is taken; a day that cannot be picks nothing. Both are said.
 * @param {ChartTools} tools @param {(time: number) => void} onPick
 */
function pickDay(tools, onPick) {
  const { day, note, shown, words } = tools;
  if (!shown || !day.value) return;
  const { dates } = shown.chart;
  if (!day.validity.valid) {
    setText(note, fill(words.window_outside, { first: date(dates[shown.first]), last: date(dates[dates.length - 1]) }));
    return;
  }
  const asked = Date.parse(day.value);
  tools.said = lastUntil(dates, asked);
  const taken = dates[tools.said];
  const names = { asked: date(asked), taken: date(taken) };
  setText(note, isoDate(taken) === day.value ? "" : fill(words.no_observation, names));
  onPick(taken);
}

/** @param {string} span @param {string} text @param {(span: string) => void} onSpan */
function button(span, text, onSpan) {
  const node = el("button", { type: "button", "data-span": span, "data-testid": `stage-span-${span}` }, text);
  node.addEventListener("click", () => onSpan(span));
  return node;
}

/**
 * @param {ReturnType<typeof createChartTools>} tools @param {string | null} span null after a zoom by hand
 * @param {number} length of the window
 */
export function markSpan({ buttons, words }, span, length) {
  setText(buttons[0], steps(length, words));
  for (const each of buttons) setAttribute(each, "aria-pressed", String(each.dataset.span === span));
}

/**
 * The window that is shown, and the days on which one can end. What the note says stays while its own window comes.
 * @param {ReturnType<typeof createChartTools>} tools @param {Chart} chart @param {{end: number, first: number}} window
 */
export function showWindowEnd(tools, chart, { end, first }) {
  const isAnother = tools.shown && tools.shown.end !== end && tools.said !== end;
  if (isAnother && document.activeElement !== tools.day) setText(tools.note, "");
  tools.shown = { chart, end, first };
  Object.assign(tools.day, { min: isoDate(chart.dates[first]), max: isoDate(chart.dates[chart.dates.length - 1]), disabled: false });
  if (document.activeElement !== tools.day) showDay(tools); // somebody may be typing; afterwards it shows what came of it
}

/**
 * No window of this series is shown: there is no day to show.
 * @param {ReturnType<typeof createChartTools>} tools @param {Chart} chart
 */
export function forgetWindowEnd(tools, chart) {
  if (tools.shown?.chart.id === chart.id) return; // one is on its way
  tools.shown = null;
  Object.assign(tools.day, { value: "", disabled: true });
}

/** @param {ChartTools} chartTools */
function showDay({ day, shown }) {
  if (shown) day.value = isoDate(shown.chart.dates[shown.end]);
}
