/** The row over the chart: which stretch is shown, and the day on which the window ends, to type or to pick. */

import { el, setAttribute, setText } from "./dom.js";
import { steps, isoDate } from "./format.js";
import { SPANS } from "./spans.js";

const TOO_SHORT = new Set(["hour", "minute", "step"]); // a date cannot name them

/** @param {Record<string, string>} words @param {any} chart @param {(span: string) => void} onSpan @param {(time: number) => void} onPick */
export function createChartTools(words, chart, onSpan, onPick) {
  const buttons = SPANS.map((span) => button(span, words[`span_${span}`], onSpan));
  const spans = el("div", { class: "gs-spans", role: "group", "aria-label": words.spans }, ...buttons);
  const day = el("input", { type: "date", "data-testid": "stage-window-end" });
  day.addEventListener("change", () => day.value && onPick(Date.parse(day.value)));
  const label = el("label", { class: "gs-window-end" }, words.window_end, day);
  label.hidden = TOO_SHORT.has(chart.step);
  return { node: el("div", { class: "gs-chart-tools" }, spans, label), buttons, day };
}

function button(span, text, onSpan) {
  const node = el("button", { type: "button", "data-span": span, "data-testid": `stage-span-${span}` }, text);
  node.addEventListener("click", () => onSpan(span));
  return node;
}

/**
 * @param {ReturnType<typeof createChartTools>} tools @param {string | null} span null after a zoom by hand
 * @param {number} length of the window @param {string} step
 */
export function markSpan({ buttons }, span, length, step) {
  setText(buttons[0], steps(length, step));
  for (const each of buttons) setAttribute(each, "aria-pressed", String(each.dataset.span === span));
}

/** Not while somebody types. */
export function showWindowEnd({ day }, chart, end) {
  if (document.activeElement === day) return;
  Object.assign(day, { min: isoDate(chart.dates[0]), max: isoDate(chart.dates.at(-1)), value: isoDate(chart.dates[end]) });
}
