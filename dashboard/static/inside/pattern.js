/** "Find windows like this": what is active around the playhead, after LSTMVis (Strobelt et al. 2018). */

export const MOST_UNITS = 64;

/**
 * @typedef {{name: string, layer: number, units: number[], signs: number[], threshold: number, at_least: number}} Pattern
 *
 * The stretch around t in which a unit stays beyond the threshold on its side of zero, and all units that stay beyond
 * it for the whole stretch. Null where the unit is not active at t.
 * @param {ArrayLike<number>} states (T, H) of one layer @param {number} hidden @param {{unit: number, t: number}} place
 * @param {number} threshold
 * @returns {{from: number, to: number, units: number[], signs: number[]} | null}
 */
export function activeAround(states, hidden, { unit, t }, threshold) {
  const sign = Math.sign(states[t * hidden + unit]) || 1;
  /** @param {number} which @param {number} side @param {number} at */
  const isActive = (which, side, at) => side * states[at * hidden + which] >= threshold;
  if (!isActive(unit, sign, t)) return null;
  const last = states.length / hidden - 1;
  let [from, to] = [t, t];
  while (from > 0 && isActive(unit, sign, from - 1)) from -= 1;
  while (to < last && isActive(unit, sign, to + 1)) to += 1;
  const all = Array.from({ length: hidden }, (_, which) => which).map((which) => ({
    which,
    side: Math.sign(states[t * hidden + which]) || 1,
  }));
  /** @param {{which: number, side: number}} unit */
  const throughout = ({ which, side }) => {
    for (let at = from; at <= to; at++) if (!isActive(which, side, at)) return false;
    return true;
  };
  const others = all.filter((each) => each.which !== unit && throughout(each)).slice(0, MOST_UNITS - 1);
  const found = [{ which: unit, side: sign }, ...others];
  return { from, to, units: found.map((each) => each.which), signs: found.map((each) => each.side) };
}
