import assert from "node:assert/strict";
import { test } from "node:test";
import * as clock from "../../dashboard/static/player/clock.js";

const at = (position, changes = {}) => ({ ...clock.createClock(10, true), position, ...changes });

test("at speed 1 four timesteps pass in a second, at speed 8 thirty-two", () => {
  assert.equal(clock.advance(at(0), 1000).position, 4);
  assert.equal(clock.advance({ ...at(0, { speed: 8 }), length: 60 }, 1000).position, 32);
});

test("a long window plays in fifteen seconds too, except in slow motion", () => {
  assert.equal(clock.advance({ ...at(0), length: 300 }, 1000).position, 20);
  assert.equal(clock.advance({ ...at(0, { speed: clock.SLOW }), length: 300 }, 1000).position, 1);
});

test("many small frames end where one large one does", () => {
  let now = at(0);
  for (let frame = 0; frame < 60; frame++) now = clock.advance(now, 1000 / 60);
  assert.ok(Math.abs(now.position - 4) < 1e-9);
});

test("the numbers shown are those of the whole part, never beyond the window", () => {
  assert.deepEqual(
    [0, 0.99, 3.5, 9, 9.7, 10].map((position) => clock.timestep(at(position))),
    [0, 0, 3, 9, 9, 9],
  );
});

test("a stopped clock stands, and so does a window of one timestep", () => {
  assert.equal(clock.advance(at(3, { playing: false }), 500).position, 3);
  assert.equal(clock.advance({ ...at(0), length: 1 }, 500).position, 0);
});

test("on the last timestep it rests, then starts again", () => {
  const last = clock.advance(at(8.9), 1000);
  assert.equal(last.position, 9);
  const resting = clock.advance(last, 800);
  assert.equal(resting.position, 9);
  assert.equal(clock.advance(resting, 900).position, 0);
});

test("slow motion gives each timestep five sub-steps of 200 ms, the last timestep too", () => {
  const slow = at(0, { speed: clock.SLOW });
  const seen = [0, 200, 400, 600, 800, 1000].map((ms) => {
    const now = clock.advance(slow, ms);
    return [clock.timestep(now), clock.phase(now)];
  });
  assert.deepEqual(seen, [
    [0, 0],
    [0, 1],
    [0, 2],
    [0, 3],
    [0, 4],
    [1, 0],
  ]);
  assert.deepEqual(
    [9, 9.5, 9.99].map((position) => clock.phase({ ...slow, position })),
    [0, 2, 4],
  );
});

test("there are sub-steps only in slow motion and only while it plays", () => {
  assert.equal(clock.phase(at(2.5)), null);
  assert.equal(clock.phase(at(2.5, { speed: clock.SLOW, playing: false })), null);
});

test("stopping settles on the timestep shown; starting at the end begins again", () => {
  assert.equal(clock.toggle(at(3.7)).position, 3);
  assert.deepEqual(
    [clock.toggle(at(9, { playing: false })).position, clock.toggle(at(9, { playing: false })).playing],
    [0, true],
  );
});

test("seeking stays inside the window", () => {
  assert.deepEqual(
    [-5, 4, 99].map((target) => clock.seek(at(0), target).position),
    [0, 4, 9],
  );
});

test("speed goes notch by notch and stops at both ends", () => {
  assert.equal(clock.faster(at(0), 1).speed, 2);
  assert.equal(clock.faster(at(0, { speed: 8 }), 1).speed, 8);
  assert.equal(clock.faster(at(0, { speed: 0.25 }), -1).speed, 0.25);
});

test("a window of another length keeps the share of the way", () => {
  assert.equal(clock.resized(at(9), 60).position, 59);
  assert.equal(clock.resized(at(0), 60).position, 0);
  assert.equal(clock.resized(at(4.5), 10).position, 4.5);
});
