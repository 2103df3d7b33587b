/** What the tool "layers" says, with the run's own numbers in it. No DOM. */

import { counted, fill, steps } from "../shared/format.js";
import { shapeText } from "./layers.js";

/**
 * @typedef {import("./layers.js").Sizes & {names: string[], batchSize: number, windows: number}} Named
 *   names of the input features; batchSize as it was asked for, windows of an epoch
 */

/** A shape in a sentence does not break. @param {number[]} shape */
const together = (shape) => shapeText(shape).replaceAll(" ", "\u00a0");

/**
 * Sentences by name; empty where there is nothing to say.
 * @param {Named} sizes @param {ReturnType<typeof import("./layers.js").layersOf>} shapes
 * @param {{numbers: string, words: Record<string, string>}} said numbers: x at the playhead
 */
export function sentencesOf(sizes, shapes, { numbers, words }) {
  const { B, T, D, t, L, batchFirst, dropout, outputDropout } = sizes;
  const counts = {
    windows: counted(words, "layers_windows", B),
    features: counted(words, "layers_features", D),
    how_many: steps(T, words),
  };
  const order = batchFirst ? [counts.windows, counts.how_many] : [counts.how_many, counts.windows];
  const { x, head, states } = shapes;
  const values = {
    ...sizes,
    ...counts,
    epoch: counted(words, "layers_windows", sizes.windows),
    axes: [...order, counts.features].join(", "),
    ...{ shape: together(x.shape), index: x.index, other: x.otherIndex, otherShape: together(x.otherShape) },
    otherOrder: batchFirst ? "False" : "True",
    ...{ numbers, names: sizes.names.join(", "), number: t + 1 },
    ...{ head: together(head.out), squeezed: together(head.squeezed), slice: head.slice },
    ...{ scored: together(head.scored), last: T - sizes.firstScored, states: together(states) },
    share: dropout,
  };
  /** @param {string} name */
  const say = (name) => fill(words[`layers_${name}`], values);
  return {
    sizes: `${say("sizes")} ${say(sizes.batchSize > sizes.windows ? "epoch_small" : "epoch")}`,
    order: say(batchFirst ? "shape_true" : "shape_false"),
    index: say("index"),
    states: say(shapes.cell.hasCellState ? "states_both" : "states"),
    loss: say(values.last === 1 ? "loss_last" : "loss"),
    dropout: [
      shapes.stack.some(({ dropped }) => dropped) ? say("dropout") : "",
      dropout && L === 1 ? say("dropout_alone") : "",
      dropout && L > 1 && !outputDropout ? say("dropout_between") : "",
    ]
      .filter(Boolean)
      .join(" "),
  };
}
