import assert from "node:assert/strict";
import { test } from "node:test";
import { choosable, createStore, epochsOf, nearestEpoch, receive, contentOf, shownSnapshot } from "../../dashboard/static/shared/store.js";

const snapshot = (epoch, floats = 4) => ({ epoch, activations: new Float32Array(floats) });
const section = (revision, body = { revision }) => (body ? { revision, body } : { revision });
const filmEntry = (id, epochs, snapshots, body = { id }) => ({
  id,
  revision: `meta-${id}`,
  epochs,
  snapshots,
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
  assert.deepEqual([[...again.changed], again.lacks], [[], []]);
  assert.equal(contentOf(store).chart.revision, "a");
});

test("null takes a section away", () => {
  const store = createStore();
  receive(store, header({ forecast: section("a") }));
  assert.ok(receive(store, header({})).changed.has("forecast"));
  assert.equal(contentOf(store).forecast, null);
});

test("snapshots of one film gather by epoch", () => {
  const store = createStore();
  receive(store, header({ film: filmEntry("f", [1], [snapshot(1)]) }));
  receive(store, header({ film: filmEntry("f", [3], [snapshot(3)], null) }));
  receive(store, header({ film: filmEntry("f", [2.5], [snapshot(2.5)], null) }));
  assert.deepEqual(epochsOf(contentOf(store).film), [1, 2.5, 3]);
});

test("ages that are about to come can be chosen, and count as held only once they are", () => {
  const store = createStore();
  receive(store, header({ film: { ...filmEntry("f", [3], [snapshot(3)]), to_come: [1, 2.5, 4] } }));
  assert.deepEqual(choosable(contentOf(store).film), [1, 2.5, 3, 4]);
  assert.deepEqual(epochsOf(contentOf(store).film), [3]);
  receive(store, header({ film: filmEntry("f", [1], [snapshot(1)], null) }));
  assert.deepEqual(choosable(contentOf(store).film), [1, 3]);
});

test("a film of which nothing is held is lacking, whatever came of it without its description", () => {
  const store = createStore();
  const lost = header({ film: filmEntry("f", [4, 4.5], [snapshot(4.5)], null) });
  for (let each = 0; each < 2; each++)
    assert.deepEqual(receive(store, lost).lacks, ["film:meta-f", "film:f:4", "film:f:4.5"]);
  assert.equal(contentOf(store).film, null);
  assert.deepEqual(receive(store, header({ film: filmEntry("f", [4], [snapshot(4)]) })).lacks, []);
  assert.deepEqual(receive(store, header({ film: filmEntry("g", [4], [], null) })).lacks, ["film:meta-g", "film:g:4"]);
});

test("a lost snapshot, a lost description and a lost section are named", () => {
  const store = createStore();
  receive(store, header({ film: filmEntry("f", [1], [snapshot(1)]) }));
  assert.deepEqual(receive(store, header({ film: filmEntry("f", [1, 2], [], null) })).lacks, ["film:f:2"]);
  const wider = { ...filmEntry("f", [1, 3], [snapshot(3)], null), revision: "wider" };
  assert.deepEqual(receive(store, header({ film: wider })).lacks, ["film:wider"]);
  assert.deepEqual(epochsOf(contentOf(store).film), [1, 3]);
  assert.deepEqual(receive(createStore(), header({ chart: section("a", null) })).lacks, ["chart:a"]);
});

test("another window and back: the first film is still there", () => {
  const store = createStore();
  receive(store, header({ film: filmEntry("f", [1], [snapshot(1)]) }));
  receive(store, header({ film: filmEntry("g", [1], [snapshot(1)]) }));
  const back = receive(store, header({ film: filmEntry("f", [1], [], null) }));
  assert.deepEqual([back.lacks, back.changed.has("film")], [[], true]);
  assert.deepEqual(epochsOf(contentOf(store).film), [1]);
});

test("many films do not fill the memory", () => {
  const store = createStore();
  for (let id = 0; id < 9; id++) receive(store, header({ film: filmEntry(`f${id}`, [1], [snapshot(1)]) }));
  assert.ok(store.films.size <= 4);
  assert.ok(store.films.has("f8"));
});

test("snapshots that came in passing are thinned where there are too many; those that the app names never are", () => {
  const store = createStore();
  const floats = 4 * 2 ** 20; // 16 MiB a snapshot
  for (let epoch = 1; epoch <= 12; epoch++) {
    const named = [1, 2, 3, epoch];
    const entry = filmEntry("f", [...new Set(named.filter((each) => each <= epoch))], [snapshot(epoch, floats)]);
    assert.deepEqual(receive(store, header({ film: entry })).lacks, []);
  }
  const held = epochsOf(contentOf(store).film);
  assert.ok(held.length < 10, `${held}`);
  assert.deepEqual([...held.slice(0, 3), held.at(-1)], [1, 2, 3, 12]);
});

test("where the app names all that there are, only those can be chosen", () => {
  const store = createStore();
  for (const epoch of [0, 1.3, 2]) receive(store, header({ film: filmEntry("f", [epoch], [snapshot(epoch)]) }));
  const whole = { ...filmEntry("f", [0, 1, 2], [snapshot(1)]), whole: true };
  const { changed, lacks } = receive(store, header({ film: whole }));
  assert.deepEqual([changed.has("snapshots"), lacks, epochsOf(contentOf(store).film)], [true, [], [0, 1, 2]]);
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
  const snapshots = [1, 5, 9].map((epoch) => snapshot(epoch));
  receive(store, header({ film: filmEntry("f", [1, 5, 9], snapshots) }));
  const { film } = contentOf(store);
  const { shown, followed } = shownSnapshot(film, 9, 5);
  assert.deepEqual([shown, followed, shownSnapshot(film, null, 5).snapshot.epoch], [9, 5, 5]);
});

test("the best epoch's snapshot stays where others have to go", () => {
  const store = createStore();
  const floats = 4 * 2 ** 20;
  const losses = { revision: "l", body: { best_epoch: 4 } };
  for (let epoch = 1; epoch <= 14; epoch++) {
    const film = filmEntry("f", [epoch], [snapshot(epoch, floats)], epoch === 1 ? {} : null);
    receive(store, header({ losses, film }));
  }
  assert.ok(epochsOf(contentOf(store).film).length < 14);
  assert.ok(contentOf(store).film.snapshots.has(4));
});
