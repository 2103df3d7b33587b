import assert from "node:assert/strict";
import { test } from "node:test";
import { bounds, place, spread, ticks } from "../../dashboard/static/losses/losses.js";

test("a logarithmic scale: equal factors are equal distances", () => {
  const scale = { low: 0.01, high: 100 };
  assert.deepEqual(
    [100, 1, 0.01].map((value) => Math.round(place(value, scale, 80))),
    [0, 40, 80],
  );
  assert.ok(Number.isNaN(place(0, scale, 80)));
  assert.ok(Number.isNaN(place(NaN, scale, 80)));
});

test("bounds hold every value that can be drawn, and leave room where all are alike", () => {
  const wide = bounds([0.2, 3, NaN, Infinity, 0, -1]);
  assert.ok(wide.low < 0.2 && wide.high > 3);
  const alike = bounds([0.5, 0.5]);
  assert.ok(alike.high / alike.low > 1.9);
  assert.ok(bounds([]).low > 0);
});

test("ticks are round, few and within the bounds", () => {
  for (const scale of [
    { low: 0.2, high: 1.1 },
    { low: 0.0003, high: 40 },
    { low: 0.24, high: 0.26 },
    { low: 1e-9, high: 1e6 },
  ]) {
    const found = ticks(scale);
    assert.ok(found.length >= 1 && found.length <= 4, JSON.stringify([scale, found]));
    assert.ok(found.every((tick) => Number(tick.toPrecision(1)) === tick));
  }
  assert.deepEqual(ticks({ low: 0.2, high: 1.1 }), [0.2, 0.5, 1]);
});

test("labels never lie on each other, keep their order and stay inside", () => {
  for (const wanted of [
    [50, 50, 50],
    [50, 48, 49],
    [0, 1, 2],
    [98, 99, 100],
    [10, 50, 90],
    [100, 0, 100],
  ]) {
    const placed = spread(wanted, 14, 5, 95);
    const sorted = [...placed].sort((a, b) => a - b);
    assert.ok(
      sorted.every((at, index) => index === 0 || at - sorted[index - 1] >= 14 - 1e-9),
      `${wanted} -> ${placed}`,
    );
    assert.ok(sorted[0] >= 5 && sorted.at(-1) <= 95, `${wanted} -> ${placed}`);
    for (const [a, b] of [
      [0, 1],
      [1, 2],
      [0, 2],
    ])
      if (wanted[a] < wanted[b]) assert.ok(placed[a] < placed[b]);
  }
});

test("labels that have room are not moved", () => {
  assert.deepEqual(spread([10, 50, 90], 14, 5, 95), [10, 50, 90]);
});
