/** The words left of the rows: a letter never stands alone, and what the row is for stands under its name. */

/**
 * @import {Lane} from "./lanes.js"
 * @import {Layout, Row} from "./layout.js"
 * @import {Words} from "../shared/message.js"
 */

import { el } from "../shared/dom.js";
import { wordOf } from "../cells/cells.js";
import { symbolOf } from "./lanes.js";
import { letter } from "../shared/symbol.js";
import { term } from "../shared/words_view.js";

const ROOMY = 11; // em of gutter from which on names are whole and say what they are for
const TWO_LINES = 2.3; // em of a row and the gap to the next: below it a name stands alone, so that no two touch

/**
 * @param {{labels: HTMLElement}} view
 * @param {import("./layout.js").Layout} layout
 * @param {import("./lanes.js").Lane[]} lanes
 * @param {Record<string, string>} words
 * @param {string} cell
 */
export function labelLanes(view, layout, lanes, words, cell) {
  view.labels.replaceChildren(...layout.rows.map((row) => label(row, lanes, words, cell, layout)));
}

/** @param {Row} row @param {Lane[]} lanes @param {Words} words @param {string} cell @param {Layout} layout */
function label(row, lanes, words, cell, { gutter, gap, em }) {
  const isRoomy = gutter >= ROOMY * em;
  const isLow = row.height + gap < TWO_LINES * em;
  const lane = lanes.find((each) => each.name === row.name);
  const symbol = lane?.symbol ?? symbolOf(row.name, cell, words);
  // words: price_row, mattered_row, memory_row, norms_row, {activation}, inputs, prediction, change
  const whole = words[`${row.kind}_row`] ?? words[row.name];
  // words: mattered_short, norms_short
  const short = words[`${row.kind}_short`] ?? whole;
  // words: {activation}_name, inputs_name, prediction_name
  const name = isRoomy ? (words[`${row.name}_name`] ?? (isLow ? short : whole)) : short;
  // words: {activation}_meaning, inputs_meaning, prediction_meaning
  const meaning = isRoomy && !isLow ? wordOf(words, `${row.name}_meaning`, cell) : undefined;
  return el(
    "div",
    { class: `gs-lane-label gs-lane-label-${row.kind}`, style: `top:${row.top + row.height / 2}px` },
    letter(symbol, lane ? (lane.signed ? "signed" : "share") : "plain"),
    el(
      "span",
      { class: "gs-lane-words" },
      term(row.name, name, cell, words),
      ...(meaning ? [el("span", { class: "gs-lane-meaning" }, meaning)] : []),
    ),
  );
}
