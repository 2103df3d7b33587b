import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import * as experiment from "../../dashboard/static/inside/what_if.js";
import { predictedValues } from "../../dashboard/static/inside/inputs.js";
import { amount } from "../../dashboard/static/shared/format.js";
import { entries, ranked } from "../../dashboard/static/ledger/ledger.js";
import { moneyDigits, priceShares, priceSlope, worthOf } from "../../dashboard/static/ledger/ledger_price.js";
import { added, decimal, roundsTo } from "./decimals.mjs";

const folder = process.env.STAGE_FIXTURE;
const skip = folder ? false : "run through pytest, which makes the experiments";
const cases = folder ? JSON.parse(readFileSync(join(folder, "experiments.json"), "utf8")) : [];
const DOLLARS = { before: "$", after: "", decimals: 2, money: true };

function near(got, wanted, what, tolerance = 1e-5) {
  assert.equal(got.length, wanted.length, what);
  wanted.forEach((each, k) => {
    const bound = tolerance * Math.max(1, Math.abs(each));
    assert.ok(Math.abs(got[k] - each) <= bound, `${what}[${k}]: ${got[k]}, not ${each}`);
  });
}

function filmOf({ network, start, timesteps }) {
  const { activations } = network;
  const shape = [activations.length, network.layers.length, timesteps, network.head_weight.length];
  const snapshot = { epoch: 1, activations: { shape }, inputs: { shape: [timesteps, network.inputs.length] } };
  return [{ meta: { activations, window_start: start } }, snapshot];
}

test("a changed series comes to what torch makes of the changed series", { skip }, () => {
  assert.equal(cases.length, 12);
  for (const each of cases) {
    const [film, snapshot] = filmOf(each);
    for (const { edits, inputs, hidden_state, prediction, prediction_price } of each.tries) {
      const what = `${each.network.cell}, ${each.network.target}, ${JSON.stringify(edits)}`;
      const made = experiment.experimentSnapshot(each.network, film, snapshot, each.price, { edits, clamps: [] });
      near(made.inputs, inputs, `${what}: inputs`, 1e-6);
      near(made.prediction, prediction, `${what}: prediction`);
      near(made.prediction_price, prediction_price, `${what}: price`);
      const hidden = made.activations.subarray(made.activations.length - hidden_state.length);
      near(hidden, hidden_state, `${what}: hidden states`);
    }
  }
});

test("naive follows an edit: tomorrow equals the value that today has now", { skip }, () => {
  const [film, snapshot] = filmOf(cases[0]);
  const { edits } = cases[0].tries[2];
  const made = experiment.experimentSnapshot(cases[0].network, film, snapshot, cases[0].price, { edits, clamps: [] });
  assert.equal(made.naive_price[11], 40);
  assert.equal(made.naive_price[5], cases[0].price[144]);
});

test("the ledger's shares add up to the price that is shown", { skip }, () => {
  for (const { network, price, start, tries } of cases) {
    const { hidden_state, prediction_price, prediction } = tries[0];
    const hidden = network.head_weight.length;
    const last = prediction.length - 1;
    const values = { today: price[start + last], first: price[start] };
    const { base, perScaled, ofMean } = priceShares(network, prediction[last], values);
    const states = hidden_state.slice(-hidden);
    const entries = states.map((state, unit) => network.head_weight[unit] * state * perScaled);
    const total = entries.reduce((sum, entry) => sum + entry, base + network.head_bias * perScaled + ofMean);
    near([total], [prediction_price[last]], `${network.cell}, ${network.target}`);
  }
});

test("as printed, the ledger's entries and base add up to the price", { skip }, () => {
  for (const { network, price, start, tries } of cases) {
    const { hidden_state, prediction_price, prediction } = tries[0];
    const hidden = network.head_weight.length;
    for (let t = 0; t < prediction.length; t++) {
      const values = { today: price[start + t], first: price[start] };
      const shares = priceShares(network, prediction[t], values);
      const states = hidden_state.slice(hidden_state.length - (prediction.length - t) * hidden).slice(0, hidden);
      const found = entries(network.head_weight, states, network.head_bias, ranked(network.head_weight, states));
      const digits = moneyDigits(found, shares, prediction_price[t]);
      const parts = [...found.map((each) => worthOf(each, shares)), shares.base];
      const printed = parts.map((each) => decimal(amount(each, DOLLARS, digits.parts)));
      const total = decimal(amount(prediction_price[t], DOLLARS, digits.value));
      assert.ok(roundsTo(added(...printed), total), `${network.cell}, ${network.target}, timestep ${t}`);
    }
  }
});

test("the price's slope is what a small push of the prediction moves it by", { skip }, () => {
  for (const { network, price, start, tries } of cases) {
    const { prediction } = tries[0];
    const last = prediction.length - 1;
    const values = price.slice(start, start + prediction.length);
    const pushed = (by) =>
      predictedValues(network, [...prediction.slice(0, last), prediction[last] + by], values)[last];
    const slope = priceSlope(network, prediction[last], { today: values[last], first: values[0] });
    near([slope], [(pushed(1e-4) - pushed(-1e-4)) / 2e-4], `${network.cell}, ${network.target}`);
  }
});

test("a return of nothing costs nothing", () => {
  const shares = priceShares({ inputs: [], target: "log_return", scales: { log_return: [0, 0.02] } }, 0, {
    today: 50,
    first: 9,
  });
  assert.deepEqual(shares, { base: 50, perScaled: 1, ofMean: 0 });
});

test("undo goes back one try, a drag is one, reset can be undone", () => {
  let history = experiment.begin();
  assert.ok(experiment.isUntouched(history));
  history = experiment.edited(history, 7, 30);
  history = experiment.edited(history, 8, 31);
  history = experiment.edited(history, 8, 32, true);
  history = experiment.edited(history, 8, 33, true);
  assert.deepEqual(history.now.edits, { 7: 30, 8: 33 });
  assert.deepEqual(experiment.undone(history).now.edits, { 7: 30 });
  const reset = experiment.reset(history);
  assert.ok(experiment.isUntouched(reset));
  assert.deepEqual(experiment.undone(reset).now.edits, { 7: 30, 8: 33 });
  let back = reset;
  for (let k = 0; k < 9; k++) back = experiment.undone(back);
  assert.deepEqual(back, experiment.begin());
});

test("a second clamp of the same place takes the first one's; another place stays", () => {
  const clamp = { name: "forget_gate", layer: 0, unit: 2, value: 1 };
  let history = experiment.clamped(experiment.begin(), clamp);
  history = experiment.clamped(history, { ...clamp, unit: null });
  history = experiment.clamped(history, { ...clamp, value: 0 });
  assert.deepEqual(
    history.now.clamps.map((each) => [each.unit, each.value]),
    [
      [null, 1],
      [2, 0],
    ],
  );
  assert.deepEqual(experiment.released(history, 0).now.clamps, [{ ...clamp, value: 0 }]);
  assert.deepEqual(experiment.undone(experiment.released(history, 0)).now.clamps, history.now.clamps);
});

test("what is typed is a value, or it is said why not", () => {
  const returns = { inputs: ["log_return"], target: "log_return", scales: {} };
  const levels = { inputs: ["level"], target: "level", scales: {} };
  const typed = (text, scaling = returns) => experiment.typedValue(text, scaling, [20, 25]);
  assert.deepEqual(typed("24.5"), { value: 24.5 });
  assert.deepEqual(typed(" 1e1 "), { value: 10 });
  assert.deepEqual(typed("\u22123", levels), { value: -3 });
  for (const text of ["", "  ", "abc", "1,5", "NaN", "Infinity", "-Infinity", "1e999"])
    assert.equal(typed(text, levels).problem, "not_a_number", text);
  for (const text of ["0", "-1"]) assert.equal(typed(text).problem, "not_positive", text);
  for (const text of ["2501", "1e300"]) assert.deepEqual(typed(text), { problem: "too_far", limit: 2500 });
  assert.equal(typed("-2501", levels).problem, "too_far");
});
