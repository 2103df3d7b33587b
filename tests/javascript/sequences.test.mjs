import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import {
  act,
  apartAt,
  beside,
  boundsOf,
  chunkAt,
  describe,
  fitted,
  kindAt,
  largestAt,
  outputAt,
  presentAt,
  readout,
  unitsOf,
  wayOf,
} from "../../dashboard/static/sequences/sequences.js";
import { createClock, seek } from "../../dashboard/static/player/clock.js";
import { signed } from "../../dashboard/static/shared/format.js";
import { decode } from "../../dashboard/static/shared/payload.js";
import { only } from "./samples.mjs";

const folder = process.env.STAGE_FIXTURE;
const skip = folder ? false : "run through pytest, which asks torch";
const read = (name) => readFileSync(join(folder, name));
const lengths = folder ? decode(read("sent_lengths.bin")).content.body : null; // of 3, 1, 6 and 4 values
const chunks = folder ? decode(read("sent_chunks.bin")).content.body : null; // three of 10 timesteps
const expected = folder ? JSON.parse(read("batch.json").toString()) : null;
const way = (name) => lengths.ways.find((each) => each.name === name);
const near = (got, wanted) => assert.ok(Math.abs(got - wanted) < 1e-6, `${got} is not ${wanted}`);

test("every hidden state and output of each way is torch's, and nothing else is there", { skip }, () => {
  let compared = 0;
  for (const [name, rows] of Object.entries(expected.ways)) {
    rows.forEach((timesteps, row) =>
      timesteps.forEach((numbers, t) => {
        const kind = kindAt(lengths.rows[row], way(name), row, t);
        assert.equal(kind === "absent", numbers === null, `${name}, row ${row}, timestep ${t}`);
        if (numbers === null) return;
        near(largestAt(way(name), row, t), numbers[0]);
        near(outputAt(way(name), row, t), numbers[1]);
        compared += 1;
      }),
    );
  }
  assert.equal(compared, 14 + 24 + 14 + 24);
});

test("padding is run over when padded or masked, and absent when packed or one by one", { skip }, () => {
  const kinds = (name) =>
    lengths.rows.map((row, index) => [0, 1, 2, 3, 4, 5].map((t) => kindAt(row, way(name), index, t)[0]).join(""));
  for (const name of ["padded", "masked"]) assert.deepEqual(kinds(name), ["vvvppp", "vppppp", "vvvvvv", "vvvvpp"]);
  for (const name of ["packed", "one_by_one"]) assert.deepEqual(kinds(name), ["vvvaaa", "vaaaaa", "vvvvvv", "vvvvaa"]);
});

test("sequences that still have a value are torch's batch sizes", { skip }, () => {
  const counted = [0, 1, 2, 3, 4, 5].map((t) => presentAt([3, 1, 6, 4], t));
  assert.deepEqual(counted, [4, 3, 3, 2, 1, 1]);
  assert.deepEqual(way("packed").batch_sizes, counted);
  assert.deepEqual(way("padded").batch_sizes, [4, 4, 4, 4, 4, 4]);
  assert.deepEqual(way("one_by_one").batch_sizes, [1, 1, 1, 1, 1, 1]);
});

test(
  "packed rows stand by falling length, the others as given; outputs are read where they should be",
  { skip },
  () => {
    assert.deepEqual(way("packed").order, [2, 3, 0, 1]);
    for (const name of ["padded", "masked", "one_by_one"]) assert.deepEqual(way(name).order, [0, 1, 2, 3]);
    for (const name of ["packed", "masked", "one_by_one"]) assert.deepEqual(way(name).read_at, [2, 0, 5, 3]);
    assert.deepEqual(way("padded").read_at, [5, 5, 5, 5]);
  },
);

test("the sentence counts at the playhead", { skip }, () => {
  const told = (name, t) => readout(lengths, way(name), t);
  assert.equal(
    told("packed", 3),
    "Timestep 4: 2 of 4 sequences still have a value; packed batch size 2. Read here: the output of sequence 4.",
  );
  assert.equal(told("packed", 1), "Timestep 2: 3 of 4 sequences still have a value; packed batch size 3.");
  assert.equal(
    told("padded", 4),
    "Timestep 5: 1 of 4 sequences still have a value; the padded batch computes all 4, 3 of them over padding.",
  );
  assert.match(told("padded", 5), /Read here: the output of sequence 1, sequence 2, sequence 3, sequence 4\.$/);
  assert.match(told("one_by_one", 0), /^Timestep 1: 4 of 4 .* each runs alone, batch size 1\. Read here: .* 2\.$/);
});

test("beside a row stand its output, where it was read, its mean, and the difference to one by one", { skip }, () => {
  const alone = (row) => expected.ways.one_by_one[row].findLast((each) => each !== null)[1];
  for (const name of ["packed", "masked", "one_by_one"]) {
    const [output, where, mean, compared] = beside(lengths, way(name), 3, 0);
    assert.equal(output, signed(alone(3)));
    assert.equal(where, "read at timestep 4");
    assert.equal(mean, `mean of its values ${signed(expected.means[3])}`);
    assert.match(compared, /^as one by one: differs by (0|\de−\d+)$/);
  }
  const [output, where, , compared] = beside(lengths, way("padded"), 1, 0);
  const ran = expected.ways.padded[1][5][1];
  assert.deepEqual([output, where], [signed(ran), "read at timestep 6"]);
  const difference = Math.abs(ran - alone(1)).toFixed(3);
  assert.equal(compared, `one by one says ${signed(alone(1))}: differs by ${difference}`);
});

test("beside a row of chunks the next value stands with naive's: the value that is there now", { skip }, () => {
  for (const t of [0, 3, 14]) {
    const [, output, naive] = beside(chunks, chunks.ways[0], 0, t);
    assert.match(output, /^next value [+−]\d\.\d{3}$/);
    assert.equal(naive, `naive ${signed(Math.sin((2 * Math.PI * t) / 8))}`);
  }
});

test("one scale holds all that is read, said and asked for, and zero", { skip }, () => {
  const { low, high } = boundsOf(lengths, way("padded"));
  const all = [...lengths.values].filter(Number.isFinite);
  assert.ok(low <= Math.min(0, ...all) && high >= Math.max(0, ...all));
  assert.ok([...lengths.values].some(Number.isNaN), "padding has no value of its own");
  const one = only({ ...lengths, rows: [], values: Float32Array.of(2, NaN, 3) });
  assert.deepEqual(boundsOf(one, only({ outputs: Float32Array.of(-0.5, NaN) })), { low: -0.5, high: 3 });
  assert.deepEqual(boundsOf(one, only({ outputs: Float32Array.of(1) })), { low: 0, high: 3 });
  const below = only({ ...one, rows: [{ target: -4 }], values: Float32Array.of(-1) });
  assert.deepEqual(boundsOf(below, only({ outputs: Float32Array.of(-2) })), { low: -4, high: 0 });
});

test("units are sorted by how they go along with the input of the longest row", () => {
  const numbers = (values, shape) => Object.assign(Float32Array.from(values), { shape });
  const rows = [{ length: 1 }, { length: 3 }];
  const values = numbers([9, NaN, NaN, 1, 2, 3], [2, 3]);
  // Two rows of three timesteps by three units; in the second row unit 0 falls, unit 1 stands still, unit 2 rises.
  const hidden = numbers([5, 6, 7, 0, 0, 0, 0, 0, 0, 3, 1, 0, 2, 1, 5, 1, 1, 6], [2, 3, 3]);
  assert.deepEqual(unitsOf(only({ rows, values }), only({ hidden })), [2, 1, 0]);
});

test("who cannot see it hears what is there", { skip }, () => {
  assert.match(
    describe(lengths, way("packed"), 1, 4),
    /^sequence 2: .* 50 units over 6 timesteps\. At timestep 5: nothing/,
  );
  assert.match(
    describe(lengths, way("padded"), 1, 4),
    /At timestep 5: over padding, largest absolute value 0\.\d{3}, output/,
  );
  assert.match(describe(lengths, way("padded"), 1, 0), /At timestep 1: largest absolute value/);
});

test("over a chunk's boundary both rows have torch's states, carried over or begun from zero", { skip }, () => {
  const [untrained] = chunks.ways;
  assert.deepEqual(chunks.boundaries, [10, 20]);
  expected.chunks.forEach(([carried, restarted, apart], t) => {
    near(largestAt(untrained, 0, t), carried);
    near(largestAt(untrained, 1, t), restarted);
    near(apartAt(untrained, 0, 1, t), apart);
  });
  assert.ok(expected.chunks[9][2] < 1e-12 && expected.chunks[10][2] > 0.01, "alike before, apart after");
});

test("at a boundary the sentence tells both sides of it", { skip }, () => {
  const [before, now] = [expected.chunks[9], expected.chunks[10]].map((each) => each.map((value) => value.toFixed(3)));
  assert.equal(
    readout(chunks, chunks.ways[0], 10),
    `Timestep 11, chunk 2 begins. Carried over: largest |h| ${before[0]} before, ${now[0]} after. Begun from zero: ` +
      `${before[1]} before, thrown away, ${now[1]} after. The two differ by at most ${now[2]}.`,
  );
  const within = expected.chunks[14].map((value) => value.toFixed(3));
  assert.equal(
    readout(chunks, chunks.ways[0], 14),
    `Timestep 15, in chunk 2: largest |h| ${within[0]} carried over, ${within[1]} begun from zero. ` +
      `The two differ by at most ${within[2]}.`,
  );
  assert.match(readout(chunks, chunks.ways[0], 0), /^Timestep 1, in chunk 1:/);
  assert.deepEqual(
    [0, 9, 10, 19, 20, 29].map((t) => chunkAt([10, 20], t)),
    [0, 0, 1, 1, 2, 2],
  );
});

const state = { way: "", clock: createClock(6, true) };
const after = (...actions) => actions.reduce(act, state);

test("whoever steps or seeks stops the clock, within the sequence", () => {
  assert.deepEqual(
    [after({ type: "step", by: 1 }).clock.position, after({ type: "step", by: 1 }).clock.playing],
    [1, false],
  );
  assert.equal(after({ type: "step", by: -1 }).clock.position, 0);
  assert.equal(after({ type: "seek", value: 99 }).clock.position, 5);
  assert.equal(after({ type: "seek", value: 4 }).clock.playing, false);
  assert.equal(after({ type: "end" }).clock.position, 5);
  assert.equal(after({ type: "end" }, { type: "start" }).clock.position, 0);
  assert.equal(after({ type: "toggle" }).clock.playing, false);
  assert.equal(after({ type: "unitBy", by: 1 }), state, "a key of the stage that means nothing here");
});

test("the way chosen stays while there is one of that name; the playhead keeps its share of the way", () => {
  const ways = only({ ways: [{ name: "padded" }, { name: "packed" }], first: "packed" });
  assert.equal(wayOf(ways, state).name, "packed");
  assert.equal(wayOf(ways, after({ type: "way", value: "padded" })).name, "padded");
  assert.equal(wayOf(only({ ...ways, ways: [{ name: "packed" }] }), { ...state, way: "padded" }).name, "packed");
  const moved = { ...state, clock: seek(state.clock, 5) };
  assert.equal(fitted(moved, only({ values: { shape: [2, 11] } })).clock.position, 10);
  assert.equal(fitted(moved, only({ values: { shape: [2, 6] } })).clock, moved.clock);
});
