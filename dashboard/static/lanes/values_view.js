/** At the playhead each lane says its number and what it means, in the dimmed future or, where that ends, left of it. */

import { el, px, setAttribute, setText } from "../shared/dom.js";
import { bandOf } from "./focus.js";
import { focusOf } from "./lanes_view.js";
import { rowMeaning } from "../stage/readout.js";
import { wear } from "../shared/coloured_number.js";

const ROOM = { wide: 12.6, stacked: 6.4 }; // em that a number and its words need

export function createValuesView() {
  return { node: el("div", { class: "gs-values", "aria-hidden": "true" }), items: /** @type {any} */ ({}) };
}

/** One place a lane, in the middle of the chosen unit's row. */
export function placeValues(view, what) {
  const { layout, lanes } = what;
  view.items = {};
  const rows = layout.rows.filter((row) => row.kind === "lane");
  view.node.replaceChildren(
    ...rows.map((row) => {
      const { top, height } = bandOf(focusOf(row, what), focusOf(row, what).chosen);
      const number = el("b", { class: "gs-number", "data-testid": `stage-value-${row.name}` });
      const meaning = el("span", { class: "gs-meaning", "data-testid": `stage-means-${row.name}` });
      const middle = Math.max(row.top + 9, Math.min(row.top + row.height - 9, row.top + top + height / 2));
      const node = el("div", { class: "gs-value-at", style: `top:${px(middle)}px` }, number, meaning);
      view.items[row.name] = { number, meaning, lane: lanes.find((lane) => lane.name === row.name) };
      return node;
    }),
  );
}

/**
 * @param {any} view @param {import("../cells/moment.js").Moment} moment
 * @param {{theme: any, words: Record<string, string>, short: boolean}} context short: a word each, for a phone
 */
export function updateValues(view, moment, { theme, words, short }) {
  for (const [name, { number, meaning, lane }] of Object.entries(view.items)) {
    const said = rowMeaning(name, moment, words, short);
    setText(number, said.number);
    setText(meaning, said.meaning);
    wear(number, moment.now[name], lane, theme);
  }
}

/** @param {number} x of the playhead in the lanes @param {any} layout @param {number} em */
export function moveValues({ node }, x, layout, em) {
  const room = em * (layout.stacked ? ROOM.stacked : ROOM.wide);
  setAttribute(node, "data-side", x + room <= layout.width ? "right" : "left");
  node.style.transform = `translateX(${px(x)}px)`;
}
