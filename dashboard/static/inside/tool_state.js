/**
 * What a person does on the page "Inside the cell": which tool is open, what is looked at, what is tried. No DOM.
 *
 * @typedef {Object} Lab
 * @property {"why" | "what_if" | "memory" | "mattered" | "find" | "guess" | "layers"} tool
 * @property {string} focus the activation that is explained, or "prediction"
 * @property {boolean} terms its products are listed
 * @property {import("./what_if.js").History} history
 * @property {string} problem why the last thing tried was refused: a word's name, filled with `limit`
 * @property {number} limit
 * @property {number | null} written timestep at which a memory begins; null: wherever the playhead stands
 * @property {string} order of the units, one of ORDERS
 * @property {"relative" | "absolute"} scale of the gradients' strip
 * @property {number} threshold above which a unit counts as active
 * @property {import("./guess.js").Guess} guess
 * @property {boolean} batchFirst shapes are written with the batch's axis first, as the network has it
 */

import { begin, edited, clamped, released, reset, undone } from "./what_if.js";
import { answered, asked, startGuessing } from "./guess.js";

export const TOOLS = ["why", "what_if", "memory", "mattered", "find", "guess", "layers"];

/** @returns {Lab} */
export function createLab() {
  return {
    tool: "why",
    focus: "forget_gate",
    terms: false,
    history: begin(),
    problem: "",
    limit: 0,
    written: null,
    order: "index",
    scale: "relative",
    threshold: 0.25,
    guess: startGuessing(),
    batchFirst: true,
  };
}

/** @param {Lab} lab @param {import("../stage/view.js").Action} action @returns {Lab} unchanged where the action is not its own */
export function actInLab(lab, action) {
  const change = CHANGES[action.type];
  return change ? { ...lab, problem: "", ...change(lab, action) } : lab;
}

const CHANGES = {
  tool: (lab, { value }) => ({ tool: value, guess: value === "guess" ? lab.guess : { ...lab.guess, question: null } }),
  focus: (_, { value }) => ({ focus: value }),
  explain: (_, { value }) => ({ focus: value, tool: "why" }),
  terms: (lab) => ({ terms: !lab.terms }),
  edit: (lab, { value }) => ({ history: edited(lab.history, value.day, value.value, value.goesOn) }),
  refuse: (_, { value }) => ({ problem: value.problem, limit: value.limit ?? 0 }),
  clamp: (lab, { value }) => ({ history: clamped(lab.history, value) }),
  release: (lab, { value }) => ({ history: released(lab.history, value) }),
  undo: (lab) => ({ history: undone(lab.history) }),
  reset: (lab) => ({ history: reset(lab.history) }),
  written: (_, { value }) => ({ written: value }),
  order: (_, { value }) => ({ order: value }),
  scale: (_, { value }) => ({ scale: value }),
  threshold: (_, { value }) => ({ threshold: value }),
  batch_first: (_, { value }) => ({ batchFirst: value }),
  drag_end: ({ problem, limit }) => ({ problem, limit }),
  ask: (lab, { value }) => ({ guess: asked(lab.guess, value) }),
  answer: (lab, { value }) => ({ guess: answered(lab.guess, value) }),
};
