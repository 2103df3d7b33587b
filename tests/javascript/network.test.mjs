import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { run } from "../../dashboard/static/cells/network.js";
import { sigmoid } from "../../dashboard/static/cells/equation.js";
import { halfLives, survival } from "../../dashboard/static/cells/survival.js";
import { termsOf } from "../../dashboard/static/cells/terms.js";

const folder = process.env.STAGE_FIXTURE;
const skip = folder ? false : "run through pytest, which makes the networks";
const sent = folder ? JSON.parse(readFileSync(join(folder, "networks.json"), "utf8")) : [];
const cases = sent.map((each) => ({ ...each, inputs: Float32Array.from(each.inputs) }));
const name = ({ network, inputs }) =>
  `${network.cell}, ${network.layers.length} layers of ${network.head_weight.length}, ${inputs.length} inputs`;

function near(got, wanted, what, tolerance = 1e-5) {
  assert.equal(got.length, wanted.length, what);
  wanted.forEach((each, k) => assert.ok(Math.abs(got[k] - each) <= tolerance, `${what}[${k}]: ${got[k]}, not ${each}`));
}

test("every activation and prediction is the core's, which is torch's", { skip }, () => {
  assert.equal(cases.length, 16);
  for (const each of cases) {
    const { activations, prediction } = run(each.network, each.inputs);
    near(prediction, each.prediction, `${name(each)}: prediction`);
    assert.deepEqual(Object.keys(activations).sort(), Object.keys(each.activations).sort());
    for (const [activation, values] of Object.entries(each.activations)) {
      near(activations[activation], values, `${name(each)}: ${activation}`);
    }
  }
});

test("clamped gates, states and units give what a loop in numpy gives", { skip }, () => {
  let tried = 0;
  for (const each of cases) {
    for (const { clamps, prediction } of each.clamped) {
      near(
        run(each.network, each.inputs, clamps).prediction,
        prediction,
        `${name(each)}: ${JSON.stringify(clamps)}`,
        1e-9,
      );
      tried += 1;
    }
  }
  assert.ok(tried > 40);
});

test("a pre-activation's terms add up to what torch squashed, largest first", { skip }, () => {
  for (const each of cases) {
    const now = run(each.network, each.inputs);
    const [layers, timesteps, hidden] = now.shape;
    const place = { layer: layers - 1, timestep: timesteps - 1, unit: hidden - 1 };
    for (const gate of each.network.blocks) {
      const { terms, total } = termsOf(each.network, now, each.inputs, { ...place, name: gate });
      const value = (gate.endsWith("_gate") ? sigmoid : Math.tanh)(total);
      const at = (place.layer * timesteps + place.timestep) * hidden + place.unit;
      near([value], [each.activations[gate][at]], `${name(each)}: ${gate}`);
      const sizes = terms.map((term) => Math.abs(term.product));
      assert.deepEqual(
        sizes,
        [...sizes].sort((a, b) => b - a),
      );
    }
  }
});

test("memory survives as long as cell states that are pushed run on with the gates as they were", { skip }, () => {
  const [s, push] = [5, 0.5];
  for (const each of cases.filter(({ network }) => network.activations.includes("cell_state"))) {
    const now = run(each.network, each.inputs);
    const [, timesteps, hidden] = now.shape;
    if (timesteps <= s) continue;
    const row = (activation) => now.activations[activation].subarray(0, timesteps * hidden);
    const left = survival(row("forget_gate"), hidden, s);
    for (let unit = 0; unit < hidden; unit++) {
      let [c, pushed] = [0, 0];
      for (let t = 0; t < timesteps; t++) {
        const at = t * hidden + unit;
        const written = row("input_gate")[at] * row("candidate")[at];
        c = row("forget_gate")[at] * c + written;
        pushed = row("forget_gate")[at] * pushed + written + (t === s ? push : 0);
        assert.ok(Math.abs((pushed - c) / push - left[at]) < 1e-9, `unit ${unit} at ${t}`);
      }
    }
  }
});

test("a gate of a half forgets half in one timestep; one that keeps all never does", () => {
  const lives = halfLives([0.5, 1, 0.25, 0.5, 1, 1], 3);
  assert.deepEqual([lives[0], lives[1]], [1, Infinity]);
  near([lives[2]], [1], "a quarter, then everything", 1e-12);
});
