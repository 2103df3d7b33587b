/** The ledger: one bar a unit, the rest in one, the bias; a click on a bar chooses the unit. */

import { el, setAttribute, setText } from "./dom.js";
import { amount, fill, signed } from "./format.js";
import { LISTED, entries } from "./ledger.js";

/** @param {(unit: number) => void} onUnit */
export function createLedgerView(onUnit) {
  const rows = Array.from({ length: LISTED + 2 }, () => createRow(onUnit));
  const total = el("b", { "data-testid": "stage-ledger-total" });
  const price = el("span", { class: "gs-ledger-price" });
  const name = el("span", {});
  const foot = el("div", { class: "gs-ledger-foot" }, name, price, total);
  const list = el("div", { class: "gs-ledger-rows", role: "list" }, ...rows.map((row) => row.node));
  return {
    node: el("div", { class: "gs-ledger-body" }, list, foot),
    list,
    rows,
    total,
    price,
    name,
    found: /** @type {import("./ledger.js").Entry[]} */ ([]),
  };
}

function createRow(onUnit) {
  const name = el("span", { class: "gs-ledger-name" });
  const bar = el("span", { class: "gs-ledger-bar" });
  const number = el("span", { class: "gs-ledger-number" });
  const track = el("span", { class: "gs-ledger-track" }, bar);
  const button = el("button", { type: "button", class: "gs-ledger-row" }, name, track, number);
  const row = { node: el("div", { role: "listitem" }, button), button, name, bar, number, unit: -1 };
  button.addEventListener("click", () => row.unit >= 0 && onUnit(row.unit));
  return row;
}

/**
 * @param {ReturnType<typeof createLedgerView>} view
 * @param {{weight: Float32Array, hidden: ArrayLike<number>, bias: number, order: number[], scale: number}} sum
 * @param {import("./moment.js").Moment} moment
 * @param {{words: Record<string, string>, unit: any, chosen: number}} context `chosen`: unit outlined, -1 for none
 */
export function updateLedger(view, sum, moment, { words, unit, chosen }) {
  const found = entries(sum.weight, sum.hidden, sum.bias, sum.order);
  view.rows.forEach((row, index) => showRow(row, found[index], sum.scale, words, chosen));
  setText(view.name, words.total);
  setText(view.price, `→ ${amount(moment.predictionPrice, unit)}`);
  setText(view.total, signed(moment.prediction));
  view.found = found;
}

/** The bars in words. @param {any} view @param {{t: number}} moment @param {Record<string, string>} words */
export function describeLedger(view, moment, words) {
  const numbers = view.found.map((entry) => `${nameOf(entry, words)} ${signed(entry.value)}`).join(", ");
  setAttribute(view.list, "aria-label", fill(words.alt_ledger, { t: moment.t + 1, numbers }));
}

function showRow(row, entry, scale, words, chosen) {
  row.node.hidden = !entry;
  if (!entry) return;
  row.unit = entry.unit;
  setAttribute(row.node, "data-unit", entry.unit);
  setText(row.name, nameOf(entry, words));
  setText(row.number, signed(entry.value));
  const share = Math.min(1, Math.abs(entry.value) / scale) * 50;
  row.bar.style.width = `${share.toFixed(2)}%`;
  row.bar.style.left = `${(entry.value < 0 ? 50 - share : 50).toFixed(2)}%`;
  row.bar.dataset.sign = entry.value < 0 ? "minus" : "plus";
  row.button.disabled = entry.unit < 0;
  row.button.classList.toggle("gs-chosen", entry.unit >= 0 && entry.unit === chosen);
  setAttribute(row.node, "data-testid", `stage-ledger-${entry.kind}${entry.unit < 0 ? "" : `-${entry.unit}`}`);
}

function nameOf(entry, words) {
  if (entry.kind === "unit") return fill(words.unit, { unit: entry.unit + 1 });
  return entry.kind === "bias" ? words.bias : fill(words.others, { count: entry.count });
}
