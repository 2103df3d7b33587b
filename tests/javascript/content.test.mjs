import assert from "node:assert/strict";
import { test } from "node:test";
import { takeContent } from "../../dashboard/static/shared/content.js";

/** any: each component keeps there what is its own. @type {() => any} */
const nothing = () => ({});
const named = (revision, body) => ({ content: body ? { revision, body } : { revision } });

test("what a message names and does not bring is lacking until it comes", () => {
  const state = nothing();
  assert.deepEqual([takeContent(state, named("a")), state], [["content:a"], {}]);
  assert.deepEqual(takeContent(state, named("a", { rows: 3 })), []);
  assert.deepEqual([takeContent(state, named("a")), state.content], [[], { id: "a", rows: 3 }]);
});

test("the content of before stays until the new one is there", () => {
  const state = nothing();
  takeContent(state, named("a", { rows: 3 }));
  assert.deepEqual([takeContent(state, named("b")), state.content.rows], [["content:b"], 3]);
  assert.deepEqual(takeContent(state, named("b", { rows: 4 })), []);
  assert.deepEqual(state.content, { id: "b", rows: 4 });
});
