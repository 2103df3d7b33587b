import assert from "node:assert/strict";
import { test } from "node:test";
import { takeContent } from "../../dashboard/static/shared/content.js";

const taken = (key, revision, body) => takeContent({ key, content: body ? { revision, body } : { revision } });

test("what a message names and does not bring is lacking until it comes", () => {
  assert.deepEqual(taken("lanes", "a"), { memory: {}, lacks: ["content:a"] });
  assert.deepEqual(taken("lanes", "a", { rows: 3 }).lacks, []);
  const { memory, lacks } = taken("lanes", "a");
  assert.deepEqual([memory.content, lacks], [{ id: "a", rows: 3 }, []]);
});

test("the content of before stays until the new one is there", () => {
  taken("unit", "a", { rows: 3 });
  const { memory, lacks } = taken("unit", "b");
  assert.deepEqual([memory.content.rows, lacks], [3, ["content:b"]]);
  assert.deepEqual(taken("unit", "b", { rows: 4 }).lacks, []);
  assert.deepEqual(memory.content, { id: "b", rows: 4 });
});

test("what a person made of it is held beside it, by key", () => {
  taken("one", "a", {}).memory.state = "played";
  assert.equal(taken("one", "b").memory.state, "played");
  assert.equal(taken("other", "a").memory.state, undefined);
});
