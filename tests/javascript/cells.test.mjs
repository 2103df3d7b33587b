/** What the browser says of each cell, against the table that Python sends. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { cellOf, memoryOf, wordOf } from "../../dashboard/static/cells/cells.js";
import { before, isSummed, now } from "../../dashboard/static/cells/equation.js";
import { rows, skip } from "./rows.mjs";
import { lstmRow } from "./samples.mjs";

/**
 * @import {Equation, Squashed, Summed} from "../../dashboard/static/cells/equation.js"
 */

/** What stands in an affine map through a curve; in a sum there is none of it. @param {Equation} equation @returns {Partial<Squashed>} */
const squashedOf = (equation) => (isSummed(equation) ? {} : equation);

const sorted = (names) => [...names].sort();

test("every cell of the table is known here, with the same activations, blocks, peepholes", { skip }, () => {
  assert.ok(Object.keys(rows).length >= 4);
  for (const [name, row] of Object.entries(rows)) {
    const { equations, asked, clamps, diagram, said, substeps } = cellOf(name);
    assert.deepEqual(sorted(Object.keys(equations)), sorted(row.activations), name);
    const [squashed, summed] = [false, true].map((is) =>
      Object.keys(equations).filter((each) => isSummed(equations[each]) === is),
    );
    assert.deepEqual(sorted(squashed), sorted(row.blocks), name);
    assert.ok(summed.every((each) => each.endsWith("_state")), name);
    const peepholes = squashed.map((each) => squashedOf(equations[each]).peephole?.weight).filter(Boolean);
    assert.deepEqual(sorted(peepholes), sorted(row.peepholes), name);
    const known = [...asked, ...Object.values(said), ...Object.values(substeps).map(({ worksOut }) => worksOut)];
    for (const each of [...known, memoryOf(name)]) assert.ok(row.activations.includes(each), `${name}: ${each}`);
    for (const { of } of diagram.boxes) assert.ok(of === null || row.activations.includes(of), `${name}: ${of}`);
    for (const [word, each, value] of clamps) {
      const [low, high] = row.bounds[each];
      assert.ok(low <= value && value <= high, `${name}: ${word}`);
    }
  }
  assert.deepEqual(rows.LSTM, lstmRow);
});

test("what a curve makes lies within the table's bounds: a share from 0 to 1, else from -1 to 1", { skip }, () => {
  for (const [name, row] of Object.entries(rows)) {
    for (const [each, equation] of Object.entries(cellOf(name).equations)) {
      if (!isSummed(equation)) assert.deepEqual(row.bounds[each], equation.curve === "σ" ? [0, 1] : [-1, 1], each);
    }
  }
});

test("the gate that keeps is the share of what is kept of the memory", { skip }, () => {
  for (const [name, row] of Object.entries(rows)) {
    const memory = cellOf(name).equations[memoryOf(name)];
    if (row.keeps === null) assert.ok(!isSummed(memory), name);
    else {
      const { share, value } = /** @type {Summed} */ (memory).products.find((each) => each.name === "kept");
      assert.deepEqual([share, value], [now(row.keeps), before(memoryOf(name))], name);
    }
  }
});

test("an equation uses only what stands before it, and states of the timestep before", { skip }, () => {
  for (const name of Object.keys(rows)) {
    const done = new Set();
    for (const [each, equation] of Object.entries(cellOf(name).equations)) {
      const factors = isSummed(equation) ? equation.products.flatMap(({ share, value }) => [share, value]) : [];
      const used = factors.filter(({ when }) => when === "now").map(({ of }) => of);
      const { resetBy, peephole } = squashedOf(equation);
      if (resetBy) used.push(resetBy);
      if (peephole?.sees === "now") used.push("cell_state");
      assert.deepEqual(used.filter((other) => !done.has(other)), [], `${name}: ${each}`);
      for (const { of } of factors.filter(({ when }) => when === "before")) assert.match(of, /_state$/);
      done.add(each);
    }
  }
});

test("a word is the cell's own, else its kin's, else everybody's", () => {
  const words = { a: "all", a_LSTM: "LSTM's", b: "all", b_LSTM: "LSTM's", b_PeepholeLSTM: "its own", c: "all" };
  const said = (cell) => ["a", "b", "c", "d"].map((key) => wordOf(words, key, cell));
  assert.deepEqual(said("PeepholeLSTM"), ["LSTM's", "its own", "all", undefined]);
  assert.deepEqual(said("LSTM"), ["LSTM's", "LSTM's", "all", undefined]);
  assert.deepEqual(said("GRU"), ["all", "all", "all", undefined]);
});
