/**
 * What the colours mean: one bar for shares, one for signed values. The bounds, and what is clamped, are one touch away.
 */

/**
 * @import {Theme} from "../shared/theme.js"
 * @import {Lane} from "./lanes.js"
 * @import {Words} from "../shared/message.js"
 * @import {Ramp} from "../shared/palette.js"
 */

import { el } from "../shared/dom.js";
import { counted, fill, plain, significant } from "../shared/format.js";
import { term } from "../shared/words_view.js";

/**
 * @param {import("./lanes.js").Lane[]} lanes @param {Theme} theme @param {Record<string, string>} words
 * @param {{hidden: number, unit: number, cell: string} | null} [rows] how many there are, and which is the wide one
 * @param {number | null} [gradient] what the darkest colour of the gradients' strip stands for
 */
export function legends(lanes, theme, words, rows = null, gradient = null) {
  const shares = lanes.filter((lane) => !lane.signed);
  const values = lanes.filter((lane) => lane.signed);
  const found = [];
  if (shares.length) found.push(legend("gates", theme.shares, words, boundsText("gates", shares, words)));
  if (values.length) found.push(legend("values", theme.signed, words, boundsText("values", values, words)));
  if (gradient !== null) {
    const ends = [`\u2212${significant(gradient, 2)}`, `+${significant(gradient, 2)}`];
    found.push(legend("mattered", theme.signed, words, words.legend_mattered_bounds, ends));
  }
  return rows ? [...found, rowsLegend(rows, words)] : found;
}

/** @param {string} name @param {Ramp} ramp @param {Words} words @param {string} bounds @param {string[]} [ends] */
function legend(name, ramp, words, bounds, ends = ["low", "high"].map((end) => words[`legend_${name}_${end}`])) {
  const stops = ramp.rgb.filter((_, index) => index % 51 === 0).map((rgb) => `rgb(${rgb.join(" ")})`);
  const bar = el("span", { class: "gs-legend-bar", style: `background:linear-gradient(90deg, ${stops.join(",")})` });
  const title = term(`legend_${name}`, words[`legend_${name}`], "", { [`term_legend_${name}`]: bounds });
  const [low, high] = ends.map((end) => el("span", {}, end));
  return el("span", { class: "gs-legend", "data-testid": `stage-legend-${name}` }, title, low, bar, high);
}

/**
 * f i o from 0 to 1; the cell state's own bound, and what lies beyond it.
 * @param {string} name @param {Lane[]} lanes @param {Words} words
 */
function boundsText(name, lanes, words) {
  const clamped = lanes.find((lane) => lane.name === "cell_state");
  const others = lanes.filter((lane) => lane !== clamped).map((lane) => lane.symbol);
  const sentence = fill(words[`legend_${name}_bounds`], { symbols: others.join(", ") });
  return clamped
    ? `${sentence} ${fill(words.legend_clamped, { symbol: clamped.symbol, bound: plain(clamped.high, 2) })}`
    : sentence;
}

/** @param {{hidden: number, unit: number, cell: string}} rows @param {Words} words */
function rowsLegend({ hidden, unit, cell }, words) {
  const count = counted(words, "legend_rows", hidden);
  const wide = term("wide", fill(words.legend_wide, { unit: unit + 1 }), cell, words);
  wide.classList.add("gs-is-lstm");
  return el("span", { class: "gs-legend gs-legend-rows" }, count, ...(hidden > 1 ? ["; ", wide] : []));
}
