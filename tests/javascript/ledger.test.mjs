import assert from "node:assert/strict";
import { test } from "node:test";
import { LISTED, entries, ranked, rankedOverall, scaleOf } from "../../dashboard/static/ledger/ledger.js";

/** Numbers without a pattern, the same in every run. */
function numbers(count, seed) {
  let state = seed;
  return Float32Array.from(
    { length: count },
    () => (state = (state * 1103515245 + 12345) % 2147483648) / 1073741824 - 1,
  );
}

for (const hidden of [1, 8, 9, 256]) {
  test(`with ${hidden} units all entries add up to the head's output`, () => {
    const [weight, states] = [numbers(hidden, 3), numbers(hidden, 5)];
    const bias = -0.37;
    const exact = weight.reduce((sum, each, unit) => sum + each * states[unit], bias);
    const found = entries(weight, states, bias, ranked(weight, states));
    const total = found.reduce((sum, each) => sum + each.value, 0);
    assert.ok(Math.abs(total - exact) < 1e-9);
    assert.equal(found.filter((each) => each.kind === "unit").length, hidden === 9 ? 9 : Math.min(LISTED, hidden));
    const others = found.find((each) => each.kind === "others");
    assert.equal(others?.count, hidden > 9 ? hidden - LISTED : undefined); // one alone is listed itself
    assert.equal(found.at(-1).kind, "bias");
  });
}

test("the largest come first, whatever their sign", () => {
  assert.deepEqual(ranked([1, -3, 2, 0], [1, 1, -1, 5]), [1, 2, 0, 3]);
});

test("over a window a unit counts with all its timesteps", () => {
  const states = Float32Array.from([1, 0, 0, 0.6, 0, 0.6]); // T = 3, H = 2
  assert.deepEqual(rankedOverall([1, 1], states), [1, 0]);
});

test("no bar of the window is longer than its scale", () => {
  const [hidden, timesteps] = [20, 15];
  const [weight, states] = [numbers(hidden, 7), numbers(hidden * timesteps, 11)];
  const order = rankedOverall(weight, states);
  const scale = scaleOf(weight, states, 0.2, order);
  const bars = Array.from({ length: timesteps }, (_, t) =>
    entries(weight, states.subarray(t * hidden, (t + 1) * hidden), 0.2, order),
  ).flat();
  const longest = Math.max(...bars.map((bar) => Math.abs(bar.value)));
  assert.ok(longest <= scale);
  assert.equal(scaleOf([0], Float32Array.from([1]), 0, [0]), 1);
});
