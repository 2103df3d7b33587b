/** What the tool "what if" says: what the forecast comes to, and which returns a changed price changes. No DOM. */

/**
 * @import {Filmed} from "../stage/parts.js"
 * @import {Words} from "../shared/message.js"
 * @import {WholeContent} from "../shared/store.js"
 * @import {ToolContext} from "../stage/parts.js"
 *
 * @typedef {Filmed["content"]} FilmedContent
 */

import { windowValues } from "./what_if.js";
import { amount, fill, form, longDate, signedAmount } from "../shared/format.js";
import { digitsFor } from "../shared/printed_digits.js";
import { seriesName, signedShare } from "../stage/input_words.js";

/**
 * The forecast after the window's last day: before, now, and naive; the difference comes out as printed.
 * @param {ToolContext} context @param {Words} words
 */
export function answerText({ content, original, snapshot }, words) {
  const { film, chart } = content;
  const last = snapshot.prediction_price.length - 1;
  const [was, is] = [original.prediction_price[last], snapshot.prediction_price[last]];
  const naive = (snapshot.naive_price ?? film.meta.naive_price)[last];
  const digits = digitsFor([was, is], ([before, now]) => now - before, is - was, { shown: chart.unit.decimals, fixed: true }).parts;
  const values = {
    ...{ was: amount(was, chart.unit, snapshot === original ? chart.unit.decimals : digits), is: amount(is, chart.unit, digits) },
    change: signedAmount(is - was, chart.unit).replace("\u2212", "\u2212\u2060"), // kept on one line
    naive: amount(naive, chart.unit),
    date: longDate(chart.dates[film.meta.window_start + last]),
  };
  const supposed = (snapshot.supposed_from ?? Infinity) <= last;
  const answer = fill(words[snapshot === original ? "answer_same" : "answer"], values);
  return supposed ? `${answer} ${words.answer_supposed}` : answer;
}

/** @param {Pick<WholeContent, "network">} content */
export const seesReturns = ({ network }) => Boolean(network?.inputs.includes("log_return"));

/**
 * A price stands in two returns. Of the day at the playhead, or else of the last one that was changed.
 * @param {FilmedContent} content @param {Record<number, number>} edits @param {import("../cells/moment.js").Moment} moment
 * @param {Record<string, string>} words
 */
export function returnsText(content, edits, moment, words) {
  const { film, chart } = content;
  const start = film.meta.window_start;
  const within = Object.keys(edits).map(Number).filter((day) => day >= start && day < start + moment.T); // prettier-ignore
  if (!seesReturns(content) || !within.length) return "";
  const day = within.includes(start + moment.t) ? start + moment.t : within[within.length - 1];
  const [was, is] = [windowValues(chart.price, day - 1, 3), windowValues(chart.price, day - 1, 3, edits)];
  /** @param {Float64Array} values @param {number} at */
  const change = (values, at) => signedShare(values[at] / values[at - 1] - 1);
  const isLast = day === start + moment.T - 1;
  const values = {
    ...{ date: longDate(chart.dates[day]), series: seriesName(chart, words) },
    ...{ own_was: change(was, 1), own_is: change(is, 1), next_was: change(was, 2), next_is: change(is, 2) },
  };
  return fill(words[isLast ? "returns_last" : "returns"], values);
}

/**
 * A layer is named only where there are several.
 * @param {{layers: number, layer: number, unit: number}} place @param {Words} words
 */
export const unitName = ({ layers, layer, unit }, words) =>
  fill(words[`clamp_unit_${form(layers)}`], { unit: unit + 1, layer: layer + 1 });
