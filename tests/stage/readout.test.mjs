import assert from "node:assert/strict";
import { test } from "node:test";
import { explain, equationLines } from "../../dashboard/static/stage/equations.js";
import * as format from "../../dashboard/static/stage/format.js";
import { readout } from "../../dashboard/static/stage/readout.js";
import { words } from "./samples.mjs";

const dollars = { step: "day", unit: { before: "$", after: "", money: true } };
const degrees = { step: "hour", unit: { before: "", after: "°C", money: false } };
const lstm = {
  ...{ cell: "LSTM", t: 41, T: 60, unit: 8, date: Date.UTC(2012, 1, 17) },
  now: {
    forget_gate: 0.849,
    input_gate: 0.914,
    candidate: -0.244,
    output_gate: 0.709,
    cell_state: 1.029,
    hidden_state: 0.549,
  },
  before: { cell_state: 1.476, hidden_state: 0.426 },
  ...{ predictionPrice: 26.86, naivePrice: 26.7, targetPrice: 26.95 },
};

test("the readout says the network's forecast, the naive one and what came", () => {
  assert.equal(
    readout(lstm, dollars, words),
    "Day 42 of 60. Unit 9 keeps 85 % of its memory and writes \u22120.22; it shows 71 %. " +
      "For the next day the network says $26.86, naive $26.70; the price came to $26.95.",
  );
});

test("an unknown outcome is said to be unknown", () => {
  assert.match(
    readout({ ...lstm, targetPrice: NaN }, dollars, words),
    /naive \$26\.70; what the price came to is not known yet\.$/,
  );
});

test("other units: the value, its unit behind the number, its own timestep", () => {
  const sentence = readout({ ...lstm, predictionPrice: -3.456 }, degrees, words);
  assert.match(sentence, /^Hour 42 of 60/);
  assert.match(sentence, /For the next hour the network says \u22123\.46\u00a0°C/);
  assert.match(sentence, /the value came to 26\.95\u00a0°C\.$/);
});

test("GRU and RNN have sentences of their own, without gaps", () => {
  const gru = { ...lstm, cell: "GRU", now: { reset_gate: 0.2, update_gate: 0.7, candidate: 0.5, hidden_state: 0.1 } };
  assert.match(
    readout(gru, dollars, words),
    /Unit 9 keeps 70 % of its state and takes 30 % of the candidate \+0\.50\./,
  );
  const rnn = { ...lstm, cell: "RNN", now: { hidden_state: -0.125 } };
  assert.match(readout(rnn, dollars, words), /Unit 9 now stands at \u22120\.1[23];/);
  for (const moment of [lstm, gru, rnn]) assert.doesNotMatch(readout(moment, dollars, words), /[{}]|undefined|NaN/);
});

test("equations carry the numbers, negative factors in brackets", () => {
  const [c, h] = equationLines(lstm).map((line) => line.join(" "));
  assert.equal(c, "c = f·c′ + i·g = 0.849·1.476 + 0.914·(\u22120.244) = +1.029");
  assert.equal(h, "h = o·tanh(c) = 0.709·0.774 = +0.549");
});

test("a negative state before stands in brackets, in the GRU's equation too", () => {
  const before = { cell_state: -1.476, hidden_state: -0.426 };
  assert.match(equationLines({ ...lstm, before })[0].join(" "), /0\.849·\(\u22121\.476\)/);
  const gru = { cell: "GRU", before, now: { update_gate: 0.7, candidate: 0.5, hidden_state: -0.148 } };
  assert.equal(equationLines(gru)[0].join(" "), "h = (1 − z)·n + z·h′ = 0.300·0.500 + 0.700·(\u22120.426) = \u22120.148");
});

test("the tooltip's pre-activation gives the value back", () => {
  const { value, equation } = explain("forget_gate", "f", lstm);
  assert.equal(value, "f[unit 9] = 0.849");
  const inside = Number(equation.match(/σ\(\+([\d.]+)\)/)[1]);
  assert.ok(Math.abs(1 / (1 + Math.exp(-inside)) - 0.849) < 0.0005);
});

test("where the curve is flat no pre-activation is made up", () => {
  const flat = { ...lstm, now: { ...lstm.now, forget_gate: 0.99999 } };
  assert.equal(explain("forget_gate", "f", flat).equation, "f = σ(W·x + U·h′ + b) = 1.000");
});

test("numbers: a real minus, two decimals for prices, a dash for what is unknown", () => {
  assert.equal(format.signed(-0.5), "\u22120.500");
  assert.equal(format.signed(0.5), "+0.500");
  assert.deepEqual(
    [format.plain(-0.0004), format.signed(-0.0004), format.factor(-0.0004)],
    ["0.000", "+0.000", "0.000"],
  );
  assert.equal(format.plain(-0.0006), "\u22120.001");
  assert.equal(format.amount(1234567.891, dollars.unit), "$1,234,567.89");
  assert.equal(format.amount(NaN, dollars.unit), "–");
  assert.equal(format.date(Date.UTC(2012, 1, 17)), "2012-02-17");
  assert.equal(format.date(Date.UTC(2012, 1, 17, 14, 30)), "2012-02-17 14:30");
  assert.equal(format.loss(0.25731), "0.257");
  assert.equal(format.loss(null), "–");
  assert.equal(format.fill("{a} and {b}", { a: 1 }), "1 and {b}");
});

test("ages are whole epochs, or within one", () => {
  const said = (epoch) => format.age(epoch, words);
  assert.deepEqual([0, 25, 24.3, 0.5].map(said), ["epoch 0", "epoch 25", "during epoch 25", "during epoch 1"]);
  assert.deepEqual([null, NaN, undefined].map(said), ["–", "–", "–"]);
  assert.deepEqual(
    [25, 24.3].map((epoch) => format.ageInList(epoch, words)),
    ["25", "during 25"],
  );
});
