/** What is seldom chosen, behind three dots. */

import { el, setAttribute } from "../shared/dom.js";

/** @param {Record<string, string>} words @param {...HTMLElement} items */
export function createMenu(words, ...items) {
  const panel = el("div", { class: "gs-menu-panel", id: "gs-menu-panel" }, ...items);
  panel.hidden = true;
  const attributes = { type: "button", class: "gs-button gs-menu-button", "aria-label": words.menu, title: words.menu };
  const button = el(
    "button",
    { ...attributes, "aria-expanded": "false", "aria-controls": panel.id, "data-testid": "stage-menu" },
    "⋯",
  );
  const node = el("div", { class: "gs-menu" }, button, panel);
  /** @param {boolean} open */
  const show = (open) => {
    panel.hidden = !open;
    setAttribute(button, "aria-expanded", String(open));
  };
  button.addEventListener("click", () => show(panel.hidden));
  node.addEventListener("focusout", (event) => node.contains(/** @type {Node | null} */ (event.relatedTarget)) || show(false));
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || panel.hidden) return;
    event.stopPropagation();
    show(false);
    button.focus();
  });
  panel.addEventListener("click", () => show(false));
  return { node, panel };
}
