/** The forecast chart as a Plotly figure: traces and layout. No DOM, no Plotly. */

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

/** Where the axes begin and end when nobody has zoomed: wild predictions of a young network do not move them. */
export function fullRange({ chart, forecast }) {
  const last = forecast ? forecast.dates[forecast.dates.length - 1] : chart.dates[chart.dates.length - 1];
  const span = last - chart.dates[0] || 864e5;
  const [low, high] = extent([chart.price, forecast?.lower ?? [], forecast?.upper ?? []]);
  const pad = (high - low) * 0.06 || Math.abs(high) * 0.05 || 1;
  return { x: [chart.dates[0], last + span * 0.004], y: [low - pad, high + pad] };
}

/** Least and greatest of all. @param {ArrayLike<number>[]} arrays @returns {[number, number]} */
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
 * @param {any} content @param {any} theme @param {number[]} visible first and last millisecond shown
 * @param {Size} size
 * @param {{x: number[], y: number[], id: string}} base where the axes stand until somebody zooms by hand
 */
export function figure(content, theme, visible, size, base) {
  return { data: traces(content, theme, visible, size), layout: layout(content, theme, visible, size, base) };
}

function traces(content, theme, visible, size) {
  const { chart, predictions, forecast, words } = content;
  const indices = shownIndices(chart, visible, size.width);
  const lines = (y) => ({ y, text: y.map((value) => (value === null ? "" : amount(value, chart.unit))), hovertemplate: "%{text}" });
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
 */
function silentBeyond(trace, dates) {
  const days = [...dates].map(isoDate);
  const last = trace.y.findLast((value) => value !== null) ?? 0;
  trace.hoverinfo = [...trace.x.map(() => "all"), ...days.flatMap(() => ["none", "none"])];
  trace.x = [...trace.x, ...days.flatMap((day) => [null, day])];
  trace.y = [...trace.y, ...days.flatMap(() => [null, last])];
}

/** The days shown, thinned to the width; a stretch on either side so that panning never shows emptiness. */
function shownIndices(chart, [first, last], width) {
  const span = last - first;
  const start = Math.max(0, lowerBound(chart.dates, first - span) - 1);
  const stop = Math.min(chart.dates.length, lowerBound(chart.dates, last + span) + 1);
  const inside = Math.max(1, lowerBound(chart.dates, last) - lowerBound(chart.dates, first));
  return thinned(chart.price, start, stop, Math.ceil((width / 2) * ((stop - start) / inside)));
}

function priceTrace(chart, indices, theme, words, lines) {
  return {
    ...line(theme.colour.price, 1.3),
    ...lines(indices.map((index) => chart.price[index])),
    name: seriesName(chart, words),
    x: indices.map((index) => isoDate(chart.dates[index])),
  };
}

function predictionTraces(content, predictions, indices, theme, short, lines) {
  const picked = pickedPredictions(predictions.positions, indices);
  const x = picked.map((k) => (k === null ? null : isoDate(content.chart.dates[predictions.positions[k]])));
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

function namesOf({ words, chart, film, status, predictions }, short) {
  const values = { step: chart.step, cell: rowIn({ film, status }).cell, age: age(predictions?.epoch ?? null, words) };
  const suffix = short ? "_short" : "";
  return { naive: fill(words[`naive_line${suffix}`], values), lstm: fill(words[`lstm_line${suffix}`], values) };
}

/**
 * Predictions on the days shown, each of them where there are few (while a network trains); null where a stretch has
 * none, so that no line bridges a gap.
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

function candidates(positions, indices) {
  if (positions.length > indices.length) {
    return indices.map((index) => lowerBound(positions, index)).filter((k, at) => positions[k] === indices[at]);
  }
  const [from, to] = [lowerBound(positions, indices[0]), lowerBound(positions, indices[indices.length - 1] + 1)];
  return Array.from({ length: to - from }, (_, k) => from + k);
}

function forecastTraces(content, forecast, theme, named, short, lines) {
  const { chart, words } = content;
  const end = chart.dates.length - 1;
  const x = [chart.dates[end], ...forecast.dates].map(isoDate);
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

function line(color, width, dash = "solid") {
  return { type: "scatter", mode: "lines", connectgaps: false, line: { color, width, dash } };
}

/** Plotly's date string (UTC) or number -> milliseconds. @param {string | number} text */
export function milliseconds(text) {
  if (typeof text === "number") return text;
  const iso = text.replace(" ", "T");
  return Date.parse(iso.length <= 10 ? iso : iso.length === 13 ? `${iso}:00Z` : `${iso}Z`);
}
