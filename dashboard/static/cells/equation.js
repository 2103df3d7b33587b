/**
 * What an activation is made of: an affine map through a curve, or a sum of products. What the browser computes of it
 * (network.js) and what it prints of it come from the same equation.
 *
 * @typedef {Record<string, number>} Numbers of one unit, by activation
 * @typedef {{weight: string, sees: "before" | "now"}} Peephole a weight of the unit's own, and which cell state it is for
 * @typedef {Object} Squashed
 * @property {"σ" | "tanh"} curve @property {string} inside in symbols
 * @property {string | null} resetBy the gate by which all that comes from h′ is multiplied
 * @property {Peephole | null} peephole
 * @typedef {{of: string, when: "before" | "now", as: "itself" | "rest" | "tanh"}} Factor rest: what it leaves of 1
 * @typedef {{name: string, share: Factor, value: Factor}} Product
 * @typedef {{symbols: string, products: Product[]}} Summed
 * @typedef {Squashed | Summed} Equation
 */

/** sigmoid, exact at both ends. @param {number} x */
export const sigmoid = (x) => 1 / (1 + Math.exp(-x));

/** What a curve makes of a number. @type {Record<string, (value: number) => number>} */
export const CURVES = { σ: sigmoid, tanh: Math.tanh };

/** @param {"σ" | "tanh"} curve @param {Partial<Squashed>} [others] @returns {Squashed} */
export const squashed = (curve, { inside = "W·x + U·h′ + b", resetBy = null, peephole = null } = {}) => ({
  ...{ curve, inside, resetBy, peephole },
});

/** @param {string} symbols @param {...Product} products of what is computed before it @returns {Summed} */
export const summed = (symbols, ...products) => ({ symbols, products });

/** @param {string} name @param {Factor} share @param {Factor} value @returns {Product} */
export const product = (name, share, value) => ({ name, share, value });

/** @param {string} of @returns {Factor} */
export const now = (of) => ({ of, when: "now", as: "itself" });
/** @param {string} of @returns {Factor} */
export const before = (of) => ({ of, when: "before", as: "itself" });
/** @param {string} of @returns {Factor} */
export const rest = (of) => ({ of, when: "now", as: "rest" });
/** @param {string} of @returns {Factor} */
export const tanh = (of) => ({ of, when: "now", as: "tanh" });

/** What a factor makes of the number that it is of. @type {Record<Factor["as"], (value: number) => number>} */
export const MAKES = { itself: (value) => value, rest: (value) => 1 - value, tanh: Math.tanh };

/** @param {Equation} equation @returns {equation is Summed} */
export const isSummed = (equation) => "products" in equation;

/**
 * The products of one unit in numbers.
 * @param {Summed} equation @param {{now: Numbers, before: Numbers}} moment
 * @returns {{name: string, share: number, value: number}[]}
 */
export function productsIn({ products }, moment) {
  /** @param {Factor} factor */
  const numberOf = ({ of, when, as }) => MAKES[as](moment[when][of]);
  return products.map(({ name, share, value }) => ({ name, share: numberOf(share), value: numberOf(value) }));
}
