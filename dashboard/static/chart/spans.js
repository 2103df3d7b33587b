/** What stretch of the series the wide chart shows: all of it, or the test part. No DOM. */

/**
 * @import {PlotContent} from "./chart_figure.js"
 *
 * @typedef {{x: number[], y: number[]}} Range milliseconds, and values
 */

import { extent } from "./chart_figure.js";
import { lowerBound } from "../shared/fewer_points.js";

export const SPANS = ["window", "test", "all"]; // the window has a chart of its own, on the lanes' axis

/**
 * First and last millisecond of a span, and the values that fit what is drawn there.
 * @param {string} name @param {PlotContent} content @param {Range} full
 * @returns {Range}
 */
export function rangeOf(name, content, full) {
  const x = name === "test" ? testPart(content, full) : null;
  return x ? { x, y: fitting(content, x, full) } : full;
}

/** @param {Pick<PlotContent, "chart">} content @param {Range} full */
function testPart({ chart }, full) {
  return chart.validation_stop < chart.dates.length ? [chart.dates[chart.validation_stop], full.x[1]] : null;
}

/** @param {PlotContent} content @param {number[]} visible @param {Range} full */
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
