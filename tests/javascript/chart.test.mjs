import assert from "node:assert/strict";
import { test } from "node:test";
import { figure, fullRange, milliseconds } from "../../dashboard/static/chart/chart_figure.js";
import { partsOf } from "../../dashboard/static/chart/chart_shapes.js";
import { rangeOf } from "../../dashboard/static/chart/spans.js";
import { lastUntil, nearestIndex, thinned } from "../../dashboard/static/shared/fewer_points.js";
import { lstmRow, words } from "./samples.mjs";

const DAY = 864e5;
const days = (count, from = 0) => Float64Array.from({ length: count }, (_, index) => (from + index) * DAY);
const price = Float64Array.from({ length: 3000 }, (_, index) => 100 + 20 * Math.sin(index / 90) + (index % 7));
const chart = {
  id: "a",
  unit: { before: "$", after: "", decimals: 2, money: true },
  step: "day",
  dates: days(3000),
  price,
  train_stop: 2000,
  validation_stop: 2500,
};
const positions = Int32Array.from([...Array(900).keys()].map((index) => (index < 400 ? index + 100 : index + 600)));
const predictions = {
  positions,
  price: Float64Array.from(positions, (at) => price[at] + 1),
  naive: Float64Array.from(positions, (at) => price[at - 1]),
};
const forecast = {
  level: 0.9,
  dates: days(5, 3000),
  ...Object.fromEntries(
    ["price", "lower", "upper", "naive"].map((name, k) => [name, new Float64Array(5).fill(50 + k)]),
  ),
};
const theme = {
  font: "f",
  mono: "m",
  colour: Object.fromEntries(
    ["lstm", "price", "naive", "muted", "hairline", "panel", "text", "accent"].map((name) => [name, "#112233"]),
  ),
};
const size = {
  width: 500,
  height: 230,
  gutter: 60,
  margin: { top: 20, bottom: 20 },
  narrow: false,
  short: false,
  large: false,
};
const content = { chart, predictions, forecast, words, film: null, status: lstmRow };
/** Without the silent points of the forecast's days, two a day, at the end. */
const known = ({ x, y }) => ({ x: x.slice(0, -2 * forecast.dates.length), y: y.slice(0, -2 * forecast.dates.length) });
const draw = (what, visible) => figure(what, theme, visible ?? fullRange(what).x, size, fullRange(what));

test("wherever a prediction is drawn the naive forecast is drawn at the same days, on the same axis", () => {
  const { data } = draw(content);
  const lstm = data.filter((trace) => trace.legendgroup === "lstm");
  const naive = data.filter((trace) => trace.legendgroup === "naive");
  assert.equal(lstm.length, 2);
  for (const [index, trace] of lstm.entries()) assert.deepEqual(naive[index].x, trace.x);
  assert.ok(naive.every((trace) => trace.line.dash === "dot" && trace.yaxis === undefined));
});

test("what is drawn are the numbers themselves, thinned but never averaged", () => {
  const { data } = draw(content);
  const line = data.find((trace) => trace.name === "price");
  assert.ok(line.x.length < 1300);
  const { x, y } = known(line);
  x.forEach((day, index) => assert.equal(y[index], price[milliseconds(day) / DAY]));
  assert.equal(Math.max(...y), Math.max(...price));
  assert.equal(Math.min(...y), Math.min(...price));
});

test("beyond the last observation a pointer is told the forecast and naive, and no price", () => {
  const { data } = draw(content);
  const told = (trace, day) => {
    const at = trace.x.findIndex((x) => x !== null && milliseconds(x) === day * DAY);
    return at >= 0 && trace.hoverinfo?.[at] !== "none";
  };
  const lines = data.filter((trace) => trace.hoverinfo !== "skip");
  assert.deepEqual(
    lines.filter((trace) => told(trace, 3002)).map((trace) => trace.y[3]),
    [forecast.naive[2], forecast.price[2]],
  );
  for (const trace of lines) {
    const nearest = trace.x.findIndex((x) => x !== null && milliseconds(x) === 3002 * DAY);
    assert.ok(nearest >= 0, "each line has a point on that day, so that none from before is told");
    const beside = [trace.y[nearest - 1], trace.y[nearest + 1] ?? null];
    if (trace.hoverinfo[nearest] === "none") assert.deepEqual(beside, [null, null]); // and so it is not drawn
  }
  const last = lines.filter((trace) => told(trace, 2999)).map((trace) => trace.name);
  assert.deepEqual(new Set(last), new Set([words.price_line]));
});

test("zoomed in far enough every day is there", () => {
  const { data } = draw(content, [1000 * DAY, 1100 * DAY]);
  const shown = known(data.find((trace) => trace.name === "price")).x.map((x) => milliseconds(x) / DAY);
  for (let day = 1000; day <= 1100; day++) assert.ok(shown.includes(day));
});

test("no line bridges days without predictions", () => {
  const lstm = draw(content).data.find((trace) => trace.legendgroup === "lstm");
  const gap = lstm.y.indexOf(null);
  assert.ok(gap > 0 && milliseconds(lstm.x[gap - 1]) <= 499 * DAY && milliseconds(lstm.x[gap + 1]) >= 1000 * DAY);
});

test("few predictions, as while a network trains, are one line through all of them", () => {
  const few = Int32Array.from({ length: 65 }, (_, k) => Math.round(60 + k * 45.3));
  const said = {
    positions: few,
    price: Float64Array.from(few, (at) => at),
    naive: Float64Array.from(few, (at) => price[at - 1]),
  };
  const drawn = draw({ ...content, predictions: said }).data;
  for (const group of ["lstm", "naive"]) {
    const line = drawn.find((trace) => trace.legendgroup === group);
    assert.deepEqual(known(line).y, Array.from(group === "lstm" ? said.price : said.naive));
  }
});

test("the forecast starts from the last observation", () => {
  const fan = draw(content).data.filter((trace) => trace.x.length === 6);
  assert.equal(fan.length, 4);
  for (const trace of fan) assert.equal(trace.y[0], price[2999]);
});

test("a chart without predictions and forecast is a price alone", () => {
  assert.equal(draw({ ...content, predictions: null, forecast: null }).data.length, 1);
});

test("a span shows its days, and the values that are drawn there", () => {
  const film = { meta: { window_start: 1500, target: new Float32Array(60) } };
  const full = fullRange(content);
  assert.deepEqual(rangeOf("all", { ...content, film }, full), full);
  assert.deepEqual(rangeOf("test", { ...content, film }, full).x, [2500 * DAY, full.x[1]]);
  const { x, y } = rangeOf("test", { ...content, film }, full);
  assert.equal(x[0], 2500 * DAY);
  const drawn = [...price.slice(2500), ...forecast.lower, ...forecast.upper];
  const [low, high] = [Math.min(...drawn), Math.max(...drawn)];
  assert.ok(y[0] < low && y[0] > low - 0.2 * (high - low) && y[1] > high && y[1] < high + 0.2 * (high - low));
});

test("a span that there is not shows everything", () => {
  const full = fullRange(content);
  assert.deepEqual(rangeOf("test", { ...content, chart: { ...chart, validation_stop: 3000 } }, full), full);
});

test("a young network's wild predictions do not move the axis", () => {
  const wild = { ...predictions, price: predictions.price.map((each) => each * 50) };
  assert.deepEqual(fullRange({ ...content, predictions: wild }), fullRange(content));
});

test("bands are the parts there are", () => {
  assert.deepEqual(
    partsOf(chart).map((part) => part.name),
    ["train", "validation", "test"],
  );
  assert.deepEqual(
    partsOf({ ...chart, train_stop: 3000, validation_stop: 3000 }).map((part) => part.name),
    ["train"],
  );
});

test("Plotly's dates are read back as they were written", () => {
  assert.equal(milliseconds("2012-02-17"), Date.UTC(2012, 1, 17));
  assert.equal(milliseconds("2012-02-17 13:00"), Date.UTC(2012, 1, 17, 13));
  assert.equal(milliseconds("2012-02-17 13:05:06.5"), Date.UTC(2012, 1, 17, 13, 5, 6, 500));
});

test("thinning keeps ends and extremes; few points are all kept", () => {
  const spike = Float64Array.from({ length: 10000 }, (_, index) => (index === 6789 ? 99 : index === 1234 ? -99 : 0));
  const kept = thinned(spike, 0, 10000, 50);
  for (const index of [0, 1234, 6789, 9999]) assert.ok(kept.includes(index));
  assert.ok(kept.length <= 102);
  assert.deepEqual(thinned(spike, 5, 9, 50), [5, 6, 7, 8]);
});

test("a click finds the nearest day", () => {
  assert.deepEqual(
    [-5, 0, 14, 16, 99].map((wanted) => nearestIndex([0, 10, 20], wanted)),
    [0, 0, 1, 2, 2],
  );
});

test("a day without an observation stands for the last one before it", () => {
  const friday = 4 * DAY;
  const dates = Float64Array.from([3 * DAY, friday, 7 * DAY, 8 * DAY + 15 * 36e5]);
  assert.equal(lastUntil(dates, friday), 1);
  assert.equal(lastUntil(dates, 5 * DAY), 1);
  assert.equal(lastUntil(dates, 6 * DAY), 1);
  assert.equal(lastUntil(dates, 7 * DAY), 2);
  assert.equal(lastUntil(dates, 8 * DAY), 3, "an observation in the afternoon is one of that day");
  assert.equal(lastUntil(dates, 0), 0);
  assert.equal(lastUntil(dates, 99 * DAY), 3);
});
