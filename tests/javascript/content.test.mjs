import assert from "node:assert/strict";
import { test } from "node:test";
import { takeContent } from "../../dashboard/static/shared/content.js";

const taken = (key, revision, body) => takeContent({ key, content: body ? { revision, body } : { revision } });

test("what a message names and does not bring is lacking until it comes", () => {
  assert.deepEqual(taken("lanes", "a"), { held: {}, lacks: ["content:a"] });
  assert.deepEqual(taken("lanes", "a", { rows: 3 }).lacks, []);
  const { held, lacks } = taken("lanes", "a");
  assert.deepEqual([held.content, lacks], [{ id: "a", rows: 3 }, []]);
});

test("the content of before stays until the new one is there", () => {
  taken("unit", "a", { rows: 3 });
  const { held, lacks } = taken("unit", "b");
  assert.deepEqual([held.content.rows, lacks], [3, ["content:b"]]);
  assert.deepEqual(taken("unit", "b", { rows: 4 }).lacks, []);
  assert.deepEqual(held.content, { id: "b", rows: 4 });
});

test("what a person made of it is held beside it, by key", () => {
  taken("one", "a", {}).held.state = "played";
  assert.equal(taken("one", "b").held.state, "played");
  assert.equal(taken("other", "a").held.state, undefined);
});
