/** What the series does from one step to the next: the largest move of a window, and where the first picture rests. */

/**
 * The move onto a step: a share of the value before where the series is money, else the difference.
 * @param {number} value @param {number} before @param {boolean} money
 */
export function move(value, before, money) {
  return money ? value / before - 1 : value - before;
}

/**
 * The step of the largest move, up or down; the first of equals. A window that does not move has none: its last step.
 * @param {ArrayLike<number>} values (T,) of the window @param {number} before the value of the step before it, or NaN
 * @param {boolean} money
 */
export function largestMove(values, before, money) {
  let [found, most] = [values.length - 1, 0];
  for (let t = 0; t < values.length; t++) {
    const size = Math.abs(move(values[t], t ? values[t - 1] : before, money));
    if (size > most) [found, most] = [t, size];
  }
  return found;
}

/**
 * The unit whose share of the forecast, weight times hidden state, changes most on a step; the first of equals.
 * @param {ArrayLike<number>} weight (H,) of the head @param {ArrayLike<number>} states (T, H) of the last layer
 * @param {number} t
 */
export function unitThatMoves(weight, states, t) {
  const hidden = weight.length;
  /** @param {number} step @param {number} unit */
  const at = (step, unit) => (step < 0 ? 0 : states[step * hidden + unit]);
  let [found, most] = [0, -1];
  for (let unit = 0; unit < hidden; unit++) {
    const size = Math.abs(weight[unit] * (at(t, unit) - at(t - 1, unit)));
    if (size > most) [found, most] = [unit, size];
  }
  return found;
}
