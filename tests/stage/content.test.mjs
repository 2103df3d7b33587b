import assert from "node:assert/strict";
import { test } from "node:test";
import { takeContent } from "../../dashboard/static/stage/content.js";

const message = (revision, body) => ({ content: body ? { revision, body } : { revision } });

test("what a message names and does not bring is lacking until it comes", () => {
  const held = {};
  assert.deepEqual(takeContent(held, message("a")), ["content:a"]);
  assert.equal(held.content, undefined);
  assert.deepEqual(takeContent(held, message("a", { rows: 3 })), []);
  assert.deepEqual(takeContent(held, message("a")), []);
  assert.deepEqual(held.content, { id: "a", rows: 3 });
});

test("the content of before stays until the new one is there", () => {
  const held = {};
  takeContent(held, message("a", { rows: 3 }));
  assert.deepEqual(takeContent(held, message("b")), ["content:b"]);
  assert.equal(held.content.rows, 3);
  assert.deepEqual(takeContent(held, message("b", { rows: 4 })), []);
  assert.deepEqual(held.content, { id: "b", rows: 4 });
});
