/** The little DOM work that every view needs. */

const SVG = "http://www.w3.org/2000/svg";
const TEXT = 3; // a node's type

/** @typedef {Record<string, string | number | boolean | null | undefined>} Attributes null and undefined: none */

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag @param {Attributes} [attributes] @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function el(tag, attributes = {}, ...children) {
  return build(document.createElement(tag), attributes, children);
}

/**
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag @param {Attributes} [attributes] @param {...(Node | string)} children
 * @returns {SVGElementTagNameMap[Tag]}
 */
export function svg(tag, attributes = {}, ...children) {
  return build(document.createElementNS(SVG, tag), attributes, children);
}

/**
 * @template {Element} Made
 * @param {Made} node @param {Attributes} attributes @param {(Node | string)[]} children
 * @returns {Made}
 */
function build(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) node.setAttribute(name, String(value));
  }
  node.append(...children);
  return node;
}

/** A small button. @param {string} text @param {string} testid @param {() => void} onPress */
export function chip(text, testid, onPress) {
  const button = el("button", { type: "button", class: "gs-chip", "data-testid": testid }, text);
  button.addEventListener("click", onPress);
  return button;
}

/**
 * Makes a part of the page anew; what had the focus there has it again, if there still is such a thing.
 * @param {HTMLElement} root @param {() => void} remake
 */
export function keepFocus(root, remake) {
  const { activeElement } = document;
  const name = root.contains(activeElement) ? activeElement?.getAttribute("data-testid") : null;
  remake();
  if (name) /** @type {HTMLElement | null} */ (root.querySelector(`[data-testid="${name}"]`))?.focus();
}

const written = new WeakMap();

/**
 * Writes only what differs from what was written last: most frames change nothing. A text that is there changes what it
 * says: taken out and put in anew, it would have the browser look at all that lies around it.
 * @param {Element} node
 * @param {string} text
 */
export function setText(node, text) {
  if (written.get(node) === text) return;
  written.set(node, text);
  const { firstChild: only } = node;
  if (text && only?.nodeType === TEXT && !only.nextSibling) only.nodeValue = text;
  else node.textContent = text;
}

/** @param {Element} node @param {string} name @param {string | number | boolean} value */
export function setAttribute(node, name, value) {
  if (node.getAttribute(name) !== String(value)) node.setAttribute(name, String(value));
}

/** @param {number} value pixel, to a tenth */
export function px(value) {
  return Math.round(value * 10) / 10;
}

/**
 * A canvas of this size in CSS pixels, sharp on this screen; answers its context, scaled.
 * @param {HTMLCanvasElement} canvas @param {number} width @param {number} height @returns {CanvasRenderingContext2D}
 */
export function sized(canvas, width, height) {
  const ratio = window.devicePixelRatio || 1;
  const [w, h] = [Math.max(1, Math.round(width * ratio)), Math.max(1, Math.round(height * ratio))];
  if (canvas.width !== w) canvas.width = w;
  if (canvas.height !== h) canvas.height = h;
  const context = contextOf(canvas);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}

/** A canvas draws in one way only, ours in this one. @param {HTMLCanvasElement} canvas */
export const contextOf = (canvas) => /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
