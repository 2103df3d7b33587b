import assert from "node:assert/strict";
import { test } from "node:test";
import { act, createView, fitted, opened, placeOf, toldSize } from "../../dashboard/static/stage/view.js";
import { actionFor } from "../../dashboard/static/player/keys.js";

const bounds = { layers: 2, hidden: 8, epochs: [1, 5, 9], shown: 9 };
const start = fitted(createView(true), 20, bounds);
const press = (view, key, extra = {}, target = {}) => {
  const action = actionFor({ key, ...extra }, target);
  return action ? act(view, action, bounds) : view;
};

test("keys do what the manual says", () => {
  assert.equal(press(start, " ").clock.playing, false);
  assert.equal(press(start, "ArrowRight").clock.position, 1);
  assert.equal(press(press(start, "ArrowRight"), "ArrowLeft").clock.position, 0);
  assert.equal(press(start, "End").clock.position, 19);
  assert.equal(press(press(start, "End"), "Home").clock.position, 0);
  assert.equal(press(start, "ArrowDown").unit, 1);
  assert.equal(press(press(start, "ArrowDown"), "ArrowUp").unit, 0);
  assert.equal(press(start, "]").clock.speed, 2);
  assert.equal(press(start, "[").clock.speed, 0.5);
  assert.equal(press(start, "ArrowLeft", { shiftKey: true }).epoch, 5);
});

test("steps through the ages go on from the one chosen, while another is shown in its stead", () => {
  const twice = press(press(start, "ArrowLeft", { shiftKey: true }), "ArrowLeft", { shiftKey: true });
  assert.equal(twice.epoch, 1);
  assert.equal(press(twice, "ArrowRight", { shiftKey: true }).epoch, 5);
});

test("a step pauses: it is the person's clock now", () => {
  assert.equal(press(start, "ArrowRight").clock.playing, false);
});

test("Tab, browser shortcuts and other keys are never caught", () => {
  for (const key of ["Tab", "Enter", "a", "F5", "Escape"]) assert.equal(actionFor({ key }, {}), null);
  assert.equal(actionFor({ key: "Tab", shiftKey: true }, {}), null);
  assert.equal(actionFor({ key: "ArrowLeft", ctrlKey: true }, {}), null);
  assert.equal(actionFor({ key: "ArrowLeft", altKey: true }, {}), null);
});

test("what is typed into a control stays the control's", () => {
  for (const tagName of ["SELECT", "INPUT", "TEXTAREA"])
    assert.equal(actionFor({ key: "ArrowRight" }, { tagName }), null);
  assert.equal(actionFor({ key: "Home" }, { tagName: "DIV", role: "slider" }), null);
  assert.equal(actionFor({ key: " " }, { tagName: "BUTTON" }), null);
  assert.deepEqual(actionFor({ key: "ArrowRight" }, { tagName: "BUTTON" }), { type: "step", by: 1 });
});

test("a question mark asks for the keys, wherever it is not typed", () => {
  const keys = { type: "keys" };
  assert.deepEqual(actionFor({ key: "?", shiftKey: true }, {}), keys);
  for (const target of [{ tagName: "BUTTON" }, { tagName: "SELECT" }, { tagName: "INPUT", type: "range" }])
    assert.deepEqual(actionFor({ key: "?", shiftKey: true }, target), keys);
  for (const target of [{ tagName: "INPUT", type: "text" }, { tagName: "TEXTAREA" }])
    assert.equal(actionFor({ key: "?", shiftKey: true }, target), null);
  assert.equal(actionFor({ key: " " }, { tagName: "SUMMARY" }), null);
});

test("rows open and close; a span's button counts, a zoom by hand does not", () => {
  const open = (view, value, by) => act(view, { type: "open", value, by }, bounds);
  const both = open(open(open(start, "losses", 1), "ledger", 1), "losses", 1);
  assert.deepEqual(both.open, ["ledger", "losses"]);
  assert.deepEqual(open(both, "ledger", 0).open, ["losses"]);
  const wide = act(act(start, { type: "span", value: "test" }, bounds), { type: "span", value: "test" }, bounds);
  assert.deepEqual([start.span, wide.span, wide.presses], ["window", "test", 2]);
  const zoomed = act(wide, { type: "span", value: null }, bounds);
  assert.deepEqual([zoomed.span, zoomed.presses], [null, 2]);
});

test("units and layers stay within what there is", () => {
  assert.equal(act(start, { type: "unitBy", by: -1 }, bounds).unit, 0);
  assert.equal(act({ ...start, unit: 7 }, { type: "unitBy", by: 1 }, bounds).unit, 7);
  assert.equal(act(start, { type: "layer", value: 9 }, bounds).layer, 1);
  const small = fitted({ ...start, unit: 7, layer: 1 }, 20, { layers: 1, hidden: 4 });
  assert.deepEqual([small.unit, small.layer], [3, 0]);
});

test("whoever scrubs to the epoch that is judged has chosen none", () => {
  const still = { ...bounds, followed: 5 };
  assert.equal(act({ ...start, epoch: 9 }, { type: "epoch", value: 5 }, still).epoch, null);
  assert.equal(act(start, { type: "epoch", value: 9 }, still).epoch, 9);
  assert.equal(act(start, { type: "epochBy", by: 1 }, { ...still, shown: 5 }).epoch, 9);
  assert.equal(act({ ...start, epoch: 9 }, { type: "epochBy", by: -1 }, { ...still, shown: 9 }).epoch, null);
});

test("whoever scrubs back to the newest epoch follows the newest again", () => {
  assert.equal(act(start, { type: "epoch", value: 5 }, bounds).epoch, 5);
  assert.equal(act({ ...start, epoch: 5 }, { type: "epoch", value: 9 }, bounds).epoch, null);
  assert.equal(act({ ...start, epoch: 5 }, { type: "live" }, bounds).epoch, null);
  assert.equal(act({ ...start, epoch: 5 }, { type: "epochBy", by: 1 }, { ...bounds, shown: 5 }).epoch, null);
  assert.equal(act({ ...start, epoch: 1 }, { type: "epochBy", by: -1 }, { ...bounds, shown: 1 }).epoch, 1);
});

test("another window keeps layer, unit, speed and whether it plays", () => {
  const chosen = { ...start, unit: 3, layer: 1, clock: { ...start.clock, speed: 4, playing: false } };
  const other = fitted(chosen, 50, bounds);
  assert.deepEqual(
    [other.unit, other.layer, other.clock.speed, other.clock.playing, other.clock.length],
    [3, 1, 4, false, 50],
  );
});

test("what a link carries of the view comes back from it", () => {
  const actions = [["seek", 7], ["unit", 5], ["layer", 1]];
  const view = actions.reduce((before, [type, value]) => act(before, { type, value }, bounds), start);
  const place = placeOf(view);
  assert.deepEqual(place, { unit: 5, layer: 1, timestep: 7 });
  const again = opened(start, [null, place.unit, place.layer, place.timestep]);
  assert.deepEqual(placeOf(again), place);
  assert.equal(again.clock.playing, false, "who left it at a timestep finds it resting there");
});

test("while it plays there is no timestep to carry, and nothing chosen changes nothing", () => {
  assert.equal(placeOf(start).timestep, null);
  assert.deepEqual(opened(start, [null, null, null, null]), start);
});

test("the letters have the size that the app says, and a press shows at once and stays until it says otherwise", () => {
  const state = {};
  let now = toldSize(state, { large: true }, createView(false));
  assert.equal(now.large, true);
  now = { ...now, large: false }; // a press
  now = toldSize(state, { large: true }, now); // a message on its way meanwhile
  assert.equal(now.large, false);
  now = toldSize(state, { large: false }, now); // the app has heard it
  now = toldSize(state, { large: true }, now); // the sidebar's button
  assert.equal(now.large, true);
});
