/**
 * What a person does on the page "Inside the cell": which tool is open, what is looked at, what is tried. No DOM.
 *
 * @typedef {Object} ToolState
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

/** @returns {ToolState} */
export function createTools() {
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

/** @param {ToolState} tools @param {import("../stage/view.js").Action} action @returns {ToolState} unchanged where the action is not its own */
export function actOnTools(tools, action) {
  const change = CHANGES[action.type];
  return change ? { ...tools, problem: "", ...change(tools, action) } : tools;
}

const CHANGES = {
  tool: (tools, { value }) => ({ tool: value, guess: value === "guess" ? tools.guess : { ...tools.guess, question: null } }),
  focus: (_, { value }) => ({ focus: value }),
  explain: (_, { value }) => ({ focus: value, tool: "why" }),
  terms: (tools) => ({ terms: !tools.terms }),
  edit: (tools, { value }) => ({ history: edited(tools.history, value.day, value.value, value.goesOn) }),
  refuse: (_, { value }) => ({ problem: value.problem, limit: value.limit ?? 0 }),
  clamp: (tools, { value }) => ({ history: clamped(tools.history, value) }),
  release: (tools, { value }) => ({ history: released(tools.history, value) }),
  undo: (tools) => ({ history: undone(tools.history) }),
  reset: (tools) => ({ history: reset(tools.history) }),
  written: (_, { value }) => ({ written: value }),
  order: (_, { value }) => ({ order: value }),
  scale: (_, { value }) => ({ scale: value }),
  threshold: (_, { value }) => ({ threshold: value }),
  batch_first: (_, { value }) => ({ batchFirst: value }),
  drag_end: ({ problem, limit }) => ({ problem, limit }),
  ask: (tools, { value }) => ({ guess: asked(tools.guess, value) }),
  answer: (tools, { value }) => ({ guess: answered(tools.guess, value) }),
};
