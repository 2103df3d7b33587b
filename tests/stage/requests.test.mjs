import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { ask } from "../../dashboard/static/stage/requests.js";

test("a lost request is repeated until nothing is lacking, and not for ever", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const sent = [];
  const store = { lacks: true };
  ask(store, "words", (name) => sent.push(name));
  assert.deepEqual(sent, []); // never at once: a mount may be under way
  mock.timers.tick(1);
  assert.deepEqual(sent, ["words"]);
  mock.timers.tick(700);
  assert.equal(sent.length, 2);
  store.lacks = false;
  mock.timers.tick(60000);
  assert.equal(sent.length, 2);
  store.lacks = true;
  ask(store, "film", (name) => sent.push(name));
  mock.timers.tick(0);
  for (let second = 0; second < 100; second++) mock.timers.tick(1000);
  assert.equal(sent.length, 12);
  ask(store, null, () => assert.fail());
  mock.timers.tick(60000);
  mock.timers.reset();
});
