/**
 * Colour means one thing: sequential for shares in [0, 1], diverging around 0 for signed values.
 * Ramps run straight through OKLab, so that equal steps of a value look equally large.
 */

const STEPS = 256;

/**
 * @typedef {Object} Ramp
 * @property {Uint32Array} lut 256 colours as little-endian RGBA
 * @property {number[][]} rgb the same as [r, g, b]
 */

/** @param {string[]} anchors hex colours, evenly spaced @returns {Ramp} */
export function ramp(anchors) {
  const points = anchors.map((hex) => toOklab(parseHex(hex)));
  const rgb = Array.from({ length: STEPS }, (_, index) => toRgb(between(points, index / (STEPS - 1))));
  const lut = new Uint32Array(rgb.map(([r, g, b]) => ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0));
  return { lut, rgb };
}

/**
 * Place of a value on a ramp that runs from low to high; what lies beyond is clamped.
 * @param {number} value @param {number} low @param {number} high
 */
export function level(value, low, high) {
  if (!(value > low)) return 0; // NaN too
  return value >= high ? STEPS - 1 : Math.round(((value - low) / (high - low)) * (STEPS - 1));
}

/** @param {Ramp} colours @param {number} value @param {number} low @param {number} high @returns {string} */
export function css(colours, value, low, high) {
  return `rgb(${colours.rgb[level(value, low, high)].join(" ")})`;
}

/** Black or white ink, whichever reads better on this colour. @param {number[]} rgb */
export function inkOn(rgb) {
  const light = luminance(rgb);
  return 1.05 / (light + 0.05) >= (light + 0.05) / 0.05 ? "#FFFFFF" : "#000000";
}

/** WCAG relative luminance. @param {number[]} rgb */
export function luminance(rgb) {
  const [r, g, b] = rgb.map((each) => linear(each / 255));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** WCAG contrast ratio, 1 to 21. @param {number[]} a @param {number[]} b */
export function contrast(a, b) {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

/** @param {string} hex "#RRGGBB" @returns {number[]} */
export function parseHex(hex) {
  return [1, 3, 5].map((start) => parseInt(hex.trim().slice(start, start + 2), 16));
}

/** @param {number[][]} points @param {number} share */
function between(points, share) {
  const place = share * (points.length - 1);
  const left = Math.min(points.length - 2, Math.floor(place));
  return points[left].map((each, index) => each + (place - left) * (points[left + 1][index] - each));
}

/** @param {number} channel */
function linear(channel) {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}

/** @param {number} channel */
function companded(channel) {
  return channel <= 0.0031308 ? channel * 12.92 : 1.055 * channel ** (1 / 2.4) - 0.055;
}

/** @param {number[]} rgb */
function toOklab(rgb) {
  const [r, g, b] = rgb.map((each) => linear(each / 255));
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** @param {number[]} lab */
function toRgb([lightness, a, b]) {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ].map((each) => Math.round(255 * Math.max(0, Math.min(1, companded(each)))));
}

/** A colour with an opacity, as Plotly takes it. @param {string} hex @param {number} opacity */
export function alpha(hex, opacity) {
  return `rgba(${parseHex(hex).join(",")},${opacity})`;
}
