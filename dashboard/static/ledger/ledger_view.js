/** The ledger: one bar a unit of the top layer, the rest in one, the bias; a click on a bar chooses layer and unit. */

/**
 * @import {Entry} from "./ledger.js"
 * @import {Shares} from "./ledger_price.js"
 * @import {Unit, Words} from "../shared/message.js"
 *
 * @typedef {ReturnType<typeof createRow>} LedgerRow
 */

import { el, setAttribute, setText } from "../shared/dom.js";
import { amount, fill, signed, signedAmount } from "../shared/format.js";
import { LISTED, entries } from "./ledger.js";
import { moneyDigits, worthOf } from "./ledger_price.js";
import { digitsFor, sum as added } from "../shared/printed_digits.js";

/** @param {(unit: number) => void} onUnit */
export function createLedgerView(onUnit) {
  const rows = Array.from({ length: LISTED + 3 }, () => createRow(onUnit));
  const total = el("b", { "data-testid": "stage-ledger-total" });
  const price = el("span", { class: "gs-ledger-price" });
  const name = el("span", {});
  const foot = el("div", { class: "gs-ledger-foot" }, name, price, total);
  const list = el("div", { class: "gs-ledger-rows", role: "list" }, ...rows.map((row) => row.node));
  const whose = el("p", { class: "gs-hint", "data-testid": "stage-ledger-layer" });
  return {
    node: el("div", { class: "gs-ledger-body" }, whose, list, foot),
    whose,
    list,
    rows,
    total,
    price,
    name,
    found: /** @type {import("./ledger.js").Entry[]} */ ([]),
  };
}

/** @param {(unit: number) => void} onUnit */
function createRow(onUnit) {
  const name = el("span", { class: "gs-ledger-name" });
  const bar = el("span", { class: "gs-ledger-bar" });
  const number = el("span", { class: "gs-ledger-number" });
  const track = el("span", { class: "gs-ledger-track" }, bar);
  const money = el("span", { class: "gs-ledger-money" });
  const button = el("button", { type: "button", class: "gs-ledger-row" }, name, track, number, money);
  const row = { node: el("div", { role: "listitem" }, button), button, name, bar, number, money, unit: -1 };
  button.addEventListener("click", () => row.unit >= 0 && onUnit(row.unit));
  return row;
}

/**
 * @param {ReturnType<typeof createLedgerView>} view
 * @param {{weight: Float32Array, hidden: ArrayLike<number>, bias: number, order: number[], scale: number}} sum
 * @param {import("../cells/moment.js").Moment} moment
 * @param {{words: Record<string, string>, unit: Unit, chosen: number, shares: Shares | null, target?: string}} context
 *   `chosen`: unit outlined, -1 for none; `shares`: what an entry is worth in the series' unit, where that is known
 */
export function updateLedger(view, sum, moment, { words, unit, chosen, shares, target }) {
  const found = entries(sum.weight, sum.hidden, sum.bias, sum.order);
  /** @type {Entry[]} */
  const listed = shares?.base ? [...found, { kind: "base", unit: -1, count: 0, value: 0 }] : found;
  const naming = { ...words, base: words[`base_${target}`] };
  setText(view.whose, moment.layers > 1 ? fill(words[moment.layer === moment.layers - 1 ? "ledger_layer" : "ledger_layer_elsewhere"], moment) : "");
  view.whose.hidden = moment.layers === 1;
  const digits = digitsFor(
    found.map((each) => each.value),
    added,
    moment.prediction,
  );
  const money = shares && moneyDigits(found, shares, moment.predictionPrice, unit.decimals);
  setAttribute(view.node, "data-money", String(Boolean(shares)));
  view.rows.forEach((row, index) => {
    showRow(row, listed[index], sum.scale, naming, chosen, digits.parts);
    if (listed[index]) setText(row.money, shares && money ? moneyOf(listed[index], shares, unit, money.parts) : "");
  });
  const longest = Math.max(...view.rows.map(({ money: { textContent } }) => textContent?.length ?? 0));
  view.node.style.setProperty("--gs-money", String(longest + 2)); // letters that a column has room for
  setText(view.name, words.total);
  setText(view.price, `→ ${amount(moment.predictionPrice, unit, money?.value)}`);
  setText(view.total, signed(moment.prediction, digits.value));
  view.found = found;
}

/** @param {Entry} entry @param {Shares} shares @param {Unit} unit @param {number} decimals */
function moneyOf(entry, shares, unit, decimals) {
  if (entry.kind === "base") return amount(shares.base, unit, decimals);
  return signedAmount(worthOf(entry, shares), unit, decimals);
}

/**
 * The bars in words.
 * @param {ReturnType<typeof createLedgerView>} view @param {{t: number}} moment @param {Record<string, string>} words
 */
export function describeLedger(view, moment, words) {
  const numbers = view.found.map((entry) => `${nameOf(entry, words)} ${signed(entry.value)}`).join(", ");
  setAttribute(view.list, "aria-label", fill(words.alt_ledger, { t: moment.t + 1, numbers }));
}

/**
 * @param {LedgerRow} row @param {Entry | undefined} entry @param {number} scale @param {Words} words
 * @param {number} chosen @param {number} decimals
 */
function showRow(row, entry, scale, words, chosen, decimals) {
  row.node.hidden = !entry;
  if (!entry) return;
  row.unit = entry.unit;
  setAttribute(row.node, "data-unit", entry.unit);
  setText(row.name, nameOf(entry, words));
  setText(row.number, entry.kind === "base" ? "" : signed(entry.value, decimals));
  const share = Math.min(1, Math.abs(entry.value) / scale) * 50;
  row.bar.style.width = `${share.toFixed(2)}%`;
  row.bar.style.left = `${(entry.value < 0 ? 50 - share : 50).toFixed(2)}%`;
  row.bar.dataset.sign = entry.value < 0 ? "minus" : "plus";
  row.button.disabled = entry.unit < 0;
  row.button.classList.toggle("gs-chosen", entry.unit >= 0 && entry.unit === chosen);
  setAttribute(row.node, "data-testid", `stage-ledger-${entry.kind}${entry.unit < 0 ? "" : `-${entry.unit}`}`);
}

/** @param {Entry} entry @param {Words} words */
function nameOf(entry, words) {
  if (entry.kind === "unit") return fill(words.unit, { unit: entry.unit + 1 });
  // words: bias
  return words[entry.kind] && entry.kind !== "others" ? words[entry.kind] : fill(words.others, { count: entry.count });
}
