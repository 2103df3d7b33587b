/** Whoever works out what is printed gets what is printed: for random networks of every cell, one to three layers deep. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { equationLines, equationOf, explain, focusesOf, gateLine, product } from "../../dashboard/static/cells/equations.js";
import { digitsApart, digitsFor } from "../../dashboard/static/shared/printed_digits.js";
import { substepSentence } from "../../dashboard/static/cells/substeps.js";
import { listOf, whyOf } from "../../dashboard/static/inside/why.js";
import { added, decimal, multiplied, numberOf, roundsTo, workedOut } from "./decimals.mjs";
import { places, skip } from "./random_networks.mjs";
import { only, words } from "./samples.mjs";

const curve = { σ: (value) => 1 / (1 + Math.exp(-value)), tanh: Math.tanh };

/** Last place of what is printed, halved: what a number may be away from it. */
const within = (text) => 0.5 * 10 ** -decimal(text).decimals;

function checkCurve(text, what) {
  const [, name, inside, value] = /(σ|tanh)\(([+−][\d.]+)\) = ([+−]?[\d.]+)$/.exec(text) ?? [];
  if (!name) return false;
  assert.ok(Math.abs(curve[name](numberOf(inside)) - numberOf(value)) < within(value), `${what}: ${text}`);
  return true;
}

/** "symbols = sum of products = result" */
function checkSum(text, what) {
  const [, products, result] = /= ([^=]*·[^=]*) = ([^=]+)$/.exec(text) ?? [];
  assert.ok(products, `${what}: ${text}`);
  assert.ok(roundsTo(workedOut(products), decimal(result)), `${what}: ${text}`);
}

test("the equations under the cell come out as printed", { skip }, () => {
  let seen = 0;
  for (const { moment, what } of places()) {
    for (const pieces of equationLines(moment)) {
      assert.equal(pieces.length, 3);
      const line = pieces.filter(Boolean).join(" ");
      if (moment.cell === "RNN") checkCurve(line, what);
      else checkSum(line, what);
      seen += 1;
    }
  }
  assert.ok(seen > 300);
});

test("the explanation of any number comes out as printed", { skip }, () => {
  const seen = { curves: 0, sums: 0 };
  for (const { content, moment, what } of places()) {
    for (const focus of focusesOf(moment.cell)) {
      const { numbers } = whyOf(content, moment, focus);
      const label = `${what}, ${focus}`;
      assert.doesNotMatch(numbers, /NaN|undefined|[{}]/, label);
      const sources = /(σ|tanh)\(([^)]*from[^)]*)\) = (σ|tanh)\(([^)]+)\)/.exec(numbers);
      if (sources) {
        const parts = sources[2].split(", ").map((each) => decimal(each.split(" ")[0]));
        const { peephole } = /** @type {import("../../dashboard/static/cells/equation.js").Squashed} */ (equationOf(moment.cell, focus));
        assert.equal(parts.length, peephole ? 4 : 3, numbers);
        assert.ok(roundsTo(added(...parts), decimal(sources[4])), `${label}: ${numbers}`);
        assert.ok(checkCurve(numbers, label));
        seen.curves += 1;
      } else if (focus === "prediction") {
        const [units, bias, total] = numbers.match(/[+−][\d.]+/g).map(decimal);
        assert.ok(roundsTo(added(units, bias), total), `${label}: ${numbers}`);
        seen.sums += 1;
      } else {
        checkSum(numbers, label);
        const [, inside, tanh] = /tanh\(([^)]+)\) = [\d.]+·(\(?[+−]?[\d.]+\)?)/.exec(numbers) ?? [];
        if (inside) assert.ok(Math.abs(Math.tanh(numberOf(inside)) - numberOf(tanh)) < within(tanh), `${label}: ${numbers}`);
        seen.sums += 1;
      }
    }
  }
  assert.ok(seen.curves > 100 && seen.sums > 100, JSON.stringify(seen));
});

test("the list of an explanation's products: every product, and their sum", { skip }, () => {
  for (const { content, moment, what } of places()) {
    for (const focus of focusesOf(moment.cell)) {
      const why = whyOf(content, moment, focus);
      if (!why.rows.length) continue;
      const { shown, products, total } = listOf(why, words);
      const printed = shown.map((row) => decimal(row.product.toFixed(products)));
      assert.ok(roundsTo(added(...printed), decimal(why.total.toFixed(total))), `${what}, ${focus}`);
      for (const { weight, value, product: result, decimals } of shown.filter((row) => row.weight !== null)) {
        const [one, other] = [weight, value].map((each) => decimal(each.toFixed(decimals)));
        const worked = multiplied(one, other);
        assert.ok(roundsTo(worked, decimal(result.toFixed(products))), `${what}, ${focus}`);
      }
    }
  }
});

test("sub-steps say products and sums that come out", { skip }, () => {
  const told = only({ inputs: [], unit: { money: true }, step: "day" });
  let sums = 0;
  for (const { moment, what } of places()) {
    for (let step = 0; step < 5; step++) {
      const sentence = substepSentence(moment, step, words, told);
      assert.doesNotMatch(sentence, /NaN|undefined|[{}]/, what);
      for (const [, products, result] of sentence.matchAll(/([\d.]+·[^=,]*?) = ([+−][\d.]+)(?=[,:. ])/g)) {
        assert.ok(roundsTo(workedOut(products), decimal(result.replace(/\.$/, ""))), `${what}: ${sentence}`);
        sums += 1;
      }
      const memory = /= ([+−][\d.]+), then gains .* = ([+−][\d.]+): c = ([+−][\d.]+)\.$/.exec(sentence);
      if (memory) {
        const [kept, written, c] = memory.slice(1).map(decimal);
        assert.ok(roundsTo(added(kept, written), c), `${what}: ${sentence}`);
      }
    }
  }
  assert.ok(sums > 300, String(sums));
});

test("a tooltip's equation comes out as printed", { skip }, () => {
  let seen = 0;
  for (const { moment, what } of places()) {
    for (const name of Object.keys(moment.now)) {
      const { equation } = explain(name, "?", moment, words);
      if (checkCurve(equation, what)) seen += 1;
      else if (equation.includes("·") && name.endsWith("_state") && moment.cell !== "RNN") checkSum(equation, what);
    }
  }
  assert.ok(seen > 100);
});

test("one product, and one gate of the smallest LSTM", () => {
  for (let k = 1; k < 200; k++) {
    const [weight, hidden] = [Math.sin(k * 12.9) * 3, Math.cos(k * 78.2)];
    checkSum(product(weight, hidden), "one product");
    const scalars = [Math.sin(k) * 5, Math.cos(k * 3) * 5, Math.sin(k * 7)];
    const total = scalars[0] * 0.5 + scalars[1] * hidden + scalars[2];
    const moment = { cell: "LSTM", inputs: [0.5], before: { hidden_state: hidden }, now: { forget_gate: curve.σ(total) } };
    const [, products, inside, value] = gateLine("forget_gate", "f", scalars, /** @type {any} */ (moment));
    const worked = workedOut(products.replace(/^= σ\(|\)$/g, ""));
    assert.ok(roundsTo(worked, decimal(inside.replace(/^= σ/, ""))), `${products} ${inside}`);
    checkCurve(`${inside} ${value}`.replace(/^= /, ""), `${inside} ${value}`);
  }
});

test("three decimals where they do, more where they would be wrong", () => {
  assert.deepEqual(
    digitsFor([0.5, 0.25], ([a, b]) => a * b, 0.125),
    { parts: 3, value: 3 },
  );
  const [f, before] = [0.14563, 3.89231];
  assert.ok(digitsFor([f, before], ([a, b]) => a * b, f * before).parts > 3); // 0.146·3.892 = 0.568, not 0.567
  assert.equal(digitsApart(0.99912, 0.99934), 4);
  assert.equal(digitsApart(0.25, 0.75), 3);
});
