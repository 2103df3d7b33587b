/**
 * The cell as a drawing: boxes, operations and wires, in a view box 400 wide. Data only; diagram_view.js draws it.
 * `phase` is the sub-step in which a part comes to life: 0 x and h, 1 gates, 2 cell state, 3 output gate, 4 hidden
 * state.
 *
 * @typedef {"value" | "gate" | "pill"} Kind
 * @typedef {{id: string, x: number, y: number, w: number, h: number, phase: number, kind: Kind}} Box
 * @typedef {{sign: string, x: number, y: number, phase: number}} Operation
 * @typedef {{path: string, phase: number, value: string | null, belt?: boolean, loop?: boolean}} Wire
 * @typedef {{height: number, boxes: Box[], operations: Operation[], wires: Wire[]}} Diagram
 */

/** @returns {Box} */
const value = (id, x, y, phase) => ({ id, x, y, w: 68, h: 40, phase, kind: "value" });
/** @returns {Box} */
const gate = (id, centre, phase) => ({ id, x: centre - 32, y: 140, w: 64, h: 50, phase, kind: "gate" });
/** @returns {Box} */
const pill = (id, x, y, phase) => ({ id, x: x - 21, y: y - 11, w: 42, h: 22, phase, kind: "pill" });

/** x and h enter on the left and run along the bottom to every gate. */
/** @returns {Wire[]} */
const bus = (centres) => [
  { path: "M68 172 H76 V210", phase: 0, value: null },
  { path: `M68 216 H76 V210 H${centres[centres.length - 1]}`, phase: 0, value: null },
  ...centres.map((centre) => ({ path: `M${centre} 210 V190`, phase: 0, value: null })),
];
const entries = [value("h_before", 0, 152, 0), value("x", 0, 196, 0)];

/** @type {Record<string, Diagram>} */
export const DIAGRAMS = {
  LSTM: {
    height: 238,
    boxes: [
      value("c_before", 0, 14, 0),
      value("c_now", 332, 14, 2),
      value("h_now", 332, 92, 4),
      ...entries,
      gate("forget_gate", 112, 1),
      gate("input_gate", 180, 1),
      gate("candidate", 248, 1),
      gate("output_gate", 316, 3),
      pill("tanh", 290, 70, 4),
    ],
    operations: [
      { sign: "×", x: 112, y: 34, phase: 2 },
      { sign: "+", x: 214, y: 34, phase: 2 },
      { sign: "×", x: 214, y: 96, phase: 2 },
      { sign: "×", x: 290, y: 112, phase: 4 },
    ],
    wires: [
      { path: "M68 34 H112", phase: 0, value: "c_before", belt: true },
      { path: "M112 34 H214", phase: 2, value: "kept", belt: true },
      { path: "M214 34 H332", phase: 2, value: "cell_state", belt: true },
      { path: "M112 140 V34", phase: 1, value: "forget_gate" },
      { path: "M180 140 V96 H214", phase: 1, value: "input_gate" },
      { path: "M248 140 V96 H214", phase: 1, value: "candidate" },
      { path: "M214 96 V34", phase: 2, value: "written" },
      { path: "M290 34 V112", phase: 4, value: "tanh" },
      { path: "M316 140 V130 H290 V112", phase: 3, value: "output_gate" },
      { path: "M290 112 H332", phase: 4, value: "hidden_state" },
      ...bus([112, 180, 248, 316]),
    ],
  },
  GRU: {
    height: 238,
    boxes: [
      value("h_before_state", 0, 14, 0),
      value("h_now", 332, 14, 4),
      ...entries,
      gate("update_gate", 112, 1),
      gate("reset_gate", 196, 1),
      gate("candidate", 280, 2),
      pill("take", 196, 96, 3),
    ],
    operations: [
      { sign: "×", x: 112, y: 34, phase: 4 },
      { sign: "+", x: 280, y: 34, phase: 4 },
      { sign: "×", x: 280, y: 96, phase: 3 },
    ],
    wires: [
      { path: "M68 34 H112", phase: 0, value: "h_before", belt: true },
      { path: "M112 34 H280", phase: 4, value: "kept", belt: true },
      { path: "M280 34 H332", phase: 4, value: "hidden_state", belt: true },
      { path: "M112 140 V34", phase: 1, value: "update_gate" },
      { path: "M112 96 H196", phase: 3, value: "take" },
      { path: "M196 96 H280", phase: 3, value: "take" },
      { path: "M228 165 H248", phase: 2, value: "reset_gate" },
      { path: "M280 140 V96", phase: 2, value: "candidate" },
      { path: "M280 96 V34", phase: 4, value: "written" },
      ...bus([112, 196, 280]),
    ],
  },
  RNN: {
    height: 196,
    boxes: [
      value("h_before", 0, 62, 0),
      value("x", 0, 134, 0),
      value("h_now", 332, 98, 4),
      { id: "hidden_state", x: 206, y: 93, w: 70, h: 50, phase: 1, kind: "gate" },
    ],
    operations: [{ sign: "+", x: 136, y: 118, phase: 1 }],
    wires: [
      { path: "M68 82 H136 V118", phase: 0, value: "h_before" },
      { path: "M68 154 H136 V118", phase: 0, value: "x" },
      { path: "M136 118 H206", phase: 1, value: "hidden_state" },
      { path: "M276 118 H332", phase: 4, value: "hidden_state", belt: true },
      { path: "M366 98 V30 H34 V62", phase: 4, value: null, loop: true },
    ],
  },
};

/**
 * The numbers that boxes and wires carry.
 * @param {import("./moment.js").Moment} moment
 * @returns {Record<string, number>}
 */
export function valuesIn(moment) {
  const { now, before, inputs, layer } = moment;
  const shared = {
    ...now,
    h_before: before.hidden_state,
    h_before_state: before.hidden_state,
    h_now: now.hidden_state,
  };
  return { ...shared, x: layer === 0 ? inputs[0] : NaN, ...CELLS[moment.cell](now, before) };
}

const CELLS = {
  LSTM: (now, before) => ({
    c_before: before.cell_state,
    c_now: now.cell_state,
    kept: now.forget_gate * before.cell_state,
    written: now.input_gate * now.candidate,
    tanh: Math.tanh(now.cell_state),
  }),
  GRU: (now, before) => ({
    kept: now.update_gate * before.hidden_state,
    take: 1 - now.update_gate,
    written: (1 - now.update_gate) * now.candidate,
  }),
  RNN: () => ({}),
};

/** Width of a wire: thin for nothing, thick for much; `bound` is what counts as full. */
export function wireWidth(amount, bound) {
  const share = Math.min(1, Math.abs(amount) / (bound || 1));
  return Number.isFinite(share) ? Math.round((1.5 + 6.5 * share) * 10) / 10 : 2;
}
