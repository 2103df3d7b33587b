/** Moments of the random networks that torch has traced: every cell, one to three layers, as the stage would hold them. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { momentAt } from "../../dashboard/static/cells/moment.js";
import { words } from "./samples.mjs";

const folder = process.env.STAGE_FIXTURE;
export const skip = folder ? false : "run through pytest, which makes the networks";

/** @returns {{content: any, snapshot: any, layers: number, hidden: number, timesteps: number, cell: string}[]} */
export function contents() {
  const sent = JSON.parse(readFileSync(join(/** @type {string} */ (folder), "networks.json"), "utf8"));
  return sent.map(({ network, inputs, activations, prediction }) => {
    const { layers: _, head_weight, head_bias, ...row } = network;
    const names = row.activations;
    const [layers, hidden, timesteps] = [network.layers.length, network.head_weight.length, prediction.length];
    const shape = [names.length, layers, timesteps, hidden];
    const all = Object.assign(Float32Array.from(names.flatMap((name) => activations[name])), { shape });
    const snapshot = {
      epoch: 1,
      inputs: Object.assign(Float32Array.from(inputs), { shape: [timesteps, inputs.length / timesteps] }),
      activations: all,
      ...{ prediction: Float32Array.from(prediction), prediction_price: Float64Array.from(prediction) },
      ...{ head_weight: Float32Array.from(network.head_weight), head_bias: network.head_bias },
    };
    const meta = {
      ...{ ...row, id: "film", window_start: 1, input_names: [] },
      ...{ target: new Float32Array(timesteps), target_price: new Float64Array(timesteps) },
      naive_price: new Float64Array(timesteps),
    };
    const film = { meta, snapshots: new Map([[1, snapshot]]) };
    return { content: { film, snapshot, network, words }, snapshot, layers, hidden, timesteps, cell: network.cell };
  });
}

/** A few moments of each network. */
export function* places() {
  for (const { content, snapshot, layers, hidden, timesteps, cell } of contents()) {
    for (let layer = 0; layer < layers; layer++) {
      for (let unit = 0; unit < hidden; unit += Math.ceil(hidden / 5)) {
        for (let t = 0; t < timesteps; t += Math.ceil(timesteps / 7)) {
          const moment = momentAt(content.film, snapshot, { layer, unit }, t, new Float64Array(timesteps + 1));
          yield { content, moment, what: `${cell}, layer ${layer}, unit ${unit}, timestep ${t}` };
        }
      }
    }
  }
}
