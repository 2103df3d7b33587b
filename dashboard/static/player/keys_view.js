/** The list of keys: `?` opens it, Escape closes it, and what had the focus has it again. */

import { el } from "../shared/dom.js";

/** Groups of keycaps, and the word that says what they do. */
const KEYS = [
  [["Space"], "keys_space"],
  [["←"], ["→"], "keys_step"],
  [["Home"], ["End"], "keys_ends"],
  [["↑"], ["↓"], "keys_unit"],
  [["Shift", "←"], ["Shift", "→"], "keys_epoch"],
  [["["], ["]"], "keys_speed"],
  [[","], ["."], "keys_substep"],
  [["?"], "keys_help_key"],
  [["Esc"], "keys_escape"],
];

/** @param {Record<string, string>} words */
export function createKeysView(words) {
  const close = el("button", { type: "button", class: "gs-chip", "data-testid": "stage-keys-close" }, words.keys_close);
  const rows = KEYS.map((row) => {
    const caps = /** @type {string[][]} */ (row.slice(0, -1)).map((keys) => keycaps(keys, words));
    const name = /** @type {string} */ (row.at(-1));
    // words: keys_space, keys_step, keys_ends, keys_unit, keys_epoch, keys_speed, keys_substep, keys_help_key, keys_escape
    return [el("dt", {}, ...caps), el("dd", {}, words[name])];
  });
  const title = el("h3", { id: "gs-keys-title" }, words.keys_title);
  const list = el("dl", {}, ...rows.flat());
  const head = el("header", {}, title, close);
  const attributes = { class: "gs-keys", "aria-labelledby": "gs-keys-title", "data-testid": "stage-keys-list" };
  const node = /** @type {HTMLDialogElement} */ (
    el("dialog", attributes, head, el("p", {}, words.keys_where), list)
  );
  close.addEventListener("click", () => node.close());
  node.addEventListener("click", (event) => event.target === node && node.close()); // beside the box
  node.addEventListener("keydown", (event) => event.stopPropagation()); // the stage does not play behind it
  return { node };
}

/** Keys that have a name are called by it. @param {string[]} keys @param {Record<string, string>} words */
const keycaps = (keys, words) =>
  el("span", { class: "gs-keys-group" }, ...keys.map((key) => el("kbd", {}, words[`keycap_${key}`] ?? key)));

/** The browser gives the focus back to what had it. @param {ReturnType<typeof createKeysView>} view */
export function openKeys({ node }) {
  if (!node.open) node.showModal();
}
