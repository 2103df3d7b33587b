/** How far the training is, as the place above the stage says it. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { progressOf } from "../../dashboard/static/shared/status_view.js";

test("a share is drawn in per cent beside its sentence, also at the very beginning", () => {
  assert.deepEqual(progressOf({ progress: "Training: epoch 1 of 8", share: 0.125 }), {
    text: "Training: epoch 1 of 8",
    percent: 12.5,
  });
  assert.equal(progressOf({ progress: "Training: epoch 0 of 8", share: 0 }).percent, 0);
});

test("where nothing goes on there is no bar, and the place stays empty", () => {
  assert.deepEqual(progressOf({ progress: "", share: null }), { text: "", percent: null });
  assert.deepEqual(progressOf(null), { text: "", percent: null });
});
