/**
 * Focus and context: in a lane the chosen unit's row is tall enough to be read, the others share what is left. Rows are
 * counted from the lane's top, in the order in which they are drawn. No DOM.
 *
 * @typedef {{height: number, hidden: number, chosen: number, tall: number, thin: number}} Focus
 */

const TIMES = 5; // as high as another row, where there is room

/**
 * @param {number} height of the lane @param {number} hidden how many rows @param {number} chosen the tall one
 * @param {number} [least] pixels that the tall row has at the least
 * @returns {Focus}
 */
export function focusOn(height, hidden, chosen, least = 0) {
  const tall = hidden > 1 ? Math.min(height / 2, Math.max(least, (TIMES * height) / (hidden - 1 + TIMES))) : height;
  return { height, hidden, chosen, tall, thin: hidden > 1 ? (height - tall) / (hidden - 1) : 0 };
}

/**
 * Where a row lies, from the lane's top.
 * @param {Focus} focus @param {number} row @returns {{top: number, height: number}}
 */
export function bandOf({ chosen, tall, thin }, row) {
  return { top: row * thin + (row > chosen ? tall - thin : 0), height: row === chosen ? tall : thin };
}

/** The row under y. @param {Focus} focus @param {number} y from the lane's top */
export function rowUnder({ hidden, chosen, tall, thin }, y) {
  const before = chosen * thin;
  if (y >= before && y < before + tall) return chosen;
  const row = y < before ? Math.floor(y / thin) : chosen + 1 + Math.floor((y - before - tall) / thin);
  return Math.max(0, Math.min(hidden - 1, row));
}
