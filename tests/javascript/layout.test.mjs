import assert from "node:assert/strict";
import { test } from "node:test";
import { cellOf } from "../../dashboard/static/cells/cells.js";
import { lettersAt, valuesIn, wireWidth } from "../../dashboard/static/cells/diagram.js";
import { bandOf, focusOn, rowUnder } from "../../dashboard/static/lanes/focus.js";
import { columnCentre, isStacked, layoutFor, rowAt, timestepAt } from "../../dashboard/static/lanes/layout.js";
import { momentAt } from "../../dashboard/static/cells/moment.js";
import { rows, skip } from "./rows.mjs";
import { film, only, snapshot } from "./samples.mjs";

const names = ["forget_gate", "input_gate", "candidate", "cell_state", "output_gate", "hidden_state"];

const screen = {
  ...{ columnWidth: 700, height: 900, stacked: false, large: false },
  ...{ inside: false, more: false, wideSpan: false },
};

test("rows lie one under the other; x on top and the prediction last where they are wanted", () => {
  for (const [lanes, changes] of /** @type {[string[], { more?: boolean }][]} */ ([
    [names, {}],
    [names, { large: true, more: true }],
    [names.slice(0, 4), { more: true }],
    [["hidden_state"], { stacked: true }],
  ])) {
    const { rows, lanesHeight } = layoutFor({ ...screen, ...changes }, lanes);
    rows.forEach((row, index) => assert.ok(index === 0 || row.top >= rows[index - 1].top + rows[index - 1].height));
    const others = changes.more ? 2 : 0;
    assert.equal(rows.length, lanes.length + others);
    if (changes.more) assert.deepEqual([rows[0].kind, rows.at(-1).kind], ["inputs", "prediction"]);
    assert.equal(lanesHeight, rows.at(-1).top + rows.at(-1).height);
  }
});

test("gutter and plot fill the column, on a phone too", () => {
  for (const width of [343, 650]) {
    const { gutter, width: plot } = layoutFor({ ...screen, columnWidth: width, stacked: isStacked(width, 812) }, names);
    assert.equal(gutter + plot, width);
  }
  assert.ok(isStacked(343, 812) && !isStacked(980, 900));
  assert.ok(isStacked(868, 430)); // a phone on its side, however wide
});

test("chart and lanes of every cell fit between the page's head and the transport, whatever the screen", () => {
  for (const [height, changes] of /** @type {[number, object][]} */ ([
    [900, {}],
    [1080, { large: true }],
    [1080, {}],
    [768, {}],
    [812, { stacked: true, columnWidth: 343 }],
  ])) {
    for (const lanes of [names, names.slice(0, 4), ["hidden_state"]]) {
      const { chartHeight, lanesHeight } = layoutFor({ ...screen, height, ...changes }, lanes);
      assert.ok(chartHeight + lanesHeight <= height - 222, `${height}: ${chartHeight} + ${lanesHeight}`);
    }
  }
});

test("so do all rows of Inside the cell, at a desk and in large letters", () => {
  for (const [height, head, below, changes] of /** @type {[number, number, number, object][]} */ ([
    [900, 222, 36, {}],
    [1080, 300, 44, { large: true }],
  ])) {
    for (const lanes of [names, names.slice(0, 4), ["hidden_state"]]) {
      const { chartHeight, lanesHeight } = layoutFor({ ...screen, height, inside: true, keeps: lanes.length > 1, ...changes }, lanes);
      assert.ok(chartHeight + lanesHeight <= height - head - below, `${height}: ${chartHeight} + ${lanesHeight}`);
    }
  }
});

test("a phone on its side has chart and all lanes between the bar with the pages and the transport", () => {
  for (const lanes of [names, names.slice(0, 4), ["hidden_state"]]) {
    const { chartHeight, lanesHeight } = layoutFor({ ...screen, height: 375, columnWidth: 748, stacked: true }, lanes);
    assert.ok(chartHeight + lanesHeight <= 375 - 60 - 52, `${chartHeight} + ${lanesHeight}`);
  }
});

test("a lane that is alone takes more of the screen", () => {
  const [alone, many] = [["hidden_state"], names].map((lanes) => layoutFor(screen, lanes).rows[0].height);
  assert.ok(alone > 200 && many < 120);
});

test("a higher screen has higher lanes and a higher chart", () => {
  const [low, high] = [768, 1080].map((height) => layoutFor({ ...screen, height }, names));
  assert.ok(high.rows[0].height > low.rows[0].height + 15 && high.plot.height > low.plot.height + 40);
});

test("the wide chart takes no more room than the window's: nothing below it moves", () => {
  const heights = [true, false].map((wideSpan) => layoutFor({ ...screen, wideSpan }, names).chartHeight);
  assert.equal(heights[0], heights[1]);
});

test("the timestep under a column's middle is that column's", () => {
  for (const timesteps of [2, 60, 500]) {
    for (const t of [0, 1, timesteps - 1]) assert.equal(timestepAt(columnCentre(t, timesteps, 587), timesteps, 587), t);
  }
  assert.equal(timestepAt(-4, 60, 587), 0);
  assert.equal(timestepAt(900, 60, 587), 59);
});

test("the chosen row is about five times as high as another, and all fill the lane", () => {
  for (const [height, hidden, chosen] of [[52, 16, 7], [52, 32, 0], [120, 8, 7], [52, 128, 77]]) {
    const focus = focusOn(height, hidden, chosen, 15);
    const bands = Array.from({ length: hidden }, (_, row) => bandOf(focus, row));
    bands.forEach(({ top }, row) => {
      const end = row ? bands[row - 1].top + bands[row - 1].height : 0;
      assert.ok(Math.abs(top - end) < 1e-9, `row ${row} of ${hidden}`);
    });
    assert.ok(Math.abs(bands.at(-1).top + bands.at(-1).height - height) < 1e-9);
    assert.ok(bands[chosen].height >= 15);
    const other = bands[chosen ? 0 : 1].height;
    assert.ok(bands[chosen].height >= 4.99 * other);
  }
});

test("one unit has the whole lane, two share it fairly", () => {
  assert.deepEqual(bandOf(focusOn(52, 1, 0, 15), 0), { top: 0, height: 52 });
  const two = focusOn(52, 2, 1, 15);
  assert.deepEqual([bandOf(two, 0), bandOf(two, 1)], [{ top: 0, height: 26 }, { top: 26, height: 26 }]);
});

test("the row under the middle of a unit's band is that unit's, tall or thin", () => {
  const layout = layoutFor(screen, names);
  const row = layout.rows[3];
  for (const hidden of [1, 2, 8, 128]) {
    for (const chosen of [0, hidden - 1, hidden >> 1]) {
      const focus = focusOn(row.height, hidden, chosen, layout.least);
      for (let unit = 0; unit < hidden; unit++) {
        const { top, height } = bandOf(focus, unit);
        assert.equal(rowAt(layout, row.top + top + height / 2, () => focus).unit, unit);
      }
      assert.deepEqual([rowUnder(focus, -3), rowUnder(focus, 999)], [0, hidden - 1]);
    }
  }
  const any = () => focusOn(50, 4, 1);
  assert.equal(rowAt(layout, -10, any), null);
  for (let y = layout.rows[0].top; y < layout.lanesHeight; y++) assert.ok(rowAt(layout, y, any), `nothing at ${y}`);
});

test("every box and every wire of every cell has a number to carry", { skip }, () => {
  for (const [cell, { activations }] of Object.entries(rows)) {
    const { diagram } = cellOf(cell);
    const now = Object.fromEntries(activations.map((name) => [name, 0.5]));
    const values = valuesIn(only({ cell, now, before: { hidden_state: 0.1, cell_state: 0.2 }, inputs: [0.3], layer: 0 }));
    for (const { value } of diagram.wires)
      assert.ok(value === null || Number.isFinite(values[value]), `${cell} ${value}`);
    for (const { id } of diagram.boxes) assert.ok(Number.isFinite(values[id]), `${cell} ${id}`);
    for (const { x, w, y, h } of diagram.boxes) assert.ok(x >= 0 && x + w <= 400 && y >= 0 && y + h <= diagram.height);
  }
});

test("every peephole is a wire from the cell state into its gate, and into no other", () => {
  const { boxes, wires } = cellOf("PeepholeLSTM").diagram;
  const into = wires.filter(({ peephole }) => peephole).map(({ path, value }) => {
    const [x, y] = path.match(/H(\d+) V(\d+)$|M(\d+) \d+ V(\d+)$/).slice(1).filter(Boolean).map(Number);
    const [gate] = boxes.filter((box) => box.kind === "gate" && x > box.x && x < box.x + box.w && y === box.y);
    return [gate.id, value];
  });
  assert.deepEqual(into.sort(), [["forget_gate", "c_before"], ["input_gate", "c_before"], ["output_gate", "cell_state"]]);
});

test("the diagram's derived numbers obey the cell's equations", () => {
  const moment = momentAt(film, snapshot, { layer: 0, unit: 0 }, 1, new Float64Array(9));
  const values = valuesIn(moment);
  const { forget_gate: f, input_gate: i, candidate: g, cell_state: c } = moment.now;
  assert.equal(values.kept + values.written, f * moment.before.cell_state + i * g);
  assert.equal(values["shown.value"], Math.tanh(c));
});

test("wires grow with magnitude, whatever the sign, and stop at full", () => {
  assert.ok(wireWidth(0, 1) < wireWidth(-0.5, 1));
  assert.equal(wireWidth(-0.5, 1), wireWidth(0.5, 1));
  assert.equal(wireWidth(7, 1), wireWidth(1, 1));
  assert.ok(Number.isFinite(wireWidth(NaN, 1)));
});

test("letters of the cell are never drawn smaller than eleven pixels", () => {
  for (const width of [200, 255, 300, 347, 394, 600]) {
    const { zoom, named } = lettersAt(width);
    assert.ok(12.5 * zoom * (width / 400) >= 11 - 1e-9, `${width}`);
    assert.equal(named, width >= 290); // "candidate" does not fit its box below
  }
});
