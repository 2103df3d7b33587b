import assert from "node:assert/strict";
import { test } from "node:test";
import { advance, createClock, openingAt, pause, seek } from "../../dashboard/static/player/clock.js";
import { columnCentre } from "../../dashboard/static/lanes/layout.js";
import { largestMove, unitThatMoves } from "../../dashboard/static/stage/moves.js";
import * as chart from "../../dashboard/static/chart/window_chart.js";

const prices = Float64Array.from([20, 22, 21, 21, 18, 19]);
const came = Float64Array.from([22, 21, 21, 18, 19, NaN]);
const said = Float64Array.from([21.5, 22.5, 21, 20, 18.25, 19.5]);
const told = { prices, said, came };
const size = { width: 600, height: 180 };
const range = chart.valueRange(told);
const points = (path) => [...path.matchAll(/[ML]([\d.-]+) ([\d.-]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);

test("chart and lanes share their columns: the same x for the same step", () => {
  points(chart.linesOf(told, size, range).price).forEach(([x], t) =>
    assert.ok(Math.abs(x - columnCentre(t, prices.length, size.width)) < 0.06),
  );
});

test("a forecast lies on the step that it is for, naive's and the network's alike", () => {
  const { lstm, naive } = chart.linesOf(told, size, range);
  for (const [line, values] of [[lstm, said], [naive, prices]]) {
    assert.equal(points(line).length, prices.length - 1);
    points(line).forEach(([x, y], made) => {
      assert.ok(Math.abs(x - columnCentre(made + 1, prices.length, size.width)) < 0.06);
      assert.ok(Math.abs(y - chart.valueY(values[made], range, size.height)) < 0.06);
    });
  }
});

test("a line is broken where a value is unknown, and never bridges it", () => {
  const { price } = chart.linesOf({ ...told, prices: [1, NaN, 3, 4] }, size, { low: 0, high: 5 });
  assert.deepEqual(price.match(/[ML]/g), ["M", "M", "L"]);
});

test("without a network there is a price alone", () => {
  const alone = { prices, said: [], came: [] };
  assert.deepEqual(chart.linesOf(alone, size, chart.valueRange(alone)).lstm, "");
  assert.deepEqual(chart.linesOf(alone, size, chart.valueRange(alone)).naive, "");
});

test("all prices are in the plot; wild forecasts move its axis by half the prices' range at the most", () => {
  const wild = chart.valueRange({ ...told, said: said.map((each) => each * 50) });
  assert.ok(wild.low < 18 && wild.high > 22 && wild.high < 22 + 4 * 0.5 + 1);
  const flat = chart.valueRange({ prices: [5, 5], said: [], came: [5, NaN] });
  assert.ok(flat.low < 5 && flat.high > 5);
  const nothing = chart.valueRange({ prices: [0, 0], said: [], came: [] });
  assert.ok(nothing.low < 0 && nothing.high > 0);
});

test("ticks are round numbers inside the range, no more than asked for", () => {
  assert.deepEqual(chart.roundTicks({ low: 16.4, high: 20.9 }, 4).values, [17, 18, 19, 20]);
  for (const [low, high] of [[0.011, 0.0123], [-3.3, 4.2], [99990, 100010], [1e-9, 3e-9]]) {
    for (const most of [2, 3, 4, 6]) {
      const { values } = chart.roundTicks({ low, high }, most);
      assert.ok(values.length <= most && values.every((each) => each >= low && each <= high), `${low} ${high} ${most}`);
    }
  }
});

test("the three dots stand on the next step, at what was said and what came", () => {
  const { x, dots } = chart.nextStep(told, 2, size, range, { gap: 18, room: 100 });
  assert.equal(x, columnCentre(3, prices.length, size.width));
  const y = (value) => chart.valueY(value, range, size.height);
  assert.deepEqual(
    dots.map(({ name, value, y: at }) => [name, value, at]),
    [["lstm", 21, y(21)], ["naive", 21, y(21)], ["came", 21, y(21)]],
  );
});

test("what has not come yet has no dot; the last step's stand just after the axis", () => {
  const { x, dots, side } = chart.nextStep(told, 5, size, range, { gap: 18, room: 100 });
  assert.deepEqual(dots.map(({ name }) => name), ["lstm", "naive"]);
  assert.ok(x > size.width && x < size.width + 10);
  assert.equal(side, "left");
});

test("words never lie on each other and stay in the plot", () => {
  for (let t = 0; t < 6; t++) {
    const { heading, dots, side } = chart.nextStep(told, t, size, range, { gap: 18, room: 150 });
    const lines = [heading, ...dots.map(({ line }) => line)].sort((a, b) => a - b);
    lines.forEach((line, k) => assert.ok(k === 0 || line - lines[k - 1] >= 18 - 1e-9));
    assert.ok(lines[0] >= 0 && lines.at(-1) <= size.height);
    assert.equal(lines[0], heading);
    assert.equal(side, columnCentre(t + 1, 6, 600) + 150 <= 600 && t < 5 ? "right" : "left");
  }
});

test("nearer than naive is counted from the numbers, on the steps whose outcome is known by now", () => {
  const by = (t) => Object.values(chart.nearerThanNaive(told, t));
  // off by 0.5 2 | 1.5 1 | 0 0 | 2 3 | 0.75 1: nearer, not, a draw is none, nearer, nearer
  assert.deepEqual([0, 1, 2, 3, 4, 5].map(by), [[0, 0], [1, 1], [1, 2], [1, 3], [2, 4], [3, 5]]);
  assert.deepEqual(by(6), [3, 5]); // the last outcome is not known
});

test("whether the network was trained on a window is told by where its training part ends", () => {
  assert.deepEqual([[5, 3], [2, 3], [3, 3], [4, 3]].map(([start, length]) => chart.trainedOn(start, length, 5)), [
    "none",
    "all",
    "some",
    "some",
  ]);
});

test("the largest move: a share where the series is money, a difference where it is not; the first of equals", () => {
  assert.equal(largestMove([100, 101, 90, 91], 99, true), 2);
  assert.equal(largestMove([1, 2, 90, 99], 1, true), 2);
  assert.equal(largestMove([1, 2, 90, 99], 1, false), 2);
  assert.equal(largestMove([0, 5, 0, 5], NaN, false), 1);
  assert.equal(largestMove([5, 5, 5], 9, false), 0);
  assert.equal(largestMove([5, 5, 5], NaN, true), 2);
});

test("the unit whose share of the forecast changes most on a step", () => {
  const states = [0, 0, 0, 1, 0.5, -1, 1, 0.5, 1]; // three units, three steps
  assert.equal(unitThatMoves([1, 1, 0.1], states, 1), 0);
  assert.equal(unitThatMoves([1, 1, 0.1], states, 2), 2);
  assert.equal(unitThatMoves([0.1, -9, 0.1], states, 1), 1);
  assert.equal(unitThatMoves([1, 1, 1], states, 0), 0);
});

test("the opening play runs to its step, at most six seconds, and pauses there once", () => {
  let clock = openingAt(createClock(60, true), 39);
  assert.equal(clock.position, 15);
  for (let snapshot = 0; snapshot < 60 * 7; snapshot++) clock = advance(clock, 1000 / 60);
  assert.deepEqual([clock.position, clock.playing, clock.until], [39, false, null]);
  clock = { ...clock, playing: true };
  for (let snapshot = 0; snapshot < 60; snapshot++) clock = advance(clock, 1000 / 60);
  assert.ok(clock.position > 42 && clock.playing);
});

test("where nothing plays by itself it stands on that step; whoever takes the clock has it", () => {
  assert.deepEqual(openingAt(createClock(60, false), 39), seek(createClock(60, false), 39));
  assert.equal(openingAt(createClock(60, true), 3).position, 0);
  for (const take of [(clock) => seek(clock, 20), pause]) assert.equal(take(openingAt(createClock(60, true), 39)).until, null);
});
