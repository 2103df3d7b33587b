import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { compared } from "./message_types.mjs";
import { decode } from "../../dashboard/static/shared/payload.js";

const types = readFileSync(new URL("../../dashboard/static/shared/message.d.ts", import.meta.url), "utf8");
/** Messages of each component, as Python sent them; the type of its header. @type {Record<string, string>} */
const COMPONENTS = {
  stage: "StageHeader",
  compare: "CompareHeader",
  one_unit: "ContentHeader<OneUnitBody>",
  lengths: "ContentHeader<SequencesBody>",
  chunks: "ContentHeader<SequencesBody>",
};
const bytesOf = (name) => readFileSync(join(process.env.STAGE_FIXTURE ?? "", `sent_${name}.bin`));
/** @type {[string, any][]} */
const sent = Object.entries(COMPONENTS).map(([name, type]) => [type, decode(bytesOf(name))]);

test("message.d.ts names exactly what Python sends, and of what kind it is", () => {
  assert.deepEqual(compared(types, sent), { problems: [], unseen: [] });
});

const renamed = (from, to) => {
  assert.ok(types.includes(from), from);
  return compared(types.replace(from, to), sent);
};

test("a field that one side has by another name is noticed on both", () => {
  const { problems, unseen } = renamed("largest_move: number", "greatest_move: number");
  assert.deepEqual(problems, ["FilmMeta.greatest_move: did not come", "FilmMeta.largest_move: not declared"]);
  assert.deepEqual(unseen, ["FilmMeta.greatest_move"]);
});

test("so is one that is optional and never comes, one of another kind, and one deep inside", () => {
  assert.deepEqual(renamed("to_come?: number[]", "to_come?: number[]; gone?: number").unseen, ["FilmEntry.gone"]);
  assert.deepEqual(renamed("positions: Int32Array", "positions: Float64Array").problems, ["Predictions.positions: no Float64Array"]);
  assert.deepEqual(renamed("naive: number | null;\n  best_epoch", "naive: string | null;\n  best_epoch").problems, ["Losses.naive: no string"]);
  assert.deepEqual(renamed("windows: number; first", "window: number; first").unseen, ["FilmMeta.training.window"]);
});
