/** What stretch of the chart is shown: all of it, the test part, or the window and its neighbours. No DOM. */

import { extent } from "./chart_figure.js";
import { lowerBound } from "./thin.js";

export const SPANS = ["all", "test", "window"];

/**
 * First and last millisecond of a span, and the values that fit what is drawn there.
 * @param {string} name @param {any} scene @param {{x: number[], y: number[]}} full
 * @returns {{x: number[], y: number[]}}
 */
export function rangeOf(name, scene, full) {
  const x = { test: testPart, window: aroundWindow }[name]?.(scene, full);
  return x ? { x, y: fitting(scene, x, full) } : full;
}

function testPart({ chart }, full) {
  return chart.validation_stop < chart.dates.length ? [chart.dates[chart.validation_stop], full.x[1]] : null;
}

/** One window's length on either side, as far as there are days. */
function aroundWindow({ chart, film }, full) {
  if (!film) return null;
  const [start, length] = [film.meta.window_start, film.meta.target.length];
  const last = start + 2 * length;
  return [chart.dates[Math.max(0, start - length)], last < chart.dates.length ? chart.dates[last] : full.x[1]];
}

function fitting({ chart, predictions, forecast }, [first, last], full) {
  const [from, to] = [lowerBound(chart.dates, first), lowerBound(chart.dates, last + 1)];
  const shown = [chart.price.subarray(from, to)];
  const ahead = forecast && forecast.dates[0] <= last ? [forecast.lower, forecast.upper] : [];
  const said = predictions
    ? predictions.price.subarray(lowerBound(predictions.positions, from), lowerBound(predictions.positions, to))
    : [];
  const [low, high] = extent([...shown, said, ...ahead]);
  const pad = (high - low) * 0.08;
  return pad > 0 ? [low - pad, high + pad] : full.y;
}
