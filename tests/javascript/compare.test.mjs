import assert from "node:assert/strict";
import { test } from "node:test";
import {
  changes,
  changeScale,
  choose,
  columnLayout,
  createChoices,
  difference,
  figuresOf,
  viewOf,
} from "../../dashboard/static/compare/compare.js";
import { raceLines, raceShape, shareTicks } from "../../dashboard/static/compare/race.js";
import { differenceText, figureText } from "../../dashboard/static/compare/scoreboard.js";
import { createStore, receiveComparison } from "../../dashboard/static/shared/store.js";

const BOUNDS = { layers: 2, hidden: 4, epochs: [0, 1, 3], shown: 3 };
const WORDS = { points: "{by} points" };

test("the clock is everybody's; layer, unit and age are a column's own", () => {
  let choices = { ...createChoices(true), own: { a: { layer: 0, unit: 0, epoch: null, started: true } } };
  choices = choose({ ...choices, own: { ...choices.own, b: { ...choices.own.a } } }, { type: "toggle" }, undefined);
  assert.equal(choices.shared.clock.playing, false);
  choices = choose(choices, { type: "unit", value: 3, column: "b" }, BOUNDS);
  choices = choose(choices, { type: "epoch", value: 1, column: "b" }, BOUNDS);
  choices = choose(choices, { type: "layer", value: 9, column: "a" }, BOUNDS);
  assert.deepEqual(choices.own.a, { layer: 1, unit: 0, epoch: null, started: true });
  assert.deepEqual(choices.own.b, { layer: 0, unit: 3, epoch: 1, started: true });
  assert.equal(viewOf(choices, "b").clock, viewOf(choices, "a").clock);
  assert.equal(choose(choices, { type: "against", value: "seconds" }).against, "seconds");
});

test("whoever goes back to the newest age follows the newest again", () => {
  const choices = { ...createChoices(true), own: { a: { layer: 0, unit: 0, epoch: 1, started: true } } };
  assert.equal(choose(choices, { type: "epoch", value: 3, column: "a" }, BOUNDS).own.a.epoch, null);
});

test("rows that all cells have lie at the same height in every column, and none lies on another", () => {
  const lstm = ["forget_gate", "input_gate", "candidate", "cell_state", "output_gate", "hidden_state"];
  const screen = { large: false, stacked: false };
  const [long, short] = [columnLayout(300, lstm, screen), columnLayout(300, ["hidden_state"], screen)];
  assert.deepEqual(long.rows.slice(0, 3), short.rows);
  assert.deepEqual(
    short.rows.map((row) => row.name),
    ["inputs", "change", "hidden_state"],
  );
  assert.deepEqual(
    long.rows.slice(3).map((row) => row.name),
    lstm.slice(0, -1),
  );
  long.rows.reduce((bottom, row) => (assert.ok(row.top >= bottom), row.top + row.height), 0);
  assert.ok(columnLayout(300, lstm, { ...screen, large: true }).lanesHeight > long.lanesHeight);
});

const film = {
  meta: { target_price: Float64Array.from([11, 10, NaN]), naive_price: Float64Array.from([10, 11, 10]) },
};

test("a change is measured from the day's own value, which is what naive says", () => {
  const found = changes(film, { prediction_price: Float64Array.from([10.5, 11.25, 9]) });
  assert.deepEqual([...found.real], [1, -1, NaN]);
  assert.deepEqual([...found.said], [0.5, 0.25, -1]);
});

test("one scale holds every column's changes, and naive's zero", () => {
  const [one, other] = [
    { real: Float64Array.from([1, 2, NaN]), said: Float64Array.from([0.5, 3, 1]) },
    { real: Float64Array.from([1, 2, NaN]), said: Float64Array.from([-4, 1, 1]) },
  ];
  assert.deepEqual(changeScale([one, other]), { low: -4, high: 3 });
  assert.deepEqual(changeScale([one]), { low: 0, high: 3 });
});

const column = (changed = {}) => ({
  ...{ id: "0.a", name: "LSTM", cell: "LSTM", film: "a:9", parameters: 400, naive: 0.5, judged: null },
  epochs: Float64Array.from([1, 2, 3]),
  train: Float64Array.from([1, 0.8, 0.6]),
  validation: Float64Array.from([0.75, NaN, 0.4]),
  seconds: Float64Array.from([0.5, 0.25, 0.25]),
  ...changed,
});

test("figures are those of the age shown; a skill only if that very age was judged", () => {
  const judged = { epoch: 2, days: 9, rmse: 1, naive: 2, skill: 0.5, sure: "may be chance" };
  const at = (epoch) => figuresOf(column({ judged }), epoch);
  assert.deepEqual([at(3).train, at(3).validation, at(3).skill], [0.6, 0.4, null]);
  assert.deepEqual([at(1.5).train, at(1.5).validation], [1, 0.75]);
  assert.deepEqual([at(0).train, at(0).validation, at(0).naive], [null, null, 0.5]);
  assert.deepEqual([at(2).skill, at(2).judged, at(2).sure], [0.5, judged, "may be chance"]);
  assert.equal(at(3).sure, null);
  assert.equal(at(3).pace, 3);
  const none = { epochs: new Float64Array(0), seconds: new Float64Array(0), train: [], validation: [] };
  assert.equal(figuresOf(column(none), null).pace, null);
});

test("differences: ratios of sizes, shares of losses, points of skills; none from itself", () => {
  const told = (name, value, first) => differenceText(difference(name, value, first), WORDS);
  assert.equal(told("parameters", 300, 400), "×0.75");
  assert.equal(told("validation", 0.45, 0.5), "−10.0 %");
  assert.equal(told("validation", 5, 0.5), "×10.00");
  assert.equal(told("skill", 0.02, -0.01), "+3.0 points");
  assert.equal(told("skill", null, 0.1), "");
  assert.equal(told("train", 0.5, 0.5), "");
  assert.equal(told("train", 0.5, 0), "");
});

test("figures as people read them", () => {
  assert.equal(figureText("parameters", 132737), "132,737");
  assert.equal(figureText("pace", 2.63), "2.6");
  assert.equal(figureText("pace", 56.2), "56");
  assert.equal(figureText("skill", -0.0443), "−4.4 %");
  assert.equal(figureText("train", 0.61349), "0.613");
  assert.equal(figureText("skill", null), "–");
});

test("the race is run in multiples of naive's loss, against epochs or a worker's seconds", () => {
  const [line] = raceLines([column()], [2], "epochs");
  assert.deepEqual(line.points, [
    [1, 1.5],
    [3, 0.8],
  ]);
  assert.equal(line.mark, null); // epoch 2 has no finite loss
  const [timed] = raceLines([column()], [3], "seconds");
  assert.deepEqual(
    timed.points.map(([x]) => x),
    [0.5, 1],
  );
  assert.deepEqual(timed.mark, [1, 0.8]);
  assert.deepEqual(raceLines([column({ naive: 0 })], [3], "epochs")[0].points, []);
});

test("two ages of one run are the same line", () => {
  const lines = raceLines([column(), column({ id: "1.a" })], [1, 3], "epochs");
  assert.equal(lines[0].run, lines[1].run);
  assert.notDeepEqual(lines[0].mark, lines[1].mark);
});

test("naive's level is always in the picture, with room for all that is planned", () => {
  const lines = raceLines([column({ validation: Float64Array.from([2, 2, 2]) })], [3], "epochs");
  const shape = raceShape(lines, 40, { left: 10, right: 110, top: 0, bottom: 50 });
  assert.ok(shape.y(1) < 50 && shape.y(1) > shape.y(4));
  assert.equal(shape.x(40), 110);
  assert.equal(shape.x(0), 10);
});

test("ticks are evenly spaced multiples of naive, few and in bounds", () => {
  assert.deepEqual(shareTicks({ low: 0.94, high: 1.06 }), [0.95, 1, 1.05]);
  for (const scale of [
    { low: 0.97, high: 1.07 },
    { low: 0.4, high: 1.3 },
    { low: 0.02, high: 48 },
    { low: 0.9, high: 11010 },
  ]) {
    const ticks = shareTicks(scale);
    assert.ok(ticks.length >= 1 && ticks.length <= 5, String(ticks));
    assert.ok(
      ticks.every((tick) => Number(tick.toPrecision(3)) === tick),
      String(ticks),
    );
    assert.ok(ticks.every((tick) => tick >= scale.low && tick <= scale.high));
  }
});

test("several films are held, and one that is lacking is named", () => {
  const store = createStore();
  const section = (name) => ({ revision: name, body: { name } });
  const entry = (id, body) => ({
    ...{ id, revision: `r-${id}`, epochs: [1] },
    snapshots: body ? [{ epoch: 1, activations: new Float32Array(4) }] : [],
    ...(body ? { body: { id } } : {}),
  });
  const header = (films) => ({ words: section("w"), chart: section("c"), films, columns: [{ id: "0" }] });
  assert.deepEqual(receiveComparison(store, header([entry("a", true), entry("b", true)])), []);
  assert.deepEqual([...store.films.keys()], ["a", "b"]);
  assert.deepEqual(store.columns, [{ id: "0" }]);
  const lacks = receiveComparison(store, header([entry("a", false), entry("z", false)]));
  assert.deepEqual(lacks, ["film:r-z", "film:z:1"]);
});
