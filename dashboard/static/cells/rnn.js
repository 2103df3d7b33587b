/** The plain RNN: h = tanh(W·x + U·h′ + b). */

import { input, state } from "./diagram_parts.js";
import { squashed } from "./equation.js";

/** @type {import("./cells.js").Cell} */
export const RNN = {
  words: ["RNN"],
  equations: { hidden_state: squashed("tanh") },
  substeps: { 4: { worksOut: "hidden_state" } },
  said: { state: "hidden_state" },
  asked: ["hidden_state"],
  clamps: [["off", "hidden_state", 0]],
  diagram: {
    height: 190,
    boxes: [
      state("h_before", "hidden_state", "before", 0, 56, 0),
      input(0, 128),
      state("h_now", "hidden_state", "now", 328, 92, 4),
      {
        ...{ id: "hidden_state", x: 206, y: 80, w: 72, h: 70, phase: 1, kind: "gate" },
        ...{ of: "hidden_state", when: null, text: "tanh" },
      },
    ],
    operations: [{ sign: "+", x: 138, y: 115, phase: 1 }],
    wires: [
      { path: "M72 79 H138 V115", phase: 0, value: "h_before" },
      { path: "M72 151 H138 V115", phase: 0, value: "x" },
      { path: "M138 115 H206", phase: 1, value: "hidden_state" },
      { path: "M278 115 H328", phase: 4, value: "hidden_state", belt: true },
      { path: "M364 92 V28 H36 V56", phase: 4, value: null, loop: true },
    ],
  },
};
