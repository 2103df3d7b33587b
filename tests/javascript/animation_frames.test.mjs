import assert from "node:assert/strict";
import { test } from "node:test";
import { createFrames } from "../../dashboard/static/shared/animation_frames.js";

/** Animation frames by hand. */
function screen() {
  let [asked, next] = [new Map(), 1];
  globalThis.requestAnimationFrame = (callback) => (asked.set(next, callback), next++);
  globalThis.cancelAnimationFrame = (request) => asked.delete(request);
  return {
    waiting: () => asked.size,
    at(now) {
      const due = [...asked.values()];
      asked.clear();
      due.forEach((callback) => callback(now));
    },
  };
}

test("frames are asked for only while something moves, one at a time", () => {
  const shown = screen();
  const steps = [];
  const frames = createFrames((passed) => steps.push(passed));
  assert.equal(shown.waiting(), 0);
  frames.run(true);
  frames.run(true);
  assert.equal(shown.waiting(), 1);
  shown.at(1000);
  shown.at(1016);
  assert.deepEqual(steps, [0, 16]);
  frames.run(false);
  assert.equal(shown.waiting(), 0);
});

test("a step may bring them to rest; who was away does not jump ahead; a new run begins at nothing passed", () => {
  const shown = screen();
  const steps = [];
  const frames = createFrames((passed) => (steps.push(passed), steps.length === 2 && frames.rest()));
  frames.run(true);
  shown.at(1000);
  shown.at(9000);
  assert.deepEqual(steps, [0, 100]);
  assert.equal(shown.waiting(), 0);
  frames.run(true);
  shown.at(20000);
  assert.deepEqual(steps, [0, 100, 0]);
});
