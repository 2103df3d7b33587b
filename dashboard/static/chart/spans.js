/** What stretch of the series the wide chart shows: all of it, or the test part. No DOM. */

import { extent } from "./chart_figure.js";
import { lowerBound } from "../shared/fewer_points.js";

export const SPANS = ["window", "test", "all"]; // the window has a chart of its own, on the lanes' axis

/**
 * First and last millisecond of a span, and the values that fit what is drawn there.
 * @param {string} name @param {any} content @param {{x: number[], y: number[]}} full
 * @returns {{x: number[], y: number[]}}
 */
export function rangeOf(name, content, full) {
  const x = name === "test" ? testPart(content, full) : null;
  return x ? { x, y: fitting(content, x, full) } : full;
}

function testPart({ chart }, full) {
  return chart.validation_stop < chart.dates.length ? [chart.dates[chart.validation_stop], full.x[1]] : null;
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
