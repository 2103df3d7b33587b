/**
 * From the series to what the network sees, and from what it says back to the series' unit:
 * lstm_core/training/windows.py in the browser, so that a day's value can be changed there.
 *
 * @typedef {"log_return" | "level" | "relative"} Representation
 * @typedef {{inputs: Representation[], target: Representation, scales: Record<string, [number, number]>}} Scaling
 *   scales: mean and deviation of each representation
 */

/**
 * What the network sees of a window: float32, as it was trained.
 * @param {Scaling} scaling
 * @param {ArrayLike<number>} values (T,) of the window's days, in the series' unit
 * @param {number} before the value of the day before; only log returns need it
 * @returns {Float32Array} (T, D)
 */
export function inputsOf({ inputs, scales }, values, before) {
  const width = inputs.length;
  const seen = new Float32Array(values.length * width);
  inputs.forEach((name, feature) => {
    const [mean, deviation] = scales[name];
    for (let t = 0; t < values.length; t++) {
      seen[t * width + feature] = (SAME_DAY[name](values, before, t) - mean) / deviation;
    }
  });
  return seen;
}

/** @type {Record<Representation, (values: ArrayLike<number>, before: number, t: number) => number>} */
const SAME_DAY = {
  log_return: (values, before, t) => Math.log(values[t]) - Math.log(t ? values[t - 1] : before),
  level: (values, _, t) => values[t],
  relative: (values, _, t) => values[t] / values[0] - 1,
};

/**
 * Predictions of each next day in the series' unit.
 * @param {Scaling} scaling @param {ArrayLike<number>} scaled (T,) @param {ArrayLike<number>} values (T,)
 * @returns {Float64Array} (T,)
 */
export function predictedValues({ target, scales }, scaled, values) {
  const [mean, deviation] = scales[target];
  return Float64Array.from(scaled, (each, t) => NEXT_DAY[target](each * deviation + mean, values, t));
}

/** @type {Record<Representation, (predicted: number, values: ArrayLike<number>, t: number) => number>} */
const NEXT_DAY = {
  log_return: (predicted, values, t) => values[t] * Math.exp(predicted),
  level: (predicted) => predicted,
  relative: (predicted, values) => values[0] * (1 + predicted),
};

/** Whether a value can be shown to the network: logarithms and shares need positive ones. @param {Scaling} scaling */
export function needsPositive({ inputs, target }) {
  return [...inputs, target].some((name) => name !== "level");
}
