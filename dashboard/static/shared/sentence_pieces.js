/**
 * A sentence with things in it that are no plain text: a letter's chip, a number in its colour, a term. `fill` makes
 * text of a template; `piecesOf` keeps what is put in apart.
 *
 * @typedef {Object} Piece
 * @property {string} text what it says, for ears too
 * @property {"text" | "letter" | "number" | "term" | "node"} kind
 * @property {string} [lane] whose letter or colour it has @property {number} [value] that the colour stands for
 * @property {string} [name] of a term @property {Node} [node] that is written to later
 */

/**
 * @param {string} template with {names} @param {Record<string, Piece | string | number>} values
 * @returns {Piece[]} neighbouring texts are one
 */
export function piecesOf(template, values) {
  /** @type {Piece[]} */
  const found = [];
  const add = (piece) => {
    const last = found[found.length - 1];
    if (piece.kind === "text" && last?.kind === "text") last.text += piece.text;
    else if (piece.text) found.push({ ...piece });
  };
  for (const [whole, before, name] of template.matchAll(/([^{]*)(?:\{(\w+)\})?/g)) {
    if (!whole) continue;
    add({ kind: "text", text: before });
    if (name !== undefined) add(asPiece(values[name] ?? `{${name}}`));
  }
  return found;
}

const asPiece = (value) => (typeof value === "object" ? value : { kind: "text", text: String(value) });

/** Read aloud or compared: a letter stands beside its word and is not read. @param {Piece[]} pieces */
export function textOf(pieces) {
  return pieces
    .map(({ kind, text }) => (kind === "letter" ? "" : text))
    .join("")
    .replace(/ {2,}/g, " ")
    .trim();
}
