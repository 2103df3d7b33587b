/**
 * The peephole LSTM (Gers and Schmidhuber 2000): an LSTM whose gates also see the unit's own cell state, i and f the one
 * before, o the one after.
 */

import { squashed } from "./equation.js";
import { LSTM } from "./lstm.js";

/** @param {string} weight @param {"before" | "now"} sees which cell state @param {string} inside in symbols */
const seeing = (weight, sees, inside) => squashed("σ", { inside, peephole: { weight, sees } });
const { equations, diagram } = LSTM;
/** What o lets through leaves it on the left here: on the right its own peephole comes down. */
const wires = diagram.wires.map((wire) => (wire.value === "output_gate" ? { ...wire, path: "M296 134 V105" } : wire));

/** @type {import("./cells.js").Cell} */
export const PeepholeLSTM = {
  ...LSTM,
  words: ["PeepholeLSTM", "LSTM"],
  equations: {
    ...equations,
    forget_gate: seeing("weight_cf", "before", "W·x + U·h′ + w·c′ + b"),
    input_gate: seeing("weight_ci", "before", "W·x + U·h′ + w·c′ + b"),
    output_gate: seeing("weight_co", "now", "W·x + U·h′ + w·c + b"),
  },
  diagram: {
    ...diagram,
    wires: [
      ...wires,
      { path: "M92 25 V134", phase: 1, value: "c_before", peephole: true },
      { path: "M92 118 H161 V134", phase: 1, value: "c_before", peephole: true },
      { path: "M323 25 V134", phase: 3, value: "cell_state", peephole: true },
    ],
  },
};
