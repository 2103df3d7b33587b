/** The chart's two faces: the window on the lanes' own axis, and wide spans of the series. */

import { rowIn } from "../cells/cells.js";
import { showWindow, updateChart } from "./chart_view.js";
import { markSpan } from "./chart_tools.js";
import { setAttribute } from "../shared/dom.js";
import { date, fill } from "../shared/format.js";
import { seriesName } from "../stage/input_words.js";
import { once } from "../shared/redraw_once.js";
import { moveWindow, updateWindow } from "./window_view.js";

const WITHOUT = 60; // steps shown where no window is known

/** @param {any} stage */
export const showsWindow = ({ state }) => state.view.span === "window";

/** @param {any} stage */
export function refreshChart(stage) {
  const { parts, layout, state, content, snapshot } = stage;
  const length = content.film?.meta.target.length ?? state.store.window?.[1] ?? Math.max(state.view.clock.length, 2);
  markSpan(parts.chartTools, state.view.span, length, content.chart.step);
  parts.refs.chart.style.height = `${layout.chartHeight}px`;
  showWindow(parts.chart, Boolean(snapshot));
  parts.refs.badge.hidden = !snapshot;
  once(stage.keys, "alternative", [state.store.sections.chart?.revision, content.film?.meta.id], () =>
    setAttribute(parts.refs.chart, "aria-label", alternative(stage)),
  );
  if (showsWindow(stage)) refreshWindow(stage);
  else refreshWide(stage);
}

function refreshWindow(stage) {
  const { parts, layout, state, content, snapshot, inside, em, price } = stage;
  const { chart, film, words } = content;
  if (stage.root.dataset.film === "awaited") return; // the picture of before stays until the next one has come
  const key = [stage.snapshotKey, state.store.sections.chart.revision, state.store.window, layout, em, inside && price?.scale];
  once(stage.keys, "window chart", key, () => {
    const edited = snapshot?.naive_price !== undefined;
    const range = inside && price ? { low: price.scale[0], high: price.scale[1] } : null;
    updateWindow(parts.window, {
      ...{ layout, em, chart, words, range, cell: rowIn(content).cell },
      ...{ told: told(stage), was: edited ? film.meta.naive_price : null },
      start: film ? film.meta.window_start : withoutFilm(stage)[0],
    });
    stage.drawn = stage.drawn && "chart";
    if (!snapshot) moveWindow(parts.window, null);
  });
}

/** What the chart of the window shows; without a film the series' last steps. */
function told(stage) {
  const { snapshot } = stage;
  const { film, chart } = stage.content;
  if (snapshot) {
    const prices = snapshot.naive_price ?? film.meta.naive_price;
    const supposed = snapshot.supposed_from ?? Infinity; // what came belongs to another course of the series
    const came = film.meta.target_price.map((price, t) => (supposed <= t + 1 ? NaN : price));
    return { prices, said: snapshot.prediction_price, came };
  }
  const [start, length] = withoutFilm(stage);
  return { prices: chart.price.subarray(start, start + length), said: [], came: [] };
}

/** The window that is to come: the app says it; else the series' last steps. */
function withoutFilm({ state, content }) {
  return state.store.window ?? [Math.max(0, content.chart.dates.length - WITHOUT), WITHOUT];
}

function refreshWide(stage) {
  const { content, parts, layout, theme, state } = stage;
  const { sections } = state.store;
  const { span, presses, large } = state.view;
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
  once(stage.keys, "chart", [revisions, size, theme.name, content.film?.meta.cell, span, presses], () =>
    updateChart(parts.chart, content, size, theme, { span, presses }),
  );
}

function alternative({ content }) {
  const { chart, film, words } = content;
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
