import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gateLine } from "../../dashboard/static/cells/equations.js";
import {
  act,
  begin,
  editedIn,
  follow,
  lossOf,
  played,
  readScalar,
  rowOf,
  scalarsOf,
} from "../../dashboard/static/one_unit/one_unit.js";
import { only } from "./samples.mjs";

const folder = process.env.STAGE_FIXTURE;
const skip = folder ? false : "run through pytest, which asks torch";
const fixture = folder ? JSON.parse(readFileSync(join(folder, "smallest.json"), "utf8")) : null;

const twelve = Float64Array.from({ length: 36 }, (_, k) => k / 10);
const run = { id: "a", epochs: 2, scalars: twelve, losses: new Float64Array(3), predictions: new Float64Array(6) };
const edit = (index, text) => only({ type: "edit", index, text });
const after = (...actions) => actions.reduce(act, begin(run));

test("every day of both companies has torch's numbers, at every age", { skip }, () => {
  assert.equal(fixture.ages.length, 5);
  let compared = 0;
  for (const { scalars, companies } of fixture.ages) {
    for (const { prices, days } of companies) {
      const got = follow(Float64Array.from(scalars), prices);
      days.forEach((day, t) => {
        for (const [name, value] of Object.entries(day)) {
          assert.ok(Math.abs(got.days[t].now[name] - value) < 1e-12, `${name} on day ${t + 1}`);
          compared += 1;
        }
        assert.equal(got.days[t].inputs[0], prices[t]);
        const before = t ? days[t - 1] : { cell_state: 0, hidden_state: 0 };
        for (const state of ["cell_state", "hidden_state"]) {
          assert.ok(Math.abs(got.days[t].before[state] - before[state]) < 1e-12, `${state} before day ${t + 1}`);
        }
      });
      assert.ok(Math.abs(got.prediction - days.at(-1).hidden_state) < 1e-12);
    }
  }
  assert.equal(compared, 5 * 2 * 4 * 6);
});

test("the loss shown is torch's mean squared error", { skip }, () => {
  for (const { scalars, companies, loss } of fixture.ages) {
    const predictions = companies.map(({ prices }) => follow(Float64Array.from(scalars), prices).prediction);
    assert.ok(Math.abs(lossOf(predictions, [0, 1]) - loss) < 1e-12);
  }
});

test("a gate's line carries its scalars, its pre-activation and its value", () => {
  const scalars = Float64Array.from([0, 0, 0, 2, -0.5, 0.25, 1, 1, -1, 0, 0, 0]);
  const [, second] = follow(scalars, [1, 0.5]).days;
  const h = second.before.hidden_state; // sigma(0) tanh(sigma(0) tanh(0))
  const text = gateLine("forget_gate", "f", scalars.slice(rowOf("forget_gate"), rowOf("forget_gate") + 3), second);
  assert.equal(h, 0);
  assert.deepEqual(text, [
    "f = σ(w·x + u·h′ + b)",
    "= σ(2.000·0.500 + (−0.500)·0.000 + 0.250)",
    "= σ(+1.250)",
    "= 0.777",
  ]);
  const candidate = gateLine("candidate", "g", scalars.slice(rowOf("candidate"), rowOf("candidate") + 3), second);
  assert.deepEqual(candidate.slice(1), ["= tanh(1.000·0.500 + 1.000·0.000 + (−1.000))", "= tanh(−0.500)", "= −0.462"]);
});

test("an epoch shows its own scalars, and none beyond the last", () => {
  assert.deepEqual([...scalarsOf(begin(run))], [...twelve.slice(24)]);
  assert.deepEqual([...scalarsOf(after({ type: "seek", value: 1 }))], [...twelve.slice(12, 24)]);
  assert.equal(after({ type: "seek", value: 9 }).epoch, 2);
  assert.equal(after({ type: "seek", value: -3 }).epoch, 0);
});

test("an edit changes one scalar; undo takes back one field at a time, reset all", () => {
  const twice = after(edit(0, "5"), edit(0, "5.5"), { type: "leave" }, edit(3, "-1"));
  assert.deepEqual(editedIn(twice), [0, 3]);
  assert.equal(scalarsOf(twice)[0], 5.5);
  assert.equal(scalarsOf(twice)[3], -1);
  const once = act(twice, { type: "undo" });
  assert.deepEqual(editedIn(once), [0]);
  assert.deepEqual(editedIn(act(once, { type: "undo" })), []);
  const trained = act(twice, { type: "reset" });
  assert.deepEqual(editedIn(trained), []);
  assert.deepEqual(editedIn(act(trained, { type: "undo" })), [0, 3]);
  assert.deepEqual([...run.scalars], [...twelve], "the run's own scalars are never written to");
});

test("undo on a fresh page changes nothing; an edit left behind by another epoch comes back", () => {
  assert.deepEqual(after({ type: "undo" }), begin(run));
  const elsewhere = after(edit(2, "7"), { type: "seek", value: 0 });
  assert.deepEqual(editedIn(elsewhere), []);
  const back = act(elsewhere, { type: "undo" });
  assert.equal(back.epoch, 2);
  assert.equal(scalarsOf(back)[2], 7);
});

test("what is no number from -100 to 100 keeps the last good state and is named", () => {
  const good = after(edit(4, "1.5"));
  for (const text of ["", " ", "abc", "1e999", "Infinity", "100.01", "-101", "1,5,"]) {
    const refused = act(good, edit(4, text));
    assert.equal(refused.refused, 4, text);
    assert.deepEqual([...scalarsOf(refused)], [...scalarsOf(good)]);
  }
  assert.equal(act(act(good, edit(4, "")), edit(4, "2")).refused, null);
  assert.equal(act(act(good, edit(4, "")), { type: "leave" }).refused, null);
  assert.deepEqual(["100", "-100", " 0.5 ", "1e1"].map(readScalar), [100, -100, 0.5, 10]);
});

test("typing a field's own value is no edit", () => {
  assert.deepEqual(after(edit(1, String(twelve[25]))).past, []);
});

test("all epochs run in eight seconds, from wherever one begins", () => {
  assert.deepEqual(played(0, 4000, 500), { epoch: 250, done: false });
  assert.deepEqual(played(250, 4000, 500), { epoch: 500, done: true });
  assert.deepEqual(played(0, 60000, 500), { epoch: 500, done: true });
});
