import assert from "node:assert/strict";
import { test } from "node:test";
import { marksOf } from "../../dashboard/static/chart/chart_shapes.js";
import { createClock, phase, stepInside } from "../../dashboard/static/player/clock.js";
import { answered, asked, nextQuestion, startGuessing } from "../../dashboard/static/inside/guess.js";
import { actOnTools, createTools } from "../../dashboard/static/inside/tool_state.js";
import { focusOn } from "../../dashboard/static/lanes/focus.js";
import { layoutFor, rowAt } from "../../dashboard/static/lanes/layout.js";
import { momentAt } from "../../dashboard/static/cells/moment.js";
import { correlations, rowsOf, unitOrder } from "../../dashboard/static/lanes/order.js";
import { activeAround } from "../../dashboard/static/inside/pattern.js";
import { priceScale, valueAt, yOf } from "../../dashboard/static/lanes/strips_view.js";
import { substepSentence } from "../../dashboard/static/cells/substeps.js";
import { whyOf } from "../../dashboard/static/inside/why.js";
import { film, snapshot, words } from "./samples.mjs";

test("sub-steps lead through a timestep and over its edges, forwards and back", () => {
  let clock = { ...createClock(3, false), position: 1 };
  const seen = [];
  for (let k = 0; k < 7; k++) seen.push([(clock = stepInside(clock, 1)).position, clock.substep]);
  assert.deepEqual(seen, [
    [1, 0],
    [1, 1],
    [1, 2],
    [1, 3],
    [1, 4],
    [2, 0],
    [2, 1],
  ]);
  const back = [];
  for (let k = 0; k < 3; k++) back.push([(clock = stepInside(clock, -1)).position, clock.substep]);
  assert.deepEqual(back, [
    [2, 0],
    [1, 4],
    [1, 3],
  ]);
  assert.equal(phase(clock), 3);
});

test("sub-steps end at the window's ends", () => {
  const last = { ...createClock(3, false), position: 2, substep: 4 };
  assert.deepEqual([stepInside(last, 1).position, stepInside(last, 1).substep], [2, null]);
  const first = { ...createClock(3, false), position: 0, substep: 0 };
  assert.deepEqual([stepInside(first, -1).position, stepInside(first, -1).substep], [0, 0]);
  assert.equal(stepInside(createClock(3, true), 1).playing, false);
});

test("every sub-step of every cell is a sentence with its numbers in it", () => {
  const moment = {
    ...{ t: 4, T: 9, layer: 0, unit: 1, layers: 2, hidden: 6, inputs: [0.5, -1.25] },
    now: {
      input_gate: 0.5,
      forget_gate: 0.25,
      candidate: -0.5,
      output_gate: 0.75,
      cell_state: 0.25,
      hidden_state: 0.1837,
      reset_gate: 0.1,
      update_gate: 0.6,
    },
    before: { cell_state: 2, hidden_state: 0.3 },
  };
  const told = {
    inputs: [
      { name: "return", amount: -0.083, scaled: -3.614 },
      { name: "change", amount: 0.041, scaled: 0.532 },
    ],
    ...{ unit: { before: "$", after: "", decimals: 2, money: true }, step: "day" },
  };
  for (const cell of ["LSTM", "GRU", "RNN", "PeepholeLSTM"]) {
    for (let step = 0; step < 5; step++) {
      const sentence = substepSentence({ ...moment, cell }, step, words, told);
      assert.doesNotMatch(sentence, /[{}]|undefined|NaN/, sentence);
      assert.match(sentence, new RegExp(`^${step + 1} of 5\\.`));
    }
  }
  assert.match(
    substepSentence({ ...moment, cell: "LSTM" }, 0, words, told),
    /arrives, the price falls by 8\.3\u00a0% and it stands 4\.1\u00a0% above the window's first day \(as the network sees it: \u22123\.61 and \+0\.53 standard/,
  );
  assert.match(
    substepSentence({ ...moment, cell: "LSTM" }, 2, words, told),
    /0\.250·2\.000 = \+0\.500.*0\.500·\(\u22120\.500\) = \u22120\.250: c = \+0\.250/,
  );
  assert.match(substepSentence({ ...moment, cell: "GRU" }, 3, words, told), /0\.400/);
});

test("the prediction's terms add up, and lead to their units", () => {
  const content = { film, snapshot, network: {}, words };
  const moment = momentAt(film, snapshot, { layer: 1, unit: 0 }, 2, Float64Array.from([1, 2, 3, 4, 5, 6]));
  const { rows, total, numbers } = whyOf(content, { ...moment, prediction: 0.3 }, "prediction");
  const states = [5.12, 5.121]; // hidden states of layer 1 at t = 2: place in the sample tells its value
  assert.ok(Math.abs(total - (0.5 * states[0] - 0.25 * states[1] + 0.125)) < 1e-6);
  assert.deepEqual(
    rows.map((row) => row.place?.unit ?? "bias"),
    [0, 1, "bias"],
  );
  assert.match(numbers, /= \+0\.300$/);
});

test("memory's and state's equations carry the moment's numbers", () => {
  const moment = momentAt(film, snapshot, { layer: 0, unit: 1 }, 1, Float64Array.from([1, 2, 3, 4, 5, 6]));
  const why = whyOf({ film, snapshot, network: {}, words }, moment, "cell_state");
  assert.ok(
    Math.abs(
      why.total - (moment.now.forget_gate * moment.before.cell_state + moment.now.input_gate * moment.now.candidate),
    ) < 1e-12,
  );
  assert.match(why.numbers, /^c = 1\.011·4\.001 \+ 0\.011·2\.011 = \+4\.011$/);
});

test("units stand in the order that was asked for", () => {
  const window = {
    keep: [0.1, 0.9, 0.5, 0.1, 0.7, 0.5],
    hidden: [1, -1, 0.1, 2, -3, 0.1],
    weight: [1, 0.1, 9],
    price: [10, 11],
  };
  assert.deepEqual(unitOrder("index", window), [0, 1, 2]);
  assert.deepEqual(unitOrder("keep", window), [1, 2, 0]);
  assert.deepEqual(unitOrder("contribution", window), [0, 2, 1]);
  assert.deepEqual(unitOrder("correlation", window), [0, 2, 1]);
  assert.deepEqual(unitOrder("keep", { ...window, keep: null }), [0, 1, 2]);
  assert.deepEqual(
    [...correlations(window.hidden, window.price, 3)].map((each) => Math.round(each)),
    [1, -1, 0],
  );
  assert.deepEqual(rowsOf([2, 0, 1]), [1, 2, 0]);
});

test("a correlation by hand", () => {
  const [found] = correlations([1, 2, 4], [10, 20, 10], 1);
  // deviations: (-4/3, -1/3, 5/3) and (-10/3, 20/3, -10/3); products 40/9 - 20/9 - 50/9
  assert.ok(Math.abs(found - -30 / 9 / Math.sqrt((42 / 9) * (600 / 9))) < 1e-12);
});

test("a pattern is the stretch around the playhead and who is active all that time", () => {
  const states = [
    [0.1, -0.9, 0.9],
    [0.6, -0.6, 0.9],
    [0.7, -0.6, 0.1],
    [0.8, -0.7, 0.9],
    [0.1, -0.7, 0.9],
  ].flat();
  assert.deepEqual(activeAround(states, 3, { unit: 0, t: 2 }, 0.5), { from: 1, to: 3, units: [0, 1], signs: [1, -1] });
  assert.deepEqual(activeAround(states, 3, { unit: 1, t: 0 }, 0.5), { from: 0, to: 4, units: [1], signs: [-1] });
  assert.equal(activeAround(states, 3, { unit: 2, t: 2 }, 0.5), null);
});

test("matches are marked on the chart from their first to their last day", () => {
  const chart = { dates: [0, 864e5, 2 * 864e5, 3 * 864e5] };
  const [mark] = marksOf({ chart, matches: { first: [1], last: [3] } }, { colour: { accent: "#000" } });
  assert.deepEqual([mark.x0.slice(0, 10), mark.x1.slice(0, 10)], ["1970-01-02", "1970-01-04"]);
  assert.deepEqual(marksOf({ chart, matches: null }, {}), []);
});

test("a question comes at the next jump, about what moves, and the first answer counts", () => {
  const inputs = [0, 0.1, 0.2, 3, 0.1, -2, 0.1];
  const still = () => 0.5;
  const rising = (t) => t / 10;
  const question = nextQuestion(inputs, 0, { forget_gate: still, input_gate: rising }, 0);
  assert.deepEqual(question, { t: 3, name: "input_gate", before: 0.2, after: 0.3 });
  assert.equal(nextQuestion(inputs, 3, { input_gate: rising }, 0)?.t, 5);
  assert.equal(nextQuestion(inputs, 6, { input_gate: rising }, 0)?.t, 3);
  assert.equal(nextQuestion(inputs, 0, { forget_gate: still }, 0), null);
  assert.equal(nextQuestion([1], 0, { input_gate: rising }, 0), null);
  let guess = asked(startGuessing(), { ...question, unit: 0, layer: 0 });
  guess = answered(guess, false);
  guess = answered(guess, true);
  assert.deepEqual([guess.right, guess.answered, guess.said], [0, 1, false]);
  guess = answered(asked(guess, { ...question, unit: 0, layer: 0 }), true);
  assert.deepEqual([guess.right, guess.answered], [1, 2]);
});

test("whatever is done next takes back the last refusal", () => {
  const refused = actOnTools(createTools(), { type: "refuse", value: { problem: "not_a_number" } });
  assert.equal(refused.problem, "not_a_number");
  assert.equal(actOnTools(refused, { type: "edit", value: { day: 3, value: 2 } }).problem, "");
  assert.equal(actOnTools(refused, { type: "unheard of" }), refused);
});

const screen = {
  ...{ columnWidth: 800, height: 900, stacked: false, large: false },
  ...{ inside: true, more: false, wideSpan: true },
};

test("the price row reads back what it draws", () => {
  const layout = layoutFor(screen, ["forget_gate"]);
  const row = layout.rows[0];
  assert.equal(row.kind, "price");
  const scale = priceScale([[20, 30]]);
  assert.deepEqual(scale, [16.5, 33.5]);
  for (const value of [20, 24.25, 30]) assert.ok(Math.abs(valueAt(yOf(value, row, scale), row, scale) - value) < 1e-9);
  assert.equal(rowAt(layout, row.top + 5, () => focusOn(50, 4, 0))?.row.kind, "price");
});

test("days are dragged in the chart of the window, and in a row of their own beside a wide chart", () => {
  const kinds = (wideSpan) => layoutFor({ ...screen, wideSpan }, ["forget_gate"]).rows.map((row) => row.kind);
  assert.ok(kinds(true).includes("price") && !kinds(false).includes("price"));
});

test("a cell without a gate that keeps has no row for what is remembered", () => {
  const kinds = (keeps, inside) => layoutFor({ ...screen, inside, keeps }, ["hidden_state"]).rows.map((row) => row.kind);
  assert.deepEqual(kinds(false, true), ["price", "mattered", "inputs", "lane", "prediction", "norms"]);
  assert.ok(kinds(true, true).includes("memory"));
  assert.deepEqual(kinds(true, false), ["lane"]);
});
