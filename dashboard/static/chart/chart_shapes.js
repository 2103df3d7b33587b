/** What lies under and on the forecast chart's lines: bands for the parts, marks for what was found. */

/** Train, validation, test: what of them there is. */
export function partsOf(chart) {
  const stops = [0, chart.train_stop, chart.validation_stop, chart.dates.length];
  const at = (index) => chart.dates[Math.min(index, chart.dates.length - 1)];
  const part = (name, k) => ({ name, from: at(stops[k]), to: at(stops[k + 1]) });
  return ["train", "validation", "test"].map(part).filter(({ from, to }) => to > from);
}

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

/** Stretches of the series that look like the pattern searched for, along the foot of the plot: the longest ones. */
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

/** In the middle of what can be seen of the band, if the word fits. */
export function bandLabel({ name, from, to }, words, [first, last], size, font) {
  const [left, right] = [Math.max(from, first), Math.min(to, last)];
  const room = ((right - left) / (last - first)) * size.width;
  if (room < words[name].length * 6 + 4) return [];
  return [
    {
      text: words[name],
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
