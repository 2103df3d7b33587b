/** A film of one snapshot in which every activation tells its own place; words as the app sends them. */

import { readFileSync } from "node:fs";

import { wordsOfSteps } from "../../dashboard/static/shared/step_words.js";

/** Of a thing only what is read where it goes. any: the rest is left out. @param {any} some @returns {any} */
export const only = (some) => some;

const [A, L, T, H] = [6, 2, 3, 2];
const activations = new Float32Array(A * L * T * H);
for (let a = 0, at = 0; a < A; a++) {
  for (let l = 0; l < L; l++)
    for (let t = 0; t < T; t++) for (let k = 0; k < H; k++) activations[at++] = a + l / 10 + t / 100 + k / 1000;
}

const gates = ["input_gate", "forget_gate", "candidate", "output_gate"];

/** As it comes with a message that names the cell. @type {import("../../dashboard/static/shared/message.js").CellRow} */
export const lstmRow = {
  ...{ cell: "LSTM", blocks: gates, activations: [...gates, "cell_state", "hidden_state"], keeps: "forget_gate" },
  bounds: {
    ...{ input_gate: [0, 1], forget_gate: [0, 1], candidate: [-1, 1], output_gate: [0, 1] },
    ...{ cell_state: [-1000, 1000], hidden_state: [-1, 1] },
  },
  ...{ peepholes: [], colours: { light: "#6D3BD1", dark: "#B794FF" } },
};

export const snapshot = only({
  epoch: 7,
  inputs: Object.assign(Float32Array.from([1, 2, 3, 4, 5, 6]), { shape: [T, 2] }),
  activations: Object.assign(activations, { shape: [A, L, T, H] }),
  prediction: Float32Array.from([0.1, 0.2, 0.3]),
  prediction_price: Float64Array.from([24.45, 26.86, 1234.5]),
  head_weight: Float32Array.from([0.5, -0.25]),
  head_bias: 0.125,
});

export const film = only({
  revision: "r",
  snapshots: new Map([[7, snapshot]]),
  meta: {
    id: "film",
    ...lstmRow,
    window_start: 2,
    input_names: ["return", "change"],
    target_price: Float64Array.from([25.54, 26.95, NaN]),
    naive_price: Float64Array.from([24.4, 26.7, 1230]),
    target: Float32Array.from([0.5, -0.5, NaN]),
    training: { batch_size: 8, windows: 100, dropout: 0.25, output_dropout: 0, first_scored: 1 },
    cell_state_bound: 2.5,
  },
});

/** The words that the app sends with the stage. @param {string} file */
const wordsIn = (file) => JSON.parse(readFileSync(new URL(`../../dashboard/texts/en/${file}.json`, import.meta.url), "utf8"));

const FILES = ["steps", "stage", "moment", "terms", "inside", "layers"];

/** As they come, before they name the series' steps. */
export const templates = Object.assign({}, ...FILES.map(wordsIn));
export const words = wordsOfSteps(templates, "day");
