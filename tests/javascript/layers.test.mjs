import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { actOnTools, createTools } from "../../dashboard/static/inside/tool_state.js";
import { headParameters, layersOf, shapeText, timestepsShown } from "../../dashboard/static/inside/layers.js";
import { placeLayers } from "../../dashboard/static/inside/layers_layout.js";
import { nameWidth, widthOf } from "../../dashboard/static/inside/layers_parts.js";
import { sentencesOf } from "../../dashboard/static/inside/layers_words.js";
import { rows } from "./rows.mjs";
import { lstmRow, words } from "./samples.mjs";

const folder = process.env.STAGE_FIXTURE;
const skip = folder ? false : "run through pytest, which runs the networks";
const cases = folder ? JSON.parse(readFileSync(join(folder, "layers.json"), "utf8")) : [];
const shapesIn = (parameters) => Object.fromEntries(parameters.map(({ name, shape }) => [name, shape]));

test("a batch's shapes are those that torch.nn gives, in either order", { skip }, () => {
  assert.equal(cases.length, 32);
  for (const { sizes, stack, states, squeezed, scored } of cases) {
    const found = layersOf({ ...sizes, layer: 0, t: 0 });
    const order = (shape) => (sizes.batchFirst ? shape : [...shape].reverse());
    assert.deepEqual(
      found.stack.map(({ shape }) => shape),
      stack,
    );
    assert.deepEqual([found.x.shape, found.head.out], [stack[0], stack[stack.length - 1]]);
    assert.deepEqual(found.states, states);
    assert.deepEqual([found.head.squeezed, found.head.scored], [order(squeezed), order(scored)]);
  }
});

test("the other order is torch's of the other order", { skip }, () => {
  for (let at = 0; at < cases.length; at += 2) {
    const [one, other] = [cases[at], cases[at + 1]];
    assert.notEqual(one.sizes.batchFirst, other.sizes.batchFirst);
    assert.deepEqual(layersOf({ ...one.sizes, layer: 0, t: 0 }).x.otherShape, other.stack[0]);
    assert.deepEqual(layersOf({ ...other.sizes, layer: 0, t: 0 }).x.otherShape, one.stack[0]);
  }
});

test("one timestep and one window have the shapes of torch.nn's cells", { skip }, () => {
  for (const { sizes, steps } of cases) {
    steps.forEach((step, layer) => {
      const found = layersOf({ ...sizes, layer, t: 0 });
      assert.deepEqual([found.layer.input, found.layer.hidden], step.layer);
      assert.deepEqual([found.cell.input, found.cell.hidden], step.cell);
      assert.deepEqual(found.cell.hasCellState ? found.cell.hidden : undefined, step.cell_state);
      assert.equal(found.counts.layer, step.count);
    });
  }
});

test("parameters have torch.nn's names, shapes and numbers", { skip }, () => {
  for (const { sizes, parameters, head, counts } of cases) {
    const mine = {};
    for (let layer = 0; layer < sizes.L; layer++)
      Object.assign(mine, shapesIn(layersOf({ ...sizes, layer, t: 0 }).parameters));
    assert.deepEqual(mine, parameters);
    assert.deepEqual(shapesIn(headParameters(sizes)), head);
    assert.equal(layersOf({ ...sizes, layer: 0, t: 0 }).counts.all, counts.all);
  }
});

const sizes = {
  ...{
    row: lstmRow,
    B: 64,
    T: 60,
    L: 2,
    H: 128,
    D: 2,
    layer: 0,
    t: 12,
    batchFirst: true,
    dropout: 0.2,
    outputDropout: 0,
  },
  ...{ firstScored: 30, names: ["return", "change"], step: "day", batchSize: 64, windows: 149 },
};

test("dropout marks the wires between layers, and the one into the head where it has its own", () => {
  const dropped = (changes) => layersOf({ ...sizes, ...changes }).stack.map((wire) => wire.dropped);
  assert.deepEqual(dropped({ L: 3 }), [0, 0.2, 0.2, 0, 0]);
  assert.deepEqual(dropped({ L: 3, outputDropout: 0.5 }), [0, 0.2, 0.2, 0.5, 0]);
  assert.deepEqual(dropped({ L: 1 }), [0, 0, 0]);
  assert.deepEqual(dropped({ L: 1, outputDropout: 0.5 }), [0, 0.5, 0]);
  assert.deepEqual(dropped({ dropout: 0 }), [0, 0, 0, 0]);
});

test("of many timesteps the first, the last and those around the playhead are shown, always seven places", () => {
  assert.deepEqual(timestepsShown(3, 1), [0, 1, 2]);
  assert.deepEqual(timestepsShown(7, 6), [0, 1, 2, 3, 4, 5, 6]);
  assert.deepEqual(timestepsShown(60, 12), [0, null, 11, 12, 13, null, 59]);
  assert.deepEqual(timestepsShown(60, 3), [0, 1, 2, 3, 4, null, 59]);
  assert.deepEqual(timestepsShown(60, 56), [0, null, 55, 56, 57, 58, 59]);
  for (let T = 2; T < 30; T++) {
    for (let t = 0; t < T; t++) {
      const shown = timestepsShown(T, t);
      const real = shown.filter((each) => each !== null);
      assert.equal(shown.length, Math.min(7, T));
      for (const each of [0, Math.max(0, t - 1), t, Math.min(T - 1, t + 1), T - 1])
        assert.ok(real.includes(each), `${T}, ${t}`);
      shown.forEach((each, at) => {
        if (each === null) assert.ok(shown[at + 1] - shown[at - 1] > 1, `a gap that hides nothing: ${T}, ${t}`);
        else if (at && shown[at - 1] !== null) assert.equal(each, shown[at - 1] + 1, "no gap where some are left out");
      });
    }
  }
});

test("the sentence carries the numbers on the stage, and counts as torch does", { skip }, () => {
  const say = (changes) => {
    const now = { ...sizes, ...changes };
    return sentencesOf(now, layersOf(now), { numbers: "+0.430, \u22121.200", words });
  };
  const plain = (text) => text.replaceAll("\u00a0", " ");
  const first = say({});
  assert.match(plain(first.order), /x has shape \(64, 60, 2\): 64 windows, 60 days, 2 features\./);
  assert.match(
    plain(first.index),
    /^Day 13 of the window you see is x\[b, 12, :\] = \[\+0\.430, \u22121\.200\] \(return, change\)/,
  );
  assert.match(
    plain(first.index),
    /With batch_first=False the same numbers are x\[12, b, :\], in shape \(60, 64, 2\)\.$/,
  );
  const second = say({ batchFirst: false });
  assert.match(plain(second.order), /x has shape \(60, 64, 2\): 60 days, 64 windows, 2 features\./);
  assert.match(plain(second.index), /is x\[12, b, :\] = .*batch_first=True.* x\[b, 12, :\], in shape \(64, 60, 2\)\.$/);
  assert.match(
    plain(second.loss),
    /\(60, 64, 1\), squeezed to \(60, 64\).*\u0177\[30:, :\], the last 30 of 60 timesteps: \(30, 64\)/,
  );
  assert.match(plain(say({ firstScored: 59 }).loss), /\u0177\[:, 59:\], the last timestep alone: \(64, 1\)/);
  assert.equal(say({ dropout: 0 }).dropout, "");
  assert.match(say({ L: 1 }).dropout, /^Dropout 0.2 does nothing here/);
  assert.match(first.dropout, /only while training.* probability p written there.* not before the head\.$/);
  assert.match(say({ L: 1, outputDropout: 0.5 }).dropout, /only while training.*Dropout 0.2 does nothing here/);
  assert.doesNotMatch(say({ outputDropout: 0.5 }).dropout, /not before the head/);
  assert.match(
    plain(say({ batchSize: 4096, B: 149 }).sizes),
    /^B = 149 windows.* The batch size is 4096, .* 149 windows: one batch/,
  );
  for (const row of Object.values(rows))
    for (const sentence of Object.values(say({ row, B: 1, D: 1 })))
      assert.doesNotMatch(sentence, /[{}]|undefined|NaN|\b1 (windows|features)/);
});

test("a shape is written as Python writes it", () => {
  assert.deepEqual([[64, 60, 2], [3, 4], [32]].map(shapeText), ["(64, 60, 2)", "(3, 4)", "(32,)"]);
});

/** Boxes of all that is written or can be pressed, in the picture's units. */
function extents({ labels, buttons, boxes }) {
  const ofLabel = (each) => {
    const width = widthOf(each);
    const left = each.x - { start: 0, middle: width / 2, end: width }[each.anchor];
    return { name: each.id, left, right: left + width, top: each.y - 9, foot: each.y + 3 };
  };
  const ofButton = ({ kind, index, x, y, w, h }) => ({
    name: `${kind} ${index}`,
    left: x,
    right: x + w,
    top: y,
    foot: y + h,
  });
  const solid = boxes.filter((box) => box.kind !== "panel").map((box) => ofButton({ ...box, index: "" }));
  return [...labels.map(ofLabel), ...buttons.map(ofButton), ...solid];
}

test("nothing is cut and nothing lies on anything, in any size and width", { skip }, () => {
  let tried = 0;
  for (const width of [290, 319, 360, 375, 390, 408, 520]) {
    for (const [cell, row] of Object.entries(rows)) {
      for (const [B, T, H, D] of [
        [1, 2, 1, 1],
        [8, 60, 32, 2],
        [4096, 500, 512, 3],
      ]) {
        for (const L of [1, 2, 4]) {
          for (const t of [0, 1, Math.floor(T / 2), T - 1]) {
            for (const dropout of [0, 0.25]) {
              const outputDropout = t ? dropout : 0.125;
              const now = { ...sizes, row, B, T, H, D, L, t, dropout, outputDropout, firstScored: 1, layer: L - 1 };
              const placed = placeLayers(now, width, words);
              check(extents(placed), placed, `${width} ${cell} ${[B, T, H, D, L, t, dropout]}`);
              tried += 1;
            }
          }
        }
      }
    }
  }
  assert.equal(tried, 7 * 4 * 3 * 3 * 4 * 2);
});

function check(found, { width, height, buttons, boxes, texts }, what) {
  for (const each of found) {
    assert.ok(
      each.left >= -0.5 && each.right <= width + 0.5,
      `${what}: ${each.name} is cut: ${each.left} to ${each.right}`,
    );
    assert.ok(each.top >= 0 && each.foot <= height, `${what}: ${each.name} is cut above or below`);
  }
  found.forEach((one, at) => {
    for (const other of found.slice(at + 1)) {
      const apart =
        one.right <= other.left + 0.5 ||
        other.right <= one.left + 0.5 ||
        one.foot <= other.top ||
        other.foot <= one.top;
      assert.ok(apart, `${what}: ${one.name} on ${other.name}`);
    }
  });
  const cell = boxes.find((box) => box.kind === "cell");
  const names = texts.filter(({ x, y, anchor }) => anchor === "middle" && x === cell.x + cell.w / 2 && y > cell.y);
  assert.ok(names.length);
  for (const { text } of names) assert.ok(nameWidth(text) <= cell.w - 8, `${what}: ${text} in ${cell.w}`);
  for (const { w, text } of buttons) assert.ok(w >= 3 + 6.7 * String(text).length, `${what}: ${text} in ${w}`);
}

test("the marked layer opens into its timesteps, the marked timestep into its cell", () => {
  for (const width of [319, 408]) {
    const { funnels, buttons, boxes } = placeLayers({ ...sizes, layer: 1 }, width, words);
    const numbers = funnels.map((d) => d.match(/-?[\d.]+/g).map(Number));
    const layer = buttons.find((each) => each.kind === "layer" && each.index === 1);
    const cell = buttons.find((each) => each.kind === "cell" && each.index === 12);
    assert.deepEqual(
      numbers.map((each) => each.slice(0, 2)),
      [
        [layer.x + layer.w, layer.y],
        [cell.x, cell.y + cell.h],
      ],
    );
    assert.equal(boxes.filter((box) => box.kind === "panel").length, 2);
  }
});

test("the order of the axes is one choice of the page's, and no other", () => {
  const tools = actOnTools(createTools(), { type: "batch_first", value: false });
  assert.deepEqual([createTools().batchFirst, tools.batchFirst], [true, false]);
  assert.equal(actOnTools(tools, { type: "tool", value: "layers" }).batchFirst, false);
});
