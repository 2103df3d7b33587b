/** A sentence's pieces as nodes: letters as chips, numbers in their cell's colour, terms that explain themselves. */

import { el, setText } from "./dom.js";
import { kindOf, letter } from "./symbol.js";
import { wear } from "./coloured_number.js";
import { term } from "./words_view.js";

/**
 * @param {import("./sentence_pieces.js").Piece[]} pieces
 * @param {{words: Record<string, string>, cell: string, lanes?: any[], theme?: any}} context lanes and theme for numbers
 * @returns {(Node | string)[]}
 */
export function pieceNodes(pieces, context) {
  return pieces.map((piece) => NODES[piece.kind](piece, context));
}

/** What decides the nodes of a sentence; texts and numbers in it may change. */
const builtOf = (pieces) => JSON.stringify(pieces.map(({ kind, text, lane, name }) => [kind, lane, name, kind in CHANGES || text]));

/** @type {WeakMap<Element, string>} */
const built = new WeakMap();

/**
 * A sentence that changes with every timestep: of the same build, its nodes stay and say something else.
 * @param {Element} parent that holds nothing else @param {import("./sentence_pieces.js").Piece[]} pieces @param {any} context as above
 */
export function showPieces(parent, pieces, context) {
  const build = builtOf(pieces);
  if (built.get(parent) === build) return pieces.forEach((piece, at) => CHANGES[piece.kind]?.(parent.childNodes[at], piece, context));
  built.set(parent, build);
  parent.replaceChildren(...pieceNodes(pieces, context));
}

const CHANGES = {
  text: (node, { text }) => node.nodeValue !== text && (node.nodeValue = text),
  number: (node, piece, context) => {
    setText(node, piece.text);
    wearLane(node, piece, context);
  },
};

function wearLane(node, { lane: name, value }, { lanes, theme }) {
  const lane = lanes.find((each) => each.name === name);
  if (lane) wear(node, value, lane, theme);
}

const NODES = {
  text: ({ text }) => text,
  letter: ({ text, lane }) => letter(text, kindOf(lane)),
  number: (piece, context) => {
    const node = el("b", { class: "gs-number", "data-lane": piece.lane }, piece.text);
    wearLane(node, piece, context);
    return node;
  },
  term: ({ text, name }, { words, cell }) => term(name, text, cell, words),
  node: ({ node }) => node,
};
