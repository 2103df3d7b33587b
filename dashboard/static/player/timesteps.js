/** The track of a transport that moves through a window of the series. */

/**
 * @import {Track} from "./transport.js"
 * @import {Words} from "../shared/message.js"
 */

import { fill } from "../shared/format.js";

/** @param {Words} words which name the series' steps @returns {Track} */
export const timestepsOf = (words) => ({
  id: "stage",
  hands: { start: words.to_start, back: words.step_back, on: words.step_on },
  scrubber: words.scrubber,
  position: ({ t, T, date }) => fill(words.scrubber_value, { t: t + 1, T, date }),
  counter: ({ t, T }, short) => fill(words[short ? "counter_short" : "counter"], { t: t + 1, T }),
});
