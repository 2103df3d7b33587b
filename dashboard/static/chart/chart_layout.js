/** How the forecast chart's Plotly figure is laid out: axes, legend, bands of the parts. No DOM, no Plotly. */

import { band, bandLabel, marksOf, partsOf, stamp } from "./chart_shapes.js";
import { hasTimes, signAfter } from "../shared/format.js";
import { alpha } from "../shared/palette.js";

const HOVER_DATE = { day: "%-d %b %Y", time: "%-d %b %Y, %H:%M" }; // as `date` of format.js writes it

export function layout(content, theme, visible, size, base) {
  const { chart } = content;
  const text = { family: theme.font, size: size.large ? 15 : 11.5, color: theme.colour.muted };
  const axis = {
    color: theme.colour.muted,
    tickfont: { ...text, family: theme.mono, size: text.size - 0.5 },
    zeroline: false,
    linecolor: theme.colour.hairline,
  };
  return {
    uirevision: base.id,
    autosize: false,
    width: size.gutter + size.width,
    height: size.height,
    margin: { l: size.gutter, r: 0, t: size.margin.top, b: size.margin.bottom, autoexpand: false },
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    font: text,
    hovermode: "x unified",
    hoverdistance: 60,
    hoverlabel: {
      bgcolor: theme.colour.panel,
      bordercolor: theme.colour.hairline,
      font: { ...text, color: theme.colour.text },
    },
    dragmode: size.narrow ? false : "zoom",
    xaxis: {
      ...axis,
      type: "date",
      hoverformat: HOVER_DATE[hasTimes(chart.dates) ? "time" : "day"],
      range: base.x.map(stamp),
      showgrid: false,
      nticks: Math.max(3, Math.floor(size.width / 110)),
    },
    yaxis: {
      ...axis,
      range: base.y,
      gridcolor: theme.colour.hairline,
      nticks: 6,
      tickprefix: chart.unit.before,
      ticksuffix: signAfter(chart.unit),
      exponentformat: "none", // else it writes 12μ and 15k
      separatethousands: true,
    },
    legend: {
      orientation: "h",
      x: 0,
      y: 1,
      yanchor: "bottom",
      bgcolor: "rgba(0,0,0,0)",
      font: { ...text, color: theme.colour.text },
      itemwidth: 30,
    },
    modebar: {
      orientation: size.narrow ? "h" : "v",
      bgcolor: alpha(theme.colour.panel, size.narrow ? 0 : 0.9),
      color: theme.colour.muted,
      activecolor: theme.colour.accent,
    },
    shapes: [...partsOf(chart).map((part) => band(part, theme)), ...marksOf(content, theme)],
    annotations: partsOf(chart).flatMap((part) => bandLabel(part, content.words, visible, size, text)),
  };
}
