/** The LSTM: i, f, o = σ and g = tanh of W·x + U·h′ + b; c = f·c′ + i·g; h = o·tanh(c). */

import { belt, bus, entries, gate, pill, state } from "./diagram_parts.js";
import { before, now, product, squashed, summed, tanh } from "./equation.js";

const memory = belt({ before: "c_before", gate: "forget_gate", written: [216, 2], state: "cell_state", phase: 2 });

/** @type {import("./cells.js").Cell} */
export const LSTM = {
  words: ["LSTM"],
  equations: {
    forget_gate: squashed("σ"),
    input_gate: squashed("σ"),
    candidate: squashed("tanh"),
    cell_state: summed(
      "c = f·c′ + i·g",
      product("kept", now("forget_gate"), before("cell_state")),
      product("written", now("input_gate"), now("candidate")),
    ),
    output_gate: squashed("σ"),
    hidden_state: summed("h = o·tanh(c)", product("shown", now("output_gate"), tanh("cell_state"))),
  },
  substeps: { 2: { worksOut: "cell_state", apart: true }, 4: { worksOut: "hidden_state" } },
  said: { show: "output_gate" },
  asked: ["forget_gate", "input_gate", "output_gate"],
  clamps: [
    ["off", "hidden_state", 0],
    ["never_forget", "forget_gate", 1],
    ["never_write", "input_gate", 0],
    ["never_show", "output_gate", 0],
  ],
  diagram: {
    height: 254,
    boxes: [
      state("c_before", "cell_state", "before", 0, 2, 0),
      state("c_now", "cell_state", "now", 328, 2, 2),
      state("h_now", "hidden_state", "now", 328, 82, 4),
      ...entries,
      gate("forget_gate", 113, 1),
      gate("input_gate", 182, 1),
      gate("candidate", 251, 1),
      gate("output_gate", 320, 3),
      pill("tanh", "hidden_state", "tanh", 296, 64, 4),
    ],
    operations: [...memory.operations, { sign: "×", x: 296, y: 105, phase: 4 }],
    wires: [
      ...memory.wires,
      { path: "M182 134 V92 H216", phase: 1, value: "input_gate" },
      { path: "M251 134 V92 H216", phase: 1, value: "candidate" },
      { path: "M296 25 V105", phase: 4, value: "shown.value" },
      { path: "M320 134 V126 H296 V105", phase: 3, value: "output_gate" },
      { path: "M296 105 H328", phase: 4, value: "hidden_state" },
      ...bus([113, 182, 251, 320]),
    ],
  },
};
