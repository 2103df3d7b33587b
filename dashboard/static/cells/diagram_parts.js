/**
 * What the drawings of the cells are made of: boxes, operations and wires, in a view box 400 wide. Data only.
 * `phase` is the sub-step in which a part comes to life: 0 x and h, 1 gates, 2 cell state, 3 output gate, 4 hidden
 * state.
 *
 * @typedef {"value" | "gate" | "pill"} Kind
 * @typedef {"before" | "now" | null} When
 * @typedef {Object} Box
 * @property {string} id @property {number} x @property {number} y @property {number} w @property {number} h
 * @property {number} phase @property {Kind} kind
 * @property {string | null} of the activation that it shows or belongs to; null: the input
 * @property {When} when of a state @property {string | null} text instead of a name
 * @typedef {{sign: string, x: number, y: number, phase: number}} Operation
 * @typedef {{path: string, phase: number, value: string | null, belt?: boolean, loop?: boolean, peephole?: boolean}} Wire
 *   value: what its width and colour follow, see `valuesIn`
 * @typedef {{height: number, boxes: Box[], operations: Operation[], wires: Wire[]}} Diagram
 */

/**
 * A state, before or now.
 * @param {string} id @param {string} of @param {When} when @param {number} x @param {number} y @param {number} phase
 * @returns {Box}
 */
export const state = (id, of, when, x, y, phase) => ({
  ...{ id, x, y, w: 72, h: 46, phase, kind: "value" },
  ...{ of, when, text: null },
});

/** @param {number} x @param {number} y @returns {Box} */
export const input = (x, y) => ({ id: "x", x, y, w: 72, h: 46, phase: 0, kind: "value", of: null, when: null, text: null });

/** @param {string} id @param {number} centre @param {number} phase @returns {Box} */
export const gate = (id, centre, phase) => ({
  ...{ id, x: centre - 33, y: 134, w: 66, h: 70, phase, kind: "gate" },
  ...{ of: id, when: null, text: null },
});

/**
 * @param {string} id @param {string} of @param {string} text @param {number} x @param {number} y @param {number} phase
 * @returns {Box}
 */
export const pill = (id, of, text, x, y, phase) => ({
  ...{ id, x: x - 21, y: y - 11, w: 42, h: 22, phase, kind: "pill" },
  ...{ of, when: null, text },
});

/** x and h enter on the left and run along the bottom to every gate. @param {number[]} centres @returns {Wire[]} */
export const bus = (centres) => [
  { path: "M72 173 H76 V228", phase: 0, value: null },
  { path: `M72 228 H${centres[centres.length - 1]}`, phase: 0, value: null },
  ...centres.map((centre) => ({ path: `M${centre} 228 V204`, phase: 0, value: null })),
];

/** What enters on the left. */
export const entries = [state("h_before", "hidden_state", "before", 0, 150, 0), input(0, 205)];

/**
 * A state runs along the top: over its gate a share of it is kept, further on what is written joins it.
 * @param {{before: string, gate: string, written: [number, number], state: string, phase: number}} belt written: where,
 *   and in which sub-step the candidate has its factor; phase: that of the new state
 * @returns {{operations: Operation[], wires: Wire[]}}
 */
export function belt({ before, gate, written: [at, factor], state, phase }) {
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
