/** The chart's two faces: the window on the lanes' own axis, and wide spans of the series. */

import { rowIn } from "../cells/cells.js";
import { showWindow, updateChart } from "./chart_view.js";
import { markSpan } from "./chart_tools.js";
import { setAttribute } from "../shared/dom.js";
import { date, fill } from "../shared/format.js";
import { seriesName } from "../stage/input_words.js";
import { once } from "../shared/redraw_once.js";
import { moveWindow, updateWindow } from "./window_view.js";

/**
 * @import {Stage, Shown, Views} from "../stage/parts.js"
 * @import {State} from "../stage/state.js"
 * @import {Told} from "./window_chart.js"
 */

const WITHOUT = 60; // steps shown where no window is known

/** @param {Pick<State, "view">} state */
export const showsWindow = ({ view }) => view.span === "window";

/** @param {Stage} stage @param {Shown} shown @param {Views} parts */
export function refreshChart(stage, shown, parts) {
  const { layout, content, snapshot } = shown;
  const { state, drawn } = stage;
  const length = content.film?.meta.target.length ?? state.store.window?.[1] ?? Math.max(state.view.clock.length, 2);
  markSpan(parts.chartTools, state.view.span, length);
  parts.refs.chart.style.height = `${layout.chartHeight}px`;
  showWindow(parts.chart, Boolean(snapshot));
  parts.refs.badge.hidden = !snapshot;
  once(drawn.keys, "alternative", [state.store.sections.chart?.revision, content.film?.meta.id], () =>
    setAttribute(parts.refs.chart, "aria-label", alternative(shown)),
  );
  if (showsWindow(state)) refreshWindow(stage, shown, parts);
  else refreshWide(stage, shown, parts);
}

/** @param {Stage} stage @param {Shown} shown @param {Views} parts */
function refreshWindow({ root, state, drawn }, shown, parts) {
  const { layout, content, snapshot, inside, price } = shown;
  const { chart, film, words } = content;
  if (root.dataset.film === "awaited") return; // the picture of before stays until the next one has come
  const key = [shown.snapshotKey, state.store.sections.chart?.revision, state.store.window, layout, inside && price?.scale];
  once(drawn.keys, "window chart", key, () => {
    const edited = film && snapshot?.naive_price !== undefined;
    const range = inside && price ? { low: price.scale[0], high: price.scale[1] } : null;
    updateWindow(parts.window, {
      ...{ layout, em: layout.em, chart, words, range, cell: rowIn(content).cell },
      ...{ told: told(shown, state), was: edited ? film.meta.naive_price : null },
      start: film ? film.meta.window_start : withoutFilm(state, shown)[0],
    });
    if (!snapshot) moveWindow(parts.window, null);
  });
}

/**
 * What the chart of the window shows; without a film the series' last steps.
 * @param {Shown} shown @param {State} state @returns {Told}
 */
function told(shown, state) {
  const { snapshot } = shown;
  const { film, chart } = shown.content;
  if (film && snapshot) {
    const prices = snapshot.naive_price ?? film.meta.naive_price;
    const supposed = snapshot.supposed_from ?? Infinity; // what came belongs to another course of the series
    const came = film.meta.target_price.map((price, t) => (supposed <= t + 1 ? NaN : price));
    return { prices, said: snapshot.prediction_price, came };
  }
  const [start, length] = withoutFilm(state, shown);
  return { prices: chart.price.subarray(start, start + length), said: [], came: [] };
}

/**
 * The window that is to come: the app says it; else the series' last steps.
 * @param {State} state @param {Shown} shown
 */
function withoutFilm({ store }, { content }) {
  return store.window ?? [Math.max(0, content.chart.dates.length - WITHOUT), WITHOUT];
}

/** @param {Stage} stage @param {Shown} shown @param {Views} parts */
function refreshWide({ state, drawn }, { content, layout, theme }, parts) {
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
  const revisions = [sections.chart, sections.predictions, sections.forecast, sections.matches].map((each) => each?.revision);
  once(drawn.keys, "chart", [revisions, size, theme.name, content.film?.meta.cell, span, presses], () =>
    updateChart(parts.chart, content, size, theme, { span, presses }),
  );
}

/** @param {Shown} shown */
function alternative({ content }) {
  const { chart, film, words } = content;
  const last = chart.dates.length - 1;
  const from = film ? film.meta.window_start : last;
  const to = film ? from + film.meta.target.length - 1 : last;
  const line = seriesName(chart, words);
  const at = (/** @type {number} */ index) => date(chart.dates[index]);
  return fill(words.alt_chart, {
    title: chart.title,
    first: at(0),
    last: at(last),
    line,
    from: at(from),
    to: at(to),
  });
}
