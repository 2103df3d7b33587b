/** The words left of the rows: a letter never stands alone, and what the row is for stands under its name. */

import { el } from "./dom.js";
import { letter } from "./letter.js";
import { term } from "./words_view.js";

const ROOMY = 130; // pixels of gutter from which on names are whole and say what they are for

/**
 * @param {any} view
 * @param {import("./layout.js").Layout} layout
 * @param {import("./lanes.js").Lane[]} lanes
 * @param {Record<string, string>} words
 * @param {string} cell
 */
export function labelLanes(view, layout, lanes, words, cell) {
  const isRoomy = layout.gutter >= ROOMY;
  view.labels.replaceChildren(...layout.rows.map((row) => label(row, lanes, words, cell, isRoomy)));
}

function label(row, lanes, words, cell, isRoomy) {
  const lane = lanes.find((each) => each.name === row.name);
  const symbol = lane?.symbol ?? words[`${row.name}_symbol_${cell}`] ?? words[`${row.name}_symbol`];
  const short = words[`${row.kind}_row`] ?? words[row.name];
  const name = isRoomy ? (words[`${row.name}_name`] ?? short) : short;
  const meaning = isRoomy ? (words[`${row.name}_meaning_${cell}`] ?? words[`${row.name}_meaning`]) : undefined;
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
