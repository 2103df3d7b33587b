/**
 * The network in the browser: the equations of LSTM, GRU and RNN (those of lstm_core/network/equations.py), for
 * what-if, ablation and clamps. Pure functions of weights, inputs and clamps; it counts in float64 with the run's own
 * float32 weights.
 *
 * @typedef {Float32Array | Float64Array} Numbers
 * @typedef {Object} Layer parameters under torch.nn's names, row by row
 * @property {Numbers} weight_ih (G*H, D) @property {Numbers} weight_hh (G*H, H)
 * @property {Numbers} bias_ih (G*H,) @property {Numbers} bias_hh (G*H,)
 * @typedef {{cell: string, layers: Layer[], head_weight: Numbers, head_bias: number}} Network
 * @typedef {{layer: number | null, unit: number | null, name: string, value: number}} Clamp
 *   an activation clamped at a value, for one unit and layer or (null) for all
 * @typedef {{shape: [number, number, number], activations: Record<string, Float64Array>, prediction: Float64Array}} Run
 *   activations (L, T, H) by name, prediction (T,): a trace
 */

/** Gates in the order in which PyTorch stacks their weights. @type {Record<string, string[]>} */
export const GATES = {
  LSTM: ["input_gate", "forget_gate", "candidate", "output_gate"],
  GRU: ["reset_gate", "update_gate", "candidate"],
  RNN: ["hidden_state"],
};
const STATES = { LSTM: ["cell_state", "hidden_state"], GRU: ["hidden_state"], RNN: [] };

/**
 * Run the network over inputs (T, D), from zero initial states.
 * @param {Network} network @param {Numbers} inputs @param {Clamp[]} [clamps]
 * @returns {Run}
 */
export function run(network, inputs, clamps = []) {
  const { cell, layers, head_weight } = network;
  const hidden = head_weight.length;
  const timesteps = inputs.length / features(layers[0], cell, hidden);
  const names = [...GATES[cell], ...STATES[cell]];
  const activations = Object.fromEntries(
    names.map((name) => [name, new Float64Array(layers.length * timesteps * hidden)]),
  );
  let below = inputs;
  layers.forEach((layer, index) => {
    const size = timesteps * hidden;
    const rows = Object.fromEntries(names.map((name) => [name, part(activations[name], index, size)]));
    runLayer(cell, layer, below, rows, { timesteps, hidden, clamped: clampedOf(clamps, index, hidden) });
    below = rows.hidden_state;
  });
  return { shape: [layers.length, timesteps, hidden], activations, prediction: headOf(network, below, timesteps) };
}

/** D of a layer. @param {Layer} layer @param {string} cell @param {number} hidden */
export function features(layer, cell, hidden) {
  return layer.weight_ih.length / (GATES[cell].length * hidden);
}

/** sigmoid, exact at both ends. @param {number} x */
export const sigmoid = (x) => 1 / (1 + Math.exp(-x));

/** One layer's stretch of an array (L, ...). @param {Float64Array} array @param {number} index @param {number} size */
const part = (array, index, size) => array.subarray(index * size, (index + 1) * size);

/** What is clamped in one layer: name -> (H,), NaN where the unit is free. */
function clampedOf(clamps, layer, hidden) {
  /** @type {Record<string, Float64Array>} */
  const clamped = {};
  for (const clamp of clamps) {
    if (clamp.layer !== null && clamp.layer !== layer) continue;
    clamped[clamp.name] ??= new Float64Array(hidden).fill(NaN);
    if (clamp.unit === null) clamped[clamp.name].fill(clamp.value);
    else clamped[clamp.name][clamp.unit] = clamp.value;
  }
  return clamped;
}

function runLayer(cell, layer, below, rows, { timesteps, hidden, clamped }) {
  const width = below.length / timesteps;
  const step = { LSTM: lstmStep, GRU: gruStep, RNN: rnnStep }[cell];
  const fromInput = new Float64Array(layer.bias_ih.length);
  const fromHidden = new Float64Array(layer.bias_hh.length);
  const zeros = new Float64Array(hidden);
  for (let t = 0; t < timesteps; t++) {
    const before = (row) => (t ? row.subarray((t - 1) * hidden, t * hidden) : zeros);
    affine(layer.weight_ih, layer.bias_ih, below.subarray(t * width, (t + 1) * width), fromInput);
    affine(layer.weight_hh, layer.bias_hh, before(rows.hidden_state), fromHidden);
    step({ fromInput, fromHidden, rows, before, clamped, at: t * hidden, hidden });
  }
}

/**
 * out = W v + b: weight (R, C) row by row, vector (C,), bias and out (R,). Four sums side by side, for a processor that
 * would otherwise wait for each addition before the next; this is where nearly all of the time goes.
 */
function affine(weight, bias, vector, out) {
  const width = vector.length;
  const even = width - (width % 4);
  for (let row = 0, at = 0; row < out.length; row++, at += width) {
    let [a, b, c, d] = [bias[row], 0, 0, 0];
    for (let k = 0; k < even; k += 4) {
      a += weight[at + k] * vector[k];
      b += weight[at + k + 1] * vector[k + 1];
      c += weight[at + k + 2] * vector[k + 2];
      d += weight[at + k + 3] * vector[k + 3];
    }
    for (let k = even; k < width; k++) a += weight[at + k] * vector[k];
    out[row] = a + b + (c + d);
  }
}

/** The value, unless it is clamped at another. */
const keep = (clamped, name, unit, value) => {
  const fixed = clamped[name]?.[unit];
  return fixed === undefined || Number.isNaN(fixed) ? value : fixed;
};

/** i, f, o = sigmoid and g = tanh of the pre-activations; c = f·c′ + i·g; h = o·tanh(c). */
function lstmStep({ fromInput, fromHidden, rows, before, clamped, at, hidden }) {
  const previous = before(rows.cell_state);
  for (let unit = 0; unit < hidden; unit++) {
    const gate = (index) => fromInput[index * hidden + unit] + fromHidden[index * hidden + unit];
    const i = keep(clamped, "input_gate", unit, sigmoid(gate(0)));
    const f = keep(clamped, "forget_gate", unit, sigmoid(gate(1)));
    const g = keep(clamped, "candidate", unit, Math.tanh(gate(2)));
    const o = keep(clamped, "output_gate", unit, sigmoid(gate(3)));
    const c = keep(clamped, "cell_state", unit, f * previous[unit] + i * g);
    const k = at + unit;
    rows.input_gate[k] = i;
    rows.forget_gate[k] = f;
    rows.candidate[k] = g;
    rows.output_gate[k] = o;
    rows.cell_state[k] = c;
    rows.hidden_state[k] = keep(clamped, "hidden_state", unit, o * Math.tanh(c));
  }
}

/** r, z = sigmoid; n = tanh(W·x + b_x + r·(U·h′ + b_h)); h = (1 − z)·n + z·h′. */
function gruStep({ fromInput, fromHidden, rows, before, clamped, at, hidden }) {
  const previous = before(rows.hidden_state);
  for (let unit = 0; unit < hidden; unit++) {
    const [ofR, ofZ, ofN] = [unit, hidden + unit, 2 * hidden + unit];
    const r = keep(clamped, "reset_gate", unit, sigmoid(fromInput[ofR] + fromHidden[ofR]));
    const z = keep(clamped, "update_gate", unit, sigmoid(fromInput[ofZ] + fromHidden[ofZ]));
    const n = keep(clamped, "candidate", unit, Math.tanh(fromInput[ofN] + r * fromHidden[ofN]));
    rows.reset_gate[at + unit] = r;
    rows.update_gate[at + unit] = z;
    rows.candidate[at + unit] = n;
    rows.hidden_state[at + unit] = keep(clamped, "hidden_state", unit, (1 - z) * n + z * previous[unit]);
  }
}

/** h = tanh(W·x + U·h′ + b). */
function rnnStep({ fromInput, fromHidden, rows, clamped, at, hidden }) {
  for (let unit = 0; unit < hidden; unit++) {
    const h = Math.tanh(fromInput[unit] + fromHidden[unit]);
    rows.hidden_state[at + unit] = keep(clamped, "hidden_state", unit, h);
  }
}

/** prediction = head_weight . h + head_bias at every timestep. */
function headOf({ head_weight, head_bias }, states, timesteps) {
  const out = new Float64Array(timesteps);
  const hidden = head_weight.length;
  for (let t = 0; t < timesteps; t++) {
    let sum = head_bias;
    for (let unit = 0; unit < hidden; unit++) sum += head_weight[unit] * states[t * hidden + unit];
    out[t] = sum;
  }
  return out;
}
