/**
 * What is left of a memory: the product of the gates that kept it since it was written. An LSTM's forget gate keeps a
 * share f of its cell state, a GRU's update gate a share z of its hidden state; an RNN has no such gate.
 */

/**
 * How much of what the states clamped after timestep s is still in them after each t, with the gates as they were:
 * 0 before s, 1 at s, then the product of the forget gates from s + 1 to t.
 * @param {ArrayLike<number>} forget (T, H) one layer's forget gates @param {number} hidden @param {number} s
 * @returns {Float64Array} (T, H)
 */
export function survival(forget, hidden, s) {
  const left = new Float64Array(forget.length);
  left.fill(1, s * hidden, (s + 1) * hidden);
  for (let k = (s + 1) * hidden; k < left.length; k++) left[k] = left[k - hidden] * forget[k];
  return left;
}

/**
 * Timesteps after which half is left, at each unit's mean rate over the window: ln(1/2) / mean(ln f).
 * @param {ArrayLike<number>} forget (T, H) @param {number} hidden
 * @returns {Float64Array} (H,); infinite for a unit that forgets nothing
 */
export function halfLives(forget, hidden) {
  const timesteps = forget.length / hidden;
  const logs = new Float64Array(hidden);
  for (let k = 0; k < forget.length; k++) logs[k % hidden] += Math.log(forget[k]) / timesteps;
  return logs.map((log) => (log === 0 ? Infinity : Math.log(0.5) / log));
}
