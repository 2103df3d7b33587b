/** What lies under and on the forecast chart's lines: bands for the parts, marks for what was found. */

/**
 * @import {PlotContent} from "./chart_figure.js"
 * @import {Chart, Words} from "../shared/message.js"
 * @import {Theme} from "../shared/theme.js"
 *
 * @typedef {{name: string, from: number, to: number}} ChartPart milliseconds
 * @typedef {import("./chart_figure.js").Size} PlotSize
 * @typedef {{family: string, size: number, color: string}} Font
 */

/** Train, validation, test: what of them there is. @param {Chart} chart */
export function partsOf(chart) {
  const stops = [0, chart.train_stop, chart.validation_stop, chart.dates.length];
  /** @param {number} index */
  const at = (index) => chart.dates[Math.min(index, chart.dates.length - 1)];
  /** @param {string} name @param {number} k */
  const part = (name, k) => ({ name, from: at(stops[k]), to: at(stops[k + 1]) });
  return ["train", "validation", "test"].map(part).filter(({ from, to }) => to > from);
}

/** @param {ChartPart} part @param {Theme} theme */
export function band({ name, from, to }, theme) {
  const place = {
    type: "rect",
    xref: "x",
    yref: "paper",
    x0: stamp(from),
    x1: stamp(to),
    y0: 0,
    y1: 1,
    layer: "below",
  };
  return { ...place, fillcolor: theme.colour[`band-${name}`], line: { width: 0 } };
}

const MOST_MARKS = 200;

/**
 * Stretches of the series that look like the pattern searched for, along the foot of the plot: the longest ones.
 * @param {Pick<PlotContent, "matches" | "chart">} content @param {Theme} theme
 */
export function marksOf({ matches, chart }, theme) {
  if (!matches) return [];
  const spans = Array.from(matches.first, (first, index) => [first, matches.last[index]]);
  const longest = spans.sort((a, b) => b[1] - b[0] - (a[1] - a[0])).slice(0, MOST_MARKS);
  return longest.map(([first, last]) => ({
    ...{ type: "rect", xref: "x", yref: "paper", y0: 0, y1: 0.06, layer: "above" },
    ...{ x0: stamp(chart.dates[first]), x1: stamp(chart.dates[last]) },
    ...{ fillcolor: theme.colour.accent, line: { width: 1, color: theme.colour.accent } },
  }));
}

/**
 * In the middle of what can be seen of the band, if the word fits.
 * @param {ChartPart} part @param {Words} words @param {number[]} visible @param {PlotSize} size @param {Font} font
 */
export function bandLabel({ name, from, to }, words, [first, last], size, font) {
  const [left, right] = [Math.max(from, first), Math.min(to, last)];
  const room = ((right - left) / (last - first)) * size.width;
  const text = words[name]; // words: train, validation, test
  if (room < text.length * 6 + 4) return [];
  return [
    {
      text,
      x: stamp((left + right) / 2),
      xref: "x",
      y: 1,
      yref: "paper",
      yanchor: "top",
      showarrow: false,
      font,
    },
  ];
}

/** As Plotly reads dates. @param {number} milliseconds */
export const stamp = (milliseconds) => new Date(milliseconds).toISOString().replace("T", " ").slice(0, 23);
