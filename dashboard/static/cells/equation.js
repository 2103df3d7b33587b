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
 * @typedef {{name: string, share: number, value: number}} Product share: a gate's number, or what it leaves of 1
 * @typedef {Object} Summed
 * @property {string} symbols
 * @property {(now: Numbers, before: Numbers) => Product[]} products of what was computed before it
 * @property {string | null} tanhOf the activation whose tanh is a factor
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

/** @param {string} symbols @param {Summed["products"]} products @param {string | null} [tanhOf] @returns {Summed} */
export const summed = (symbols, products, tanhOf = null) => ({ symbols, products, tanhOf });

/** @param {string} name @param {number} share @param {number} value @returns {Product} */
export const product = (name, share, value) => ({ name, share, value });

/** @param {Equation} equation @returns {equation is Summed} */
export const isSummed = (equation) => "products" in equation;

/** @param {Product[]} products */
export const totalOf = (products) => products.reduce((total, { share, value }) => total + share * value, 0);
