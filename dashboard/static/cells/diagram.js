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

/** @param {string} id @param {number} x @param {number} y @param {number} phase @returns {Box} */
const value = (id, x, y, phase) => ({ id, x, y, w: 72, h: 46, phase, kind: "value" });
/** @param {string} id @param {number} centre @param {number} phase @returns {Box} */
const gate = (id, centre, phase) => ({ id, x: centre - 33, y: 134, w: 66, h: 70, phase, kind: "gate" });
/** @param {string} id @param {number} x @param {number} y @param {number} phase @returns {Box} */
const pill = (id, x, y, phase) => ({ id, x: x - 21, y: y - 11, w: 42, h: 22, phase, kind: "pill" });

/** x and h enter on the left and run along the bottom to every gate. @param {number[]} centres @returns {Wire[]} */
const bus = (centres) => [
  { path: "M72 173 H76 V228", phase: 0, value: null },
  { path: `M72 228 H${centres[centres.length - 1]}`, phase: 0, value: null },
  ...centres.map((centre) => ({ path: `M${centre} 228 V204`, phase: 0, value: null })),
];
const entries = [value("h_before", 0, 150, 0), value("x", 0, 205, 0)];

/**
 * A state runs along the top: over its gate a share of it is kept, further on what is written joins it.
 * @param {{before: string, gate: string, written: [number, number], state: string, phase: number}} belt written: where,
 *   and in which sub-step the candidate has its factor; phase: that of the new state
 * @returns {{operations: Operation[], wires: Wire[]}}
 */
function belt({ before, gate, written: [at, factor], state, phase }) {
  const operations = [
    { sign: "×", x: 113, y: 25, phase },
    { sign: "+", x: at, y: 25, phase },
    { sign: "×", x: at, y: 92, phase: factor },
  ];
  const wires = [
    { path: "M72 25 H113", phase: 0, value: before, belt: true },
    { path: `M113 25 H${at}`, phase, value: "kept", belt: true },
    { path: `M${at} 25 H328`, phase, value: state, belt: true },
    { path: "M113 134 V25", phase: 1, value: gate },
    { path: `M${at} 92 V25`, phase, value: "written" },
  ];
  return { operations, wires };
}
const memory = belt({ before: "c_before", gate: "forget_gate", written: [216, 2], state: "cell_state", phase: 2 });
const hidden = belt({ before: "h_before", gate: "update_gate", written: [281, 3], state: "hidden_state", phase: 4 });

/** @type {Record<string, Diagram>} */
export const DIAGRAMS = {
  LSTM: {
    height: 254,
    boxes: [
      value("c_before", 0, 2, 0),
      value("c_now", 328, 2, 2),
      value("h_now", 328, 82, 4),
      ...entries,
      gate("forget_gate", 113, 1),
      gate("input_gate", 182, 1),
      gate("candidate", 251, 1),
      gate("output_gate", 320, 3),
      pill("tanh", 296, 64, 4),
    ],
    operations: [...memory.operations, { sign: "×", x: 296, y: 105, phase: 4 }],
    wires: [
      ...memory.wires,
      { path: "M182 134 V92 H216", phase: 1, value: "input_gate" },
      { path: "M251 134 V92 H216", phase: 1, value: "candidate" },
      { path: "M296 25 V105", phase: 4, value: "tanh" },
      { path: "M320 134 V126 H296 V105", phase: 3, value: "output_gate" },
      { path: "M296 105 H328", phase: 4, value: "hidden_state" },
      ...bus([113, 182, 251, 320]),
    ],
  },
  GRU: {
    height: 254,
    boxes: [
      value("h_before_state", 0, 2, 0),
      value("h_now", 328, 2, 4),
      ...entries,
      gate("update_gate", 113, 1),
      gate("reset_gate", 197, 1),
      gate("candidate", 281, 2),
      pill("take", 197, 92, 3),
    ],
    operations: hidden.operations,
    wires: [
      ...hidden.wires,
      { path: "M113 92 H197", phase: 3, value: "take" },
      { path: "M197 92 H281", phase: 3, value: "take" },
      { path: "M230 169 H248", phase: 2, value: "reset_gate" },
      { path: "M281 134 V92", phase: 2, value: "candidate" },
      ...bus([113, 197, 281]),
    ],
  },
  RNN: {
    height: 190,
    boxes: [
      value("h_before", 0, 56, 0),
      value("x", 0, 128, 0),
      value("h_now", 328, 92, 4),
      { id: "hidden_state", x: 206, y: 80, w: 72, h: 70, phase: 1, kind: "gate" },
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

/** @type {Record<string, (now: Record<string, number>, before: Record<string, number>) => Record<string, number>>} */
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

const READABLE = 11; // pixels on the screen, at the least
const NAMES = 12.5; // pixels of the drawing
const ROOMY = 290; // below it a gate's word does not fit at a readable size: its letter stands alone

/**
 * How the drawing's letters grow where it is drawn small, so that they stay readable.
 * @param {number} width on the screen @returns {{zoom: number, named: boolean}}
 */
export function lettersAt(width) {
  return { zoom: Math.max(1, (READABLE / NAMES) * (400 / Math.max(1, width))), named: width >= ROOMY };
}

/**
 * Width of a wire: thin for nothing, thick for much; `bound` is what counts as full.
 * @param {number} amount @param {number} bound
 */
export function wireWidth(amount, bound) {
  const share = Math.min(1, Math.abs(amount) / (bound || 1));
  return Number.isFinite(share) ? Math.round((1.5 + 6.5 * share) * 10) / 10 : 2;
}
