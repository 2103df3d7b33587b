/** The GRU: r, z = σ(W·x + U·h′ + b); n = tanh(W·x + b_x + r·(U·h′ + b_h)); h = (1 − z)·n + z·h′. */

import { belt, bus, entries, gate, pill, state } from "./diagram_parts.js";
import { before, now, product, rest, squashed, summed } from "./equation.js";

const memory = belt({ before: "h_before", gate: "update_gate", written: [281, 3], state: "hidden_state", phase: 4 });

/** @type {import("./cells.js").Cell} */
export const GRU = {
  words: ["GRU"],
  equations: {
    reset_gate: squashed("σ"),
    update_gate: squashed("σ"),
    candidate: squashed("tanh", { inside: "W·x + b_x + r·(U·h′ + b_h)", resetBy: "reset_gate" }),
    hidden_state: summed(
      "h = (1 − z)·n + z·h′",
      product("written", rest("update_gate"), now("candidate")),
      product("kept", now("update_gate"), before("hidden_state")),
    ),
  },
  substeps: { 4: { worksOut: "hidden_state" } },
  said: { could: "candidate" },
  asked: ["update_gate", "reset_gate"],
  clamps: [
    ["off", "hidden_state", 0],
    ["never_update", "update_gate", 1],
    ["always_update", "update_gate", 0],
  ],
  diagram: {
    height: 254,
    boxes: [
      state("h_before_state", "hidden_state", "before", 0, 2, 0),
      state("h_now", "hidden_state", "now", 328, 2, 4),
      ...entries,
      gate("update_gate", 113, 1),
      gate("reset_gate", 197, 1),
      gate("candidate", 281, 2),
      pill("take", "update_gate", "1−z", 197, 92, 3),
    ],
    operations: memory.operations,
    wires: [
      ...memory.wires,
      { path: "M113 92 H197", phase: 3, value: "written.share" },
      { path: "M197 92 H281", phase: 3, value: "written.share" },
      { path: "M230 169 H248", phase: 2, value: "reset_gate" },
      { path: "M281 134 V92", phase: 2, value: "candidate" },
      ...bus([113, 197, 281]),
    ],
  },
};
