import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import {
  amount,
  date,
  errors,
  hasTimes,
  isoDate,
  longDate,
  scientific,
  shortDate,
  significant,
  steps,
  tick,
} from "../../dashboard/static/shared/format.js";
import { wordsOfSteps } from "../../dashboard/static/shared/step_words.js";
import { words } from "./samples.mjs";

/** What Python is held to as well. */
const table = JSON.parse(readFileSync(new URL("../helpers/amounts.json", import.meta.url), "utf8"));

test("amounts read as on the rest of the page, in every unit", () => {
  for (const { value, text, ...unit } of table.amounts) assert.equal(amount(value ?? NaN, unit), text);
});

test("errors that are compared do not read alike", () => {
  for (const { unit: name, decimals, values, texts } of table.errors) {
    const unit = { ...table.amounts.find(({ unit }) => unit === name), decimals };
    assert.deepEqual(errors(values, unit), texts);
  }
});

test("digits that matter and powers of ten read as on the rest of the page", () => {
  for (const { value, digits, text } of table.significant) assert.equal(significant(value ?? NaN, digits), text);
  for (const { value, decimals, text } of table.scientific) assert.equal(scientific(value ?? NaN, decimals), text);
});

test("dates read as on the rest of the page", () => {
  for (const { moment, date: text, iso } of table.dates) {
    const at = Date.parse(`${moment}Z`);
    assert.deepEqual([date(at), isoDate(at)], [text, iso]);
  }
  const day = Date.parse("2013-09-01");
  assert.deepEqual([longDate(day), shortDate(day)], ["1 September 2013", "1 Sep"]);
  assert.deepEqual([hasTimes([day]), hasTimes([day, day + 36e5])], [false, true]);
});

test("an axis has signs beside its numbers, and no words", () => {
  const pence = { before: "", after: "p", decimals: 2, money: true };
  assert.deepEqual([tick(1200, pence, 0), tick(-3.5, { ...pence, after: "\u00a0°C" }, 1)], ["1,200p", "\u22123.5"]);
});

test("words name the series' own step, and the same words are the same object", () => {
  const told = wordsOfSteps(words, "month");
  assert.equal(told.mattered_most, "Months that matter most");
  assert.match(told.mattered_hint, /the window's last month would move/);
  assert.equal(told.found, words.found.replace("{step}", "month")); // what else is to be filled in stays
  for (const [name, text] of Object.entries(told)) assert.doesNotMatch(text, /\b[Dd]ays?\b|\{[sS]tep\}/, name);
  assert.equal(wordsOfSteps(words, "month"), told);
  assert.equal(wordsOfSteps(words, "week").price_row, "drag one week");
});

test("steps are counted in their own name", () => {
  assert.deepEqual([steps(1, "day"), steps(60, "minute"), steps(1200, "test month")], ["1 day", "60 minutes", "1,200 test months"]);
});
