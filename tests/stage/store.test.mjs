import assert from "node:assert/strict";
import { test } from "node:test";
import { createStore, epochsOf, nearestEpoch, receive, sceneOf, shownFrame } from "../../dashboard/static/stage/store.js";

const frame = (epoch, floats = 4) => ({ epoch, activations: new Float32Array(floats) });
const section = (revision, body = { revision }) => (body ? { revision, body } : { revision });
const filmEntry = (id, epochs, frames, body = { id }) => ({
  id,
  revision: `meta-${id}`,
  epochs,
  frames,
  ...(body ? { body } : {}),
});
const header = (parts) => ({
  words: null,
  chart: null,
  predictions: null,
  forecast: null,
  losses: null,
  status: null,
  film: null,
  ...parts,
});

test("what did not change need not be sent again", () => {
  const store = createStore();
  assert.ok(receive(store, header({ chart: section("a") })).changed.has("chart"));
  const again = receive(store, header({ chart: section("a", null) }));
  assert.deepEqual([[...again.changed], again.missing], [[], null]);
  assert.equal(sceneOf(store).chart.revision, "a");
});

test("null takes a section away", () => {
  const store = createStore();
  receive(store, header({ forecast: section("a") }));
  assert.ok(receive(store, header({})).changed.has("forecast"));
  assert.equal(sceneOf(store).forecast, null);
});

test("frames of one film gather by epoch", () => {
  const store = createStore();
  receive(store, header({ film: filmEntry("f", [1], [frame(1)]) }));
  receive(store, header({ film: filmEntry("f", [3], [frame(3)], null) }));
  receive(store, header({ film: filmEntry("f", [2.5], [frame(2.5)], null) }));
  assert.deepEqual(epochsOf(sceneOf(store).film), [1, 2.5, 3]);
});

test("a film of which nothing is held is asked for once", () => {
  const store = createStore();
  const lost = header({ film: filmEntry("f", [4], [], null) });
  assert.equal(receive(store, lost).missing, "f");
  assert.equal(receive(store, lost).missing, null);
  assert.equal(sceneOf(store).film, null);
  assert.equal(receive(store, header({ film: filmEntry("f", [4], [frame(4)]) })).missing, null);
  assert.equal(receive(store, header({ film: filmEntry("g", [4], [], null) })).missing, "g");
});

test("a lost frame and a lost section are asked for too", () => {
  const store = createStore();
  receive(store, header({ film: filmEntry("f", [1], [frame(1)]) }));
  assert.equal(receive(store, header({ film: filmEntry("f", [1, 2], [], null) })).missing, "f");
  assert.equal(receive(createStore(), header({ chart: section("a", null) })).missing, "chart");
});

test("another window and back: the first film is still there", () => {
  const store = createStore();
  receive(store, header({ film: filmEntry("f", [1], [frame(1)]) }));
  receive(store, header({ film: filmEntry("g", [1], [frame(1)]) }));
  const back = receive(store, header({ film: filmEntry("f", [1], [], null) }));
  assert.deepEqual([back.missing, back.changed.has("film")], [null, true]);
  assert.deepEqual(epochsOf(sceneOf(store).film), [1]);
});

test("many films do not fill the memory", () => {
  const store = createStore();
  for (let id = 0; id < 9; id++) receive(store, header({ film: filmEntry(`f${id}`, [1], [frame(1)]) }));
  assert.ok(store.films.size <= 4);
  assert.ok(store.films.has("f8"));
});

test("too many frames are thinned: the first and the newest stay, and none is asked for again", () => {
  const store = createStore();
  const floats = 4 * 2 ** 20; // 16 MiB a frame
  let answer;
  for (let epoch = 1; epoch <= 12; epoch++)
    answer = receive(store, header({ film: filmEntry("f", [epoch], [frame(epoch, floats)], epoch === 1 ? {} : null) }));
  const held = epochsOf(sceneOf(store).film);
  assert.ok(held.length < 12 && held[0] === 1 && held.at(-1) === 12);
  assert.equal(answer.missing, null);
});

test("the nearest held epoch is shown; without a wish the judged one, or the newest until there is one", () => {
  assert.deepEqual(
    [null, 1, 6, 8, 99].map((wanted) => nearestEpoch([1, 5, 9], wanted)),
    [9, 1, 5, 9, 9],
  );
  assert.equal(nearestEpoch([], null), null);
  assert.deepEqual(
    [null, 5, 0, 7].map((judged) => nearestEpoch([0, 1, 5, 9], null, judged)),
    [9, 5, 0, 9],
  );
  assert.equal(nearestEpoch([0, 1, 5, 9], 9, 5), 9);
});

test("what is shown to those who choose no epoch is known, whatever is chosen", () => {
  const store = createStore();
  const frames = [1, 5, 9].map((epoch) => frame(epoch));
  receive(store, header({ film: filmEntry("f", [1, 5, 9], frames) }));
  const { film } = sceneOf(store);
  const { shown, followed } = shownFrame(film, 9, 5);
  assert.deepEqual([shown, followed, shownFrame(film, null, 5).frame.epoch], [9, 5, 5]);
});

test("the best epoch's frame stays where others have to go", () => {
  const store = createStore();
  const floats = 4 * 2 ** 20;
  const losses = { revision: "l", body: { best_epoch: 4 } };
  for (let epoch = 1; epoch <= 14; epoch++) {
    const film = filmEntry("f", [epoch], [frame(epoch, floats)], epoch === 1 ? {} : null);
    receive(store, header({ losses, film }));
  }
  assert.ok(epochsOf(sceneOf(store).film).length < 14);
  assert.ok(sceneOf(store).film.frames.has(4));
});
