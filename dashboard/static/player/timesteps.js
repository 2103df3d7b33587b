/** The track of a transport that moves through a window of the series. */

/**
 * @import {Track} from "./transport.js"
 * @import {Words} from "../shared/message.js"
 */

import { capital, fill } from "../shared/format.js";

/** @param {Words} words @param {{step: string}} chart @returns {Track} */
export function timestepsOf(words, chart) {
  const step = { step: chart.step, Step: capital(chart.step) };
  /** @param {string} name @param {object} [values] */
  const said = (name, values) => fill(words[name], { ...step, ...values });
  return {
    id: "stage",
    hands: { start: said("to_start"), back: said("step_back"), on: said("step_on") },
    scrubber: said("scrubber"),
    position: ({ t, T, date }) => said("scrubber_value", { t: t + 1, T, date }),
    counter: ({ t, T }, short) => said(short ? "counter_short" : "counter", { t: t + 1, T }),
  };
}
