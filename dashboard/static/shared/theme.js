/** Colours as the style sheet has them now. Streamlit's background decides between light and dark. */

import { luminance, parseHex, ramp } from "./palette.js";

const TOKENS = [
  "lstm",
  "price",
  "naive",
  "accent",
  "text",
  "muted",
  "background",
  "panel",
  "hairline",
  "train",
];
const BANDS = ["band-train", "band-validation", "band-test"];

/**
 * @typedef {Object} Theme
 * @property {boolean} dark
 * @property {Record<string, string>} colour
 * @property {import("./palette.js").Ramp} shares for values in [0, 1]
 * @property {import("./palette.js").Ramp} signed for values around 0
 * @property {import("./palette.js").Ramp} weights for what was learnt: no activation has these colours
 * @property {string} font @property {string} mono
 * @property {string} name changes when anything above does
 */

/**
 * Marks the root as light or dark, then reads what the style sheet makes of it.
 * @param {HTMLElement} root
 * @returns {Theme}
 */
function readTheme(root) {
  const dark = isDark(getComputedStyle(root).getPropertyValue("--st-background-color"));
  root.dataset.theme = dark ? "dark" : "light";
  const style = getComputedStyle(root);
  /** @param {string} name */
  const token = (name) => style.getPropertyValue(`--gs-${name}`).trim();
  const colour = Object.fromEntries([...TOKENS, ...BANDS].map((name) => [name, token(name)]));
  const [font, mono] = [style.fontFamily, token("mono") || "monospace"];
  return {
    ...{ dark, colour, font, mono },
    shares: ramp([token("share-low"), token("share-middle"), token("share-high")]),
    signed: ramp([token("signed-low"), token("signed-zero"), token("signed-high")]),
    weights: ramp([token("weight-low"), token("weight-zero"), token("weight-high")]),
    name: JSON.stringify([dark, colour, font]),
  };
}

/** A cell's colour. @param {Pick<import("./message.js").CellRow, "colours">} row @param {Theme} theme */
export const colourOf = ({ colours }, { dark }) => colours[dark ? "dark" : "light"];

/** @type {WeakMap<HTMLElement, {theme: Theme, background: string}>} */ const read = new WeakMap();

/**
 * What the style sheet says, read again only when Streamlit's background changed: reading styles costs.
 * @param {HTMLElement} root @returns {Theme}
 */
export function themeOf(root) {
  const background = getComputedStyle(root).getPropertyValue("--st-background-color");
  const before = read.get(root);
  if (before?.background === background) return before.theme;
  const theme = readTheme(root);
  read.set(root, { theme, background });
  return theme;
}

/** @param {string} background */
function isDark(background) {
  const text = background.trim();
  if (/^#[0-9a-f]{6}/i.test(text)) return luminance(parseHex(text)) < 0.2;
  return window.matchMedia("(prefers-color-scheme: dark)").matches;
}
