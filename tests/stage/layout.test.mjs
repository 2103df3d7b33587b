import assert from "node:assert/strict";
import { test } from "node:test";
import { DIAGRAMS, valuesIn, wireWidth } from "../../dashboard/static/stage/diagram.js";
import { columnCentre, isStacked, layoutFor, rowAt, stripe, timestepAt } from "../../dashboard/static/stage/layout.js";
import { momentAt } from "../../dashboard/static/stage/moment.js";
import { film, frame } from "./samples.mjs";

const names = ["forget_gate", "input_gate", "candidate", "cell_state", "output_gate", "hidden_state"];

test("rows lie one under the other, x on top, the prediction last", () => {
  for (const [lanes, large] of [
    [names, false],
    [names, true],
    [names.slice(0, 4), false],
    [["hidden_state"], false],
  ]) {
    const { rows, lanesHeight } = layoutFor(650, false, large, lanes);
    rows.forEach((row, index) => assert.ok(index === 0 || row.top >= rows[index - 1].top + rows[index - 1].height));
    assert.deepEqual([rows[0].kind, rows.at(-1).kind, rows.length], ["inputs", "prediction", lanes.length + 2]);
    assert.equal(lanesHeight, rows.at(-1).top + rows.at(-1).height);
  }
});

test("gutter and plot fill the column, on a phone too", () => {
  for (const width of [343, 650]) {
    const { gutter, width: plot } = layoutFor(width, isStacked(width), false, names);
    assert.equal(gutter + plot, width);
  }
  assert.ok(isStacked(343) && !isStacked(980));
});

test("the timestep under a column's middle is that column's", () => {
  for (const timesteps of [2, 60, 500]) {
    for (const t of [0, 1, timesteps - 1]) assert.equal(timestepAt(columnCentre(t, timesteps, 587), timesteps, 587), t);
  }
  assert.equal(timestepAt(-4, 60, 587), 0);
  assert.equal(timestepAt(900, 60, 587), 59);
});

test("the unit under the middle of a unit's stripe is that unit", () => {
  const layout = layoutFor(650, false, false, names);
  const row = layout.rows[3];
  for (const hidden of [1, 8, 15]) {
    for (const unit of [0, hidden - 1]) {
      const { top, height } = stripe(row, unit, hidden);
      assert.equal(rowAt(layout, top + height / 2, hidden).unit, unit);
      assert.ok(top >= row.top && top + height <= row.top + row.height + 1e-9);
    }
  }
  assert.equal(rowAt(layout, -10, 4), null);
  for (let y = layout.rows[0].top; y < layout.lanesHeight; y++) assert.ok(rowAt(layout, y, 4), `nothing at ${y}`);
});

test("a stripe is seen even where units are thinner than a pixel", () => {
  const row = layoutFor(650, false, false, names).rows[1];
  for (const unit of [0, 200, 255]) {
    const { top, height } = stripe(row, unit, 256);
    const middle = row.top + ((unit + 0.5) / 256) * row.height;
    assert.ok(height >= 3 && top <= middle && middle <= top + height);
  }
});

test("every box and every wire of every cell has a number to carry", () => {
  const activations = {
    LSTM: names,
    GRU: ["reset_gate", "update_gate", "candidate", "hidden_state"],
    RNN: ["hidden_state"],
  };
  for (const [cell, diagram] of Object.entries(DIAGRAMS)) {
    const now = Object.fromEntries(activations[cell].map((name) => [name, 0.5]));
    const values = valuesIn({ cell, now, before: { hidden_state: 0.1, cell_state: 0.2 }, inputs: [0.3], layer: 0 });
    for (const { value } of diagram.wires)
      assert.ok(value === null || Number.isFinite(values[value]), `${cell} ${value}`);
    for (const { id } of diagram.boxes) assert.ok(Number.isFinite(values[id]), `${cell} ${id}`);
    for (const { x, w, y, h } of diagram.boxes) assert.ok(x >= 0 && x + w <= 400 && y >= 0 && y + h <= diagram.height);
  }
});

test("the diagram's derived numbers obey the cell's equations", () => {
  const moment = momentAt(film, frame, { layer: 0, unit: 0 }, 1, new Float64Array(9));
  const values = valuesIn(moment);
  const { forget_gate: f, input_gate: i, candidate: g, cell_state: c } = moment.now;
  assert.equal(values.kept + values.written, f * moment.before.cell_state + i * g);
  assert.equal(values.tanh, Math.tanh(c));
});

test("wires grow with magnitude, whatever the sign, and stop at full", () => {
  assert.ok(wireWidth(0, 1) < wireWidth(-0.5, 1));
  assert.equal(wireWidth(-0.5, 1), wireWidth(0.5, 1));
  assert.equal(wireWidth(7, 1), wireWidth(1, 1));
  assert.ok(Number.isFinite(wireWidth(NaN, 1)));
});
