/**
 * The stage: one clock over chart, lanes, cell, readout and ledger. The first message builds it, the others hand over
 * what changed. Playing never goes through the server.
 */

import { createStage, dispatch, draw, leave, moves, play, takeMessage } from "./controller.js";
import { KEYS } from "../player/keys.js";
import { mounting, reducedMotion } from "../shared/mounting.js";
import { createState } from "./state.js";

export const mount = mounting({
  root: { class: "gs", tabindex: "0", role: "group", "data-testid": "stage" },
  begin: () => createState(!reducedMotion()),
  create: createStage,
  show: takeMessage,
  ...{ draw, moves, play, leave },
  ...{ keys: KEYS, act: dispatch },
});
