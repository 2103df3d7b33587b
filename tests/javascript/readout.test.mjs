import assert from "node:assert/strict";
import { test } from "node:test";
import { explain, equationLines } from "../../dashboard/static/cells/equations.js";
import * as format from "../../dashboard/static/shared/format.js";
import { textOf } from "../../dashboard/static/shared/sentence_pieces.js";
import { inputInShort } from "../../dashboard/static/stage/input_words.js";
import { wordsOfSteps } from "../../dashboard/static/shared/step_words.js";
import { cellPieces, readout, rowMeaning } from "../../dashboard/static/stage/readout.js";
import { only, templates, words } from "./samples.mjs";

const dollars = only({ step: "day", unit: { before: "$", after: "", decimals: 2, money: true } });
const degrees = only({ step: "hour", unit: { before: "", after: "\u00a0°C", decimals: 2, money: false } });
const lstm = only({
  ...{ cell: "LSTM", keeps: "forget_gate", t: 41, T: 60, unit: 8, layer: 0, layers: 1, hidden: 16, date: Date.UTC(2012, 1, 17) },
  now: {
    forget_gate: 0.1456,
    input_gate: 0.914,
    candidate: -0.244,
    output_gate: 0.709,
    cell_state: 0.344,
    hidden_state: 0.235,
  },
  before: { cell_state: 3.892, hidden_state: 0.426 },
  ...{ predictionPrice: 26.86, naivePrice: 26.7, targetPrice: 26.95 },
  ...{ price: 26.7, priceBefore: 29.1, firstPrice: 24 },
});
const gru = only({
  ...lstm,
  ...{ cell: "GRU", keeps: "update_gate" },
  now: { reset_gate: 0.2, update_gate: 0.705, candidate: 0.5, hidden_state: 0.01 },
});
const rnn = only({ ...lstm, cell: "RNN", keeps: null, now: { hidden_state: -0.125 } });
const peephole = only({ ...lstm, cell: "PeepholeLSTM" });

test("the move and the unit's work in words; the network's forecast, the naive one and what came", () => {
  assert.equal(
    readout(lstm, dollars, words),
    "On 17 February the price falls by 8.2\u00a0%. Unit 9 keeps 14.6\u00a0% of its memory: of +3.89 only +0.57 is left. " +
      "It writes \u22120.22 and shows 71\u00a0%. For the next day the network says $26.86, naive $26.70; " +
      "the price came to $26.95.",
  );
});

test("what is said to be left is what the printed share of the printed memory comes to", () => {
  const random = (seed) => ((seed * 7919) % 1000) / 1000;
  for (let k = 1; k < 400; k++) {
    const [share, whole] = [random(k), 8 * random(k * 31) - 4];
    const now = { ...lstm.now, forget_gate: share };
    const said = textOf(cellPieces({ ...lstm, now, before: { ...lstm.before, cell_state: whole } }, dollars, words));
    const [percent, of, left] = said
      .match(/keeps ([\d.]+).% of its memory: of ([+\u2212][\d.]+),? (?:only )?([+\u2212][\d.]+) is left/)
      .slice(1)
      .map((text) => Number(text.replace("\u2212", "-")));
    assert.ok(Math.abs((percent / 100) * of - left) < 0.00501, said);
    assert.ok(Math.abs(left - share * whole) < 0.00501, said);
  }
});

test("numbers wear their own value's colour, letters are no words for ears", () => {
  const pieces = cellPieces(lstm, dollars, words);
  const numbers = pieces.filter(({ kind }) => kind === "number");
  assert.deepEqual(
    numbers.map(({ lane, value }) => [lane, Math.round(value * 1000) / 1000]),
    [
      ["forget_gate", 0.146],
      ["cell_state", 3.892],
      ["cell_state", 0.567],
      ["cell_state", -0.223],
      ["output_gate", 0.709],
    ],
  );
  assert.deepEqual(
    pieces.filter(({ kind }) => kind === "letter").map(({ text }) => text),
    ["f", "i", "o"],
  );
  assert.doesNotMatch(textOf(pieces), / f | i | o /);
});

test("what does not move, and what has no day before it, is said so", () => {
  const said = (changes) => textOf(cellPieces({ ...lstm, ...changes }, dollars, words));
  assert.match(said({ priceBefore: 26.7 }), /^On 17 February the price does not move\./);
  assert.match(said({ priceBefore: NaN }), /^On 17 February the price stands at \$26\.70\./);
  assert.match(said({ priceBefore: 25 }), /^On 17 February the price rises by 6\.8\u00a0%\./);
  assert.match(said({ t: 0, before: { cell_state: 0, hidden_state: 0 } }), /begins with an empty memory/);
});

test("an unknown outcome is said to be unknown", () => {
  assert.match(
    readout({ ...lstm, targetPrice: NaN }, dollars, words),
    /naive \$26\.70; what the price came to is not known yet\.$/,
  );
});

test("other units: the value moves by a difference, its unit behind the number", () => {
  const sentence = readout({ ...lstm, predictionPrice: -3.456 }, degrees, wordsOfSteps(templates, "hour"));
  assert.match(sentence, /^On 17 February the value falls by 2\.40\u00a0°C\./);
  assert.match(sentence, /For the next hour the network says \u22123\.46\u00a0°C/);
  assert.match(sentence, /the value came to 26\.95\u00a0°C\.$/);
});

test("GRU and RNN have sentences of their own, without gaps; shares add up to a hundred as printed", () => {
  const said = readout(gru, dollars, words);
  const [keep, take] = said.match(/keeps ([\d.]+).%.* takes ([\d.]+).% of the candidate \+0\.50\./).slice(1).map(Number);
  assert.equal(keep + take, 100);
  assert.match(readout(rnn, dollars, words), /Unit 9 goes from \+0\.43 to \u22120\.1[23];/);
  for (const moment of [lstm, gru, rnn, peephole, { ...gru, t: 0 }, { ...rnn, t: 0 }, { ...peephole, t: 0 }])
    assert.doesNotMatch(readout(moment, dollars, words), /[{}]|undefined|NaN/);
});

test("in a higher layer the sentence says whose unit it is", () => {
  assert.match(readout({ ...lstm, layers: 2, layer: 1 }, dollars, words), /Unit 9 of layer 2 keeps/);
});

test("what enters the cell is told as a person would: a move, a price, a change since the start", () => {
  const said = (inputs, changes = {}) => inputInShort({ ...lstm, ...changes }, dollars, inputs, words);
  assert.deepEqual(said(["return"]), { name: "x: price", number: "\u22128.2\u00a0%" });
  assert.deepEqual(said(["level"]), { name: "x: price", number: "$26.70" });
  assert.deepEqual(said(["change", "level"]), { name: "x: since start", number: "+11.3\u00a0%" });
  assert.deepEqual(said(["return"], { layer: 1 }), { name: "x: layer 1", number: "16 values" });
  assert.deepEqual(inputInShort(lstm, degrees, ["return"], words), { name: "x: value", number: "\u22128.2\u00a0%" });
});

test("beside a row's number stands what it means; almost silent is a rule", () => {
  const meaning = (name, moment = lstm) => rowMeaning(name, moment, words);
  assert.deepEqual(meaning("forget_gate"), { number: "0.15", meaning: "keeps 15\u00a0%" });
  assert.deepEqual(meaning("cell_state"), { number: "+0.34", meaning: "memory, was +3.89" });
  const silent = (value) => meaning("hidden_state", { ...lstm, now: { ...lstm.now, hidden_state: value } }).meaning;
  assert.deepEqual(
    [0.049, -0.049, 0.05, -0.5].map(silent),
    ["almost silent", "almost silent", "shown, was +0.43", "shown, was +0.43"],
  );
  for (const moment of [lstm, gru, rnn, peephole])
    for (const name of Object.keys(moment.now)) assert.doesNotMatch(meaning(name, moment).meaning, /[{}]|undefined|NaN/);
});

const plainNumbers = {
  ...lstm,
  now: { ...lstm.now, forget_gate: 0.849, cell_state: 1.030108, hidden_state: 0.709 * Math.tanh(1.030108) },
  before: { cell_state: 1.476, hidden_state: 0.426 },
};

test("equations carry the numbers, negative factors in brackets", () => {
  const [c, h] = equationLines(plainNumbers).map((line) => line.join(" "));
  assert.equal(c, "c = f·c′ + i·g = 0.849·1.476 + 0.914·(\u22120.244) = +1.030");
  assert.equal(h, "h = o·tanh(c) = 0.709·0.774 = +0.549");
});

test("a negative state before stands in brackets, in the GRU's equation too", () => {
  const before = { cell_state: -1.476, hidden_state: -0.426 };
  assert.match(equationLines({ ...plainNumbers, before })[0].join(" "), /0\.849\d*·\(\u22121\.476\d*\)/);
  const gru = only({ cell: "GRU", before, now: { update_gate: 0.7, candidate: 0.5, hidden_state: -0.148 } });
  assert.equal(equationLines(gru)[0].join(" "), "h = (1 − z)·n + z·h′ = 0.300·0.500 + 0.700·(\u22120.426) = \u22120.148");
});

test("the tooltip's pre-activation gives the value back", () => {
  const { value, equation } = explain("forget_gate", "f", plainNumbers, words);
  assert.equal(value, "f[unit 9] = 0.849");
  const inside = Number(equation.match(/σ\(\+([\d.]+)\)/)[1]);
  assert.ok(Math.abs(1 / (1 + Math.exp(-inside)) - 0.849) < 0.0005);
});

test("where the curve is flat no pre-activation is made up", () => {
  const flat = { ...lstm, now: { ...lstm.now, forget_gate: 0.99999 } };
  assert.equal(explain("forget_gate", "f", flat, words).equation, "f = σ(W·x + U·h′ + b) = 1.000");
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

test("one date style: short in labels, whole in sentences, ISO in data", () => {
  const [day, hour] = [Date.UTC(2009, 8, 4), Date.UTC(2009, 6, 24, 14, 30)];
  assert.deepEqual([format.date(day), format.longDate(day)], ["4 Sep 2009", "4 September 2009"]);
  assert.deepEqual([format.shortDate(hour), format.dayOfYear(hour)], ["24 Jul, 14:30", "24 July, 14:30"]);
  assert.equal(format.dayOfYear(Date.UTC(2009, 6, 27), true), "Monday, 27 July");
  assert.deepEqual([format.isoDate(day), format.isoDate(hour)], ["2009-09-04", "2009-07-24 14:30"]);
  for (const name of ["date", "longDate", "shortDate", "dayOfYear", "isoDate"]) assert.equal(format[name](NaN), "–");
});
