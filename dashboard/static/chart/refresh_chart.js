/** The chart's two faces: the window on the lanes' own axis, and wide spans of the series. */

import { showWindow, updateChart } from "./chart_view.js";
import { markSpan } from "./chart_tools.js";
import { setAttribute } from "../shared/dom.js";
import { date, fill } from "../shared/format.js";
import { seriesName } from "../stage/input_words.js";
import { once } from "../shared/once.js";
import { moveWindow, updateWindow } from "./window_view.js";

const WITHOUT = 60; // steps shown where no window is known

/** @param {any} stage */
export const showsWindow = ({ held }) => held.view.span === "window";

/** @param {any} stage */
export function refreshChart(stage) {
  const { parts, layout, held, scene, frame } = stage;
  const length = scene.film?.meta.target.length ?? held.store.window?.[1] ?? Math.max(held.view.clock.length, 2);
  markSpan(parts.chartTools, held.view.span, length, scene.chart.step);
  parts.refs.chart.style.height = `${layout.chartHeight}px`;
  showWindow(parts.chart, Boolean(frame));
  parts.refs.badge.hidden = !frame;
  once(stage.keys, "alternative", [held.store.sections.chart?.revision, scene.film?.meta.id], () =>
    setAttribute(parts.refs.chart, "aria-label", alternative(stage)),
  );
  if (showsWindow(stage)) refreshWindow(stage);
  else refreshWide(stage);
}

function refreshWindow(stage) {
  const { parts, layout, held, scene, frame, inside, em, price } = stage;
  const { chart, film, words } = scene;
  if (stage.root.dataset.film === "awaited") return; // the picture of before stays until the next one has come
  const key = [stage.frameKey, held.store.sections.chart.revision, held.store.window, layout, em, inside && price?.scale];
  once(stage.keys, "window chart", key, () => {
    const edited = frame?.naive_price !== undefined;
    const range = inside && price ? { low: price.scale[0], high: price.scale[1] } : null;
    updateWindow(parts.window, {
      ...{ layout, em, chart, words, range, cell: film?.meta.cell ?? "LSTM" },
      ...{ told: told(stage), was: edited ? film.meta.naive_price : null },
      start: film ? film.meta.window_start : withoutFilm(stage)[0],
    });
    stage.drawn = stage.drawn && "chart";
    if (!frame) moveWindow(parts.window, null);
  });
}

/** What the chart of the window shows; without a film the series' last steps. */
function told(stage) {
  const { frame } = stage;
  const { film, chart } = stage.scene;
  if (frame) {
    const prices = frame.naive_price ?? film.meta.naive_price;
    const supposed = frame.supposed_from ?? Infinity; // what came belongs to another course of the series
    const came = film.meta.target_price.map((price, t) => (supposed <= t + 1 ? NaN : price));
    return { prices, said: frame.prediction_price, came };
  }
  const [start, length] = withoutFilm(stage);
  return { prices: chart.price.subarray(start, start + length), said: [], came: [] };
}

/** The window that is to come: the app says it; else the series' last steps. */
function withoutFilm({ held, scene }) {
  return held.store.window ?? [Math.max(0, scene.chart.dates.length - WITHOUT), WITHOUT];
}

function refreshWide(stage) {
  const { scene, parts, layout, theme, held } = stage;
  const { sections } = held.store;
  const { span, presses, large } = held.view;
  const size = {
    width: layout.width,
    height: layout.chartHeight,
    gutter: layout.gutter,
    margin: layout.chartMargin,
    narrow: layout.stacked,
    short: layout.stacked || large,
    large,
  };
  const revisions = ["chart", "predictions", "forecast", "matches"].map((name) => sections[name]?.revision);
  once(stage.keys, "chart", [revisions, size, theme.name, scene.film?.meta.cell, span, presses], () =>
    updateChart(parts.chart, scene, size, theme, { span, presses }),
  );
}

function alternative({ scene }) {
  const { chart, film, words } = scene;
  const last = chart.dates.length - 1;
  const from = film ? film.meta.window_start : last;
  const to = film ? from + film.meta.target.length - 1 : last;
  const line = seriesName(chart, words);
  const at = (index) => date(chart.dates[index]);
  return fill(words.alt_chart, {
    title: chart.title,
    first: at(0),
    last: at(last),
    line,
    step: chart.step,
    from: at(from),
    to: at(to),
  });
}
