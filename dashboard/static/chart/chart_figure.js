/** The forecast chart as a Plotly figure: traces and layout. No DOM, no Plotly. */

/**
 * @import {Chart, Forecast, Predictions, Words} from "../shared/message.js"
 * @import {WholeContent} from "../shared/store.js"
 * @import {Theme} from "../shared/theme.js"
 *
 * @typedef {Pick<WholeContent, "chart" | "words" | "status"> & Partial<Pick<WholeContent, "predictions" | "forecast" | "film" | "matches">>} PlotContent
 * @typedef {{x: number[], y: number[], id: string}} Base where the axes stand until somebody zooms by hand
 * @typedef {Record<string, any>} Trace any: Plotly has no types here
 * @typedef {(y: (number | null)[]) => Trace} Telling what is told under the pointer, as well as drawn
 */

import { rowIn } from "../cells/cells.js";
import { layout } from "./chart_layout.js";
import { age, amount, fill, isoDate } from "../shared/format.js";
import { seriesName } from "../stage/input_words.js";
import { alpha } from "../shared/palette.js";
import { lowerBound, thinned } from "../shared/fewer_points.js";

/**
 * @typedef {Object} Size
 * @property {number} width of the plot @property {number} height of the figure
 * @property {number} gutter left of the plot @property {{top: number, bottom: number}} margin
 * @property {boolean} narrow a phone: no dragging, for the finger scrolls the page
 * @property {boolean} short names have to be short @property {boolean} large letters for a projector
 */

/**
 * Where the axes begin and end when nobody has zoomed: wild predictions of a young network do not move them.
 * @param {Pick<PlotContent, "chart" | "forecast">} content
 */
export function fullRange({ chart, forecast = null }) {
  const last = forecast ? forecast.dates[forecast.dates.length - 1] : chart.dates[chart.dates.length - 1];
  const span = last - chart.dates[0] || 864e5;
  const [low, high] = extent([chart.price, forecast?.lower ?? [], forecast?.upper ?? []]);
  const pad = (high - low) * 0.06 || Math.abs(high) * 0.05 || 1;
  return { x: [chart.dates[0], last + span * 0.004], y: [low - pad, high + pad] };
}

/** Least and greatest of all. @param {Iterable<number>[]} arrays @returns {[number, number]} */
export function extent(arrays) {
  let [low, high] = [Infinity, -Infinity];
  for (const array of arrays) {
    for (const each of array) {
      if (each < low) low = each;
      if (each > high) high = each;
    }
  }
  return [low, high];
}

/**
 * @param {PlotContent} content @param {Theme} theme @param {number[]} visible first and last millisecond shown
 * @param {Size} size
 * @param {Base} base where the axes stand until somebody zooms by hand
 */
export function figure(content, theme, visible, size, base) {
  return { data: traces(content, theme, visible, size), layout: layout(content, theme, visible, size, base) };
}

/** @param {PlotContent} content @param {Theme} theme @param {number[]} visible @param {Size} size */
function traces(content, theme, visible, size) {
  const { chart, predictions, forecast, words } = content;
  const indices = shownIndices(chart, visible, size.width);
  /** @type {Telling} */
  const lines = (y) => ({ y, text: y.map((value) => (value === null ? "" : amount(value, chart.unit))), hovertemplate: "%{text}" });
  /** @type {Trace[]} */
  const all = [priceTrace(chart, indices, theme, words, lines)];
  if (predictions) {
    const [naive, lstm] = predictionTraces(content, predictions, indices, theme, size.short, lines);
    all.unshift(naive);
    all.push(lstm);
  }
  if (forecast) all.forEach((trace) => silentBeyond(trace, forecast.dates));
  if (forecast) all.push(...forecastTraces(content, forecast, theme, Boolean(predictions), size.short, lines));
  return all;
}

/**
 * Plotly tells of each line the point nearest to the pointer, so beyond the last observation it would tell the last
 * price. A point on each day of the forecast that is neither drawn (nothing beside it) nor told is nearer.
 * @param {Trace} trace @param {Float64Array} dates
 */
function silentBeyond(trace, dates) {
  const days = [...dates].map(isoDate);
  const last = trace.y.findLast((/** @type {number | null} */ value) => value !== null) ?? 0;
  trace.hoverinfo = [...trace.x.map(() => "all"), ...days.flatMap(() => ["none", "none"])];
  trace.x = [...trace.x, ...days.flatMap((day) => [null, day])];
  trace.y = [...trace.y, ...days.flatMap(() => [null, last])];
}

/**
 * The days shown, thinned to the width; a stretch on either side so that panning never shows emptiness.
 * @param {Chart} chart @param {number[]} visible @param {number} width
 */
function shownIndices(chart, [first, last], width) {
  const span = last - first;
  const start = Math.max(0, lowerBound(chart.dates, first - span) - 1);
  const stop = Math.min(chart.dates.length, lowerBound(chart.dates, last + span) + 1);
  const inside = Math.max(1, lowerBound(chart.dates, last) - lowerBound(chart.dates, first));
  return thinned(chart.price, start, stop, Math.ceil((width / 2) * ((stop - start) / inside)));
}

/** @param {Chart} chart @param {number[]} indices @param {Theme} theme @param {Words} words @param {Telling} lines */
function priceTrace(chart, indices, theme, words, lines) {
  return {
    ...line(theme.colour.price, 1.3),
    ...lines(indices.map((index) => chart.price[index])),
    name: seriesName(chart, words),
    x: indices.map((index) => isoDate(chart.dates[index])),
  };
}

/**
 * @param {PlotContent} content @param {Predictions} predictions @param {number[]} indices @param {Theme} theme
 * @param {boolean} short @param {Telling} lines
 * @returns {Trace[]}
 */
function predictionTraces(content, predictions, indices, theme, short, lines) {
  const picked = pickedPredictions(predictions.positions, indices);
  const x = picked.map((k) => (k === null ? null : isoDate(content.chart.dates[predictions.positions[k]])));
  /** @param {Float64Array} values */
  const y = (values) => picked.map((k) => (k === null ? null : values[k]));
  const names = namesOf(content, short);
  return [
    {
      ...line(theme.colour.naive, 1.2, "dot"),
      ...lines(y(predictions.naive)),
      name: names.naive,
      legendgroup: "naive",
      legendrank: 1002,
      x,
    },
    {
      ...line(theme.colour.lstm, 1.5),
      ...lines(y(predictions.price)),
      name: names.lstm,
      legendgroup: "lstm",
      legendrank: 1001,
      meta: predictions.epoch, // which the name tells people
      x,
    },
  ];
}

/** @param {PlotContent} content @param {boolean} short */
function namesOf({ words, chart, film, status, predictions }, short) {
  const values = { cell: rowIn({ film, status }).cell, age: age(predictions?.epoch ?? null, words) };
  const suffix = short ? "_short" : "";
  return { naive: fill(words[`naive_line${suffix}`], values), lstm: fill(words[`lstm_line${suffix}`], values) };
}

/**
 * Predictions on the days shown, each of them where there are few (while a network trains); null where a stretch has
 * none, so that no line bridges a gap.
 * @param {Int32Array} positions @param {number[]} indices
 */
function pickedPredictions(positions, indices) {
  const spacing = (positions[positions.length - 1] - positions[0]) / Math.max(1, positions.length - 1);
  const picked = [];
  let last = null;
  for (const k of candidates(positions, indices)) {
    if (last !== null && positions[k] - positions[last] > 2 * spacing * (k - last)) picked.push(null);
    picked.push(k);
    last = k;
  }
  return picked;
}

/** @param {Int32Array} positions @param {number[]} indices */
function candidates(positions, indices) {
  if (positions.length > indices.length) {
    return indices.map((index) => lowerBound(positions, index)).filter((k, at) => positions[k] === indices[at]);
  }
  const [from, to] = [lowerBound(positions, indices[0]), lowerBound(positions, indices[indices.length - 1] + 1)];
  return Array.from({ length: to - from }, (_, k) => from + k);
}

/**
 * @param {PlotContent} content @param {Forecast} forecast @param {Theme} theme @param {boolean} named
 * @param {boolean} short @param {Telling} lines
 * @returns {Trace[]}
 */
function forecastTraces(content, forecast, theme, named, short, lines) {
  const { chart, words } = content;
  const end = chart.dates.length - 1;
  const x = [chart.dates[end], ...forecast.dates].map(isoDate);
  /** @param {Float64Array} values */
  const y = (values) => [chart.price[end], ...values];
  const names = namesOf(content, short);
  const hoverinfo = x.map((_, at) => (at ? "all" : "none")); // the first is the last observation, no forecast
  const fan = { mode: "lines", type: "scatter", x, legendgroup: "interval", hoverinfo: "skip" };
  const level = fill(words[short ? "interval_line_short" : "interval_line"], {
    level: Math.round(forecast.level * 100),
  });
  const edge = { color: theme.colour.lstm, width: 0 };
  return [
    { ...fan, y: y(forecast.lower), line: edge, showlegend: false },
    {
      ...fan,
      y: y(forecast.upper),
      line: edge,
      fill: "tonexty",
      fillcolor: alpha(theme.colour.lstm, 0.22),
      name: level,
      legendrank: 1003,
    },
    {
      ...line(theme.colour.naive, 1.4, "dot"),
      ...lines(y(forecast.naive)),
      hoverinfo,
      x,
      name: names.naive,
      legendgroup: "naive",
      showlegend: !named,
    },
    {
      ...line(theme.colour.lstm, 2),
      ...lines(y(forecast.price)),
      hoverinfo,
      x,
      name: names.lstm,
      legendgroup: "lstm",
      showlegend: !named,
    },
  ];
}

/** @param {string} color @param {number} width @param {string} [dash] */
function line(color, width, dash = "solid") {
  return { type: "scatter", mode: "lines", connectgaps: false, line: { color, width, dash } };
}

/** Plotly's date string (UTC) or number -> milliseconds. @param {string | number} text */
export function milliseconds(text) {
  if (typeof text === "number") return text;
  const iso = text.replace(" ", "T");
  return Date.parse(iso.length <= 10 ? iso : iso.length === 13 ? `${iso}:00Z` : `${iso}Z`);
}
