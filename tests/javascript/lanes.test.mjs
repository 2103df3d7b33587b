import assert from "node:assert/strict";
import { test } from "node:test";
import { lanesOf, pixels, valuesOf } from "../../dashboard/static/lanes/lanes.js";
import { momentAt, headInput } from "../../dashboard/static/cells/moment.js";
import { rows, skip } from "./rows.mjs";
import { film, lstmRow, snapshot, words } from "./samples.mjs";

test("units run down, timesteps across, each value its own colour", () => {
  const lut = Uint32Array.from({ length: 256 }, (_, index) => index);
  const values = Float32Array.from([0, 0.2, 0.4, 0.6, 0.8, 1]); // T = 3 timesteps of H = 2 units
  const found = new Uint32Array(pixels(values, 3, 2, lut, 0, 1).buffer);
  assert.deepEqual([...found], [0, 102, 204, 51, 153, 255]);
});

test("constant values and one single unit make a lane of one colour", () => {
  const lut = Uint32Array.from({ length: 256 }, (_, index) => index);
  const found = new Uint32Array(pixels(new Float32Array(5).fill(-3), 5, 1, lut, -1, 1).buffer);
  assert.deepEqual([...found], [0, 0, 0, 0, 0]);
});

test("lanes come in the order in which a timestep is computed", { skip }, () => {
  const order = (cell) =>
    lanesOf({ ...rows[cell], cell_state_bound: 2.5 }, words)
      .map((lane) => lane.symbol)
      .join("");
  assert.equal(order("LSTM"), "figcoh");
  assert.equal(order("GRU"), "rznh");
  assert.equal(order("RNN"), "h");
  assert.equal(order("PeepholeLSTM"), "figcoh");
});

test("colours are bound to what they mean: gates 0 to 1, g and h to one, c to the run's bound", () => {
  const bounds = Object.fromEntries(
    lanesOf({ ...lstmRow, cell_state_bound: 2.5 }, words).map((lane) => [lane.symbol, [lane.low, lane.high]]),
  );
  assert.deepEqual(bounds, { f: [0, 1], i: [0, 1], g: [-1, 1], c: [-2.5, 2.5], o: [0, 1], h: [-1, 1] });
});

// In the sample each activation's value tells its own place: activation a, layer l, timestep t, unit k -> a.ltk
test("an activation is found by name and layer", () => {
  const values = valuesOf(film, snapshot, "forget_gate", 1); // forget_gate is the second of PyTorch's order
  assert.deepEqual(
    [...values].map((value) => Number(value.toFixed(3))),
    [1.1, 1.101, 1.11, 1.111, 1.12, 1.121],
  );
});

test("the moment holds the numbers of its unit, and those of the timestep before", () => {
  const dates = Float64Array.from([0, 10, 20, 30, 40, 50]);
  const moment = momentAt(film, snapshot, { layer: 1, unit: 1 }, 2, dates);
  const rounded = (values) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Number(value.toFixed(3))]));
  assert.deepEqual(rounded(moment.before), { cell_state: 4.111, hidden_state: 5.111 });
  assert.deepEqual(rounded(moment.now), {
    input_gate: 0.121,
    forget_gate: 1.121,
    candidate: 2.121,
    output_gate: 3.121,
    cell_state: 4.121,
    hidden_state: 5.121,
  });
  assert.equal(moment.date, 40); // the window starts at the series' third day
  assert.deepEqual(moment.inputs, [5, 6]);
  assert.ok(Number.isNaN(moment.targetPrice));
});

test("before the first timestep both states are zero", () => {
  assert.deepEqual(momentAt(film, snapshot, { layer: 0, unit: 0 }, 0, new Float64Array(9)).before, {
    cell_state: 0,
    hidden_state: 0,
  });
});

test("the head reads the last layer", () => {
  assert.deepEqual(
    [...headInput(film, snapshot, 1)].map((value) => Number(value.toFixed(3))),
    [5.11, 5.111],
  );
});
