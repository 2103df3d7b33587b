/** What is one click away: rows that open, each with a word on the right that needs no opening. */

import { el, setText, svg } from "./dom.js";

/** @typedef {"verdict" | "losses" | "ledger" | "more" | "equations"} Name */

/**
 * @param {Name} name @param {string} title @param {(open: boolean) => void} onToggle
 * @param {...Node} children of the body
 */
export function createRow(name, title, onToggle, ...children) {
  const aside = el("span", { class: "gs-row-aside", "data-testid": `stage-${name}-aside` });
  const between = el("span", { class: "gs-row-between" });
  const arrow = svg("svg", { class: "gs-row-arrow", viewBox: "0 0 8 12", "aria-hidden": "true" }, svg("path", { d: "M2 1l5 5-5 5" }));
  const summary = el("summary", {}, arrow, el("span", { class: "gs-row-title" }, title), between, aside);
  const body = el("div", { class: "gs-row-body" }, ...children);
  const node = /** @type {HTMLDetailsElement} */ (
    el("details", { class: `gs-fold gs-fold-${name}`, "data-testid": `stage-${name}` }, summary, body)
  );
  summary.addEventListener("click", (event) => {
    event.preventDefault(); // whether it is open is the person's choice, kept with the others
    onToggle(!node.open);
  });
  return { node, aside, between, body };
}

/** @param {ReturnType<typeof createRow>} row @param {boolean} open @param {string} [aside] */
export function showRow(row, open, aside) {
  if (row.node.open !== open) row.node.open = open;
  if (aside !== undefined) setText(row.aside, aside);
}
