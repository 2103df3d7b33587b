/** The day on which the window ends: what the note beside it says stands as long as it is true of what is shown. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { createChartTools, showWindowEnd } from "../../dashboard/static/chart/chart_tools.js";
import { installDocument } from "./tiny_dom.mjs";
import { only } from "./samples.mjs";

installDocument();

const SPAN_WORDS = { window_end: "Window ends", spans: "stretch", span_window: "window", span_test: "test part", span_all: "all years" };
const WORDS = { ...SPAN_WORDS, window_outside: "from {first} to {last}", no_observation: "{asked} has none; {taken} is taken" };
const DAY = 86_400_000;
const MONDAY = Date.UTC(2009, 7, 17);
const CHART = only({ id: "c", step: "day", dates: [0, 1, 2, 3, 4, 7, 8].map((each) => MONDAY + each * DAY) }); // no weekend

/** Somebody types a day, and leaves the field. */
function typed(tools, day) {
  tools.day.value = day;
  tools.day.fire("change");
  tools.day.fire("blur");
}

function made() {
  const picked = [];
  const tools = createChartTools(WORDS, CHART, () => {}, (time) => picked.push((time - MONDAY) / DAY));
  showWindowEnd(tools, CHART, { end: 1, first: 0 });
  return { tools, picked };
}

test("what is said of a day that has no observation stays when the window that was taken for it comes", () => {
  const { tools, picked } = made();
  typed(tools, "2009-08-22");
  assert.deepEqual(picked, [4], "Friday for Saturday");
  const said = tools.note.textContent;
  assert.match(said, /22 Aug 2009 has none; 21 Aug 2009 is taken/);
  showWindowEnd(tools, CHART, { end: 4, first: 0 });
  assert.equal(tools.note.textContent, said);
  assert.equal(tools.day.value, "2009-08-21");
});

test("it goes with the next window", () => {
  const { tools } = made();
  typed(tools, "2009-08-22");
  showWindowEnd(tools, CHART, { end: 4, first: 0 });
  showWindowEnd(tools, CHART, { end: 5, first: 0 });
  assert.equal(tools.note.textContent, "");
});

test("a day that has one is not spoken about", () => {
  const { tools, picked } = made();
  typed(tools, "2009-08-19");
  assert.deepEqual(picked, [2]);
  assert.equal(tools.note.textContent, "");
});
