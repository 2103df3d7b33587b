import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import {
  amount,
  counted,
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
import { templates } from "./samples.mjs";

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
  const told = wordsOfSteps(templates, "month");
  assert.equal(told.mattered_most, "Months that matter most");
  assert.match(told.mattered_hint, /the window's last month would move/);
  assert.equal(told.found, templates.found); // what else is to be filled in stays
  const said = Object.entries(told).filter(([name]) => !name.startsWith("step_"));
  for (const [name, text] of said) assert.doesNotMatch(text, /\b[Dd]ays?\b|\{[sS]teps?\}/, name);
  assert.equal(wordsOfSteps(templates, "month"), told);
  assert.equal(wordsOfSteps(templates, "week").price_row, "drag one week");
});

test("steps are counted in their own name", () => {
  const [days, minutes, months] = ["day", "minute", "month"].map((step) => wordsOfSteps(templates, step));
  const said = [steps(1, days), steps(60, minutes), counted(months, "test_steps", 1200)];
  assert.deepEqual(said, ["1 day", "60 minutes", "1,200 test months"]);
});
