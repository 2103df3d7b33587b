/**
 * The stage: one clock over chart, lanes, cell, readout and ledger. The first message builds it, the others hand over
 * what changed. Playing never goes through the server.
 */

import { createStage, destroyStage, takeMessage } from "./controller.js";
import { mounting, reducedMotion } from "../shared/mounting.js";
import { createStore } from "../shared/store.js";
import { createView } from "./view.js";

/** What outlives a mount within one page load, by key: the data held and the person's choices. */
const memory = new Map();

export const mount = mounting({
  create(parent, { key }, assets) {
    if (!memory.has(key)) memory.set(key, { store: createStore(), view: createView(!reducedMotion()) });
    return createStage(parent, memory.get(key), assets);
  },
  show: takeMessage,
  destroy: destroyStage,
});
