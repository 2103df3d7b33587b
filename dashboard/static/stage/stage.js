/**
 * The stage: one clock over chart, lanes, cell, readout and ledger. The first message builds it, the others hand over
 * what changed. Playing never goes through the server.
 */

import { createStage, destroyStage, takeMessage } from "./controller.js";
import { mounting, reducedMotion } from "../shared/mounting.js";
import { createState } from "./state.js";

/** What outlives a mount within one page load, by key. @type {Map<string, import("./state.js").State>} */
const memory = new Map();

export const mount = mounting({
  create(parent, { key }, assets) {
    const state = memory.get(key) ?? createState(!reducedMotion());
    memory.set(key, state);
    return createStage(parent, state, assets);
  },
  show: takeMessage,
  destroy: destroyStage,
});
