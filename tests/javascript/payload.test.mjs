/** Against messages that Python made; the pytest wrapper writes them and what they should hold. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { decode } from "../../dashboard/static/shared/payload.js";
import { createStore, receive, contentOf } from "../../dashboard/static/shared/store.js";
import { momentAt } from "../../dashboard/static/cells/moment.js";

const folder = process.env.STAGE_FIXTURE;
const skip = folder ? false : "run through pytest, which makes the messages";

test("a message of Python's is read as it was meant", { skip }, () => {
  const bytes = new Uint8Array(readFileSync(`${folder}/message.bin`));
  const expected = JSON.parse(readFileSync(`${folder}/expected.json`, "utf8"));
  const shifted = new Uint8Array(bytes.length + 3); // as Streamlit hands it over: a view somewhere in a larger buffer
  shifted.set(bytes, 3);
  const store = createStore();
  assert.deepEqual(receive(store, decode(shifted.subarray(3))).lacks, []);
  const { chart, film, losses, predictions, verdict } = contentOf(store);
  assert.deepEqual([...chart.dates], expected.dates);
  assert.deepEqual([...chart.price], expected.price);
  assert.deepEqual([...predictions.naive], expected.naive);
  assert.deepEqual([...losses.epochs], expected.epochs);
  assert.deepEqual(verdict, expected.verdict);
  const snapshot = film.snapshots.get(expected.epoch);
  const { layer, unit, t } = expected;
  const moment = momentAt(film, snapshot, { layer, unit }, t, chart.dates);
  assert.deepEqual(moment.now, expected.now);
  assert.deepEqual(moment.inputs, expected.inputs);
  assert.equal(moment.predictionPrice, expected.prediction_price);
  assert.ok(Number.isNaN(film.meta.target_price.at(-1)));
});

test("what is no message of this version is refused", () => {
  const message = (version) => {
    const text = JSON.stringify({ version }).padEnd(16);
    return Uint8Array.from([..."GATE", "\x10", "\0", "\0", "\0", ...text].map((sign) => sign.charCodeAt(0)));
  };
  assert.deepEqual(decode(message(1)), { version: 1 });
  assert.throws(() => decode(message(2)), /version 2/);
  assert.throws(() => decode(new Uint8Array(20)), /no message/);
});
