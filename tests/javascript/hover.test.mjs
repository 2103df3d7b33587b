import assert from "node:assert/strict";
import { test } from "node:test";
import { showHover } from "../../dashboard/static/stage/hover.js";
import { only, words } from "./samples.mjs";

test("where another cell comes under a resting pointer, what its drawing has not is silent", () => {
  const tooltip = { node: { hidden: false } };
  const moment = { cell: "GRU", layer: 0, now: {}, before: {} };
  const parts = { tooltip, refs: { laneHover: { hidden: false } } };
  showHover(only({ hover: { kind: "part", id: "forget_gate" }, moment, parts, lanes: [], content: { words } }));
  assert.ok(tooltip.node.hidden);
});
