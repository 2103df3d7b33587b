/** Text alternatives of the pictures of one timestep: what a person hears who does not see them. */

/**
 * @import {Lane} from "../lanes/lanes.js"
 */

import { age, fill, plain, signed } from "../shared/format.js";

/**
 * @param {import("./moment.js").Moment} moment @param {import("../lanes/lanes.js").Lane[]} lanes @param {number | null} shown the network's age @param {Record<string, string>} words
 * @returns {{lanes: string, diagram: string}}
 */
export function alternativesOf(moment, lanes, shown, words) {
  /** @param {Lane} lane */
  const number = (lane) =>
    `${lane.symbol} ${lane.signed ? signed(moment.now[lane.name]) : plain(moment.now[lane.name])}`;
  const values = {
    layer: moment.layer + 1,
    age: age(shown, words),
    // words: {activation}
    lanes: lanes.map((lane) => words[lane.name]).join(", "),
    H: moment.hidden,
    T: moment.T,
    t: moment.t + 1,
    unit: moment.unit + 1,
    cell: moment.cell,
    numbers: lanes.map(number).join(", "),
  };
  return { lanes: fill(words.alt_lanes, values), diagram: fill(words.alt_diagram, values) };
}
