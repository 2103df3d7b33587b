/** A sentence's pieces as nodes: letters as chips, numbers in their cell's colour, terms that explain themselves. */

import { el } from "./dom.js";
import { kindOf, letter } from "./letter.js";
import { wear } from "./wear.js";
import { term } from "./words_view.js";

/**
 * @param {import("./pieces.js").Piece[]} pieces
 * @param {{words: Record<string, string>, cell: string, lanes?: any[], theme?: any}} context lanes and theme for numbers
 * @returns {(Node | string)[]}
 */
export function pieceNodes(pieces, context) {
  return pieces.map((piece) => NODES[piece.kind](piece, context));
}

const NODES = {
  text: ({ text }) => text,
  letter: ({ text, lane }) => letter(text, kindOf(lane)),
  number: ({ text, lane: name, value }, { lanes, theme }) => {
    const node = el("b", { class: "gs-number", "data-lane": name }, text);
    const lane = lanes.find((each) => each.name === name);
    if (lane) wear(node, value, lane, theme);
    return node;
  },
  term: ({ text, name }, { words, cell }) => term(name, text, cell, words),
  node: ({ node }) => node,
};
