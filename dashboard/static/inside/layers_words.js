/** What the tool "layers" says, with the run's own numbers in it. No DOM. */

import { capital, fill, steps, whole } from "../shared/format.js";
import { shapeText } from "./layers.js";

/**
 * @typedef {import("./layers.js").Sizes & {names: string[], step: string, batchSize: number, windows: number}} Named
 *   names of the input features; step: what a timestep is called; batchSize as it was asked for, windows of an epoch
 */

/** A shape in a sentence does not break. @param {number[]} shape */
const together = (shape) => shapeText(shape).replaceAll(" ", "\u00a0");

/**
 * Sentences by name; empty where there is nothing to say.
 * @param {Named} sizes @param {ReturnType<typeof import("./layers.js").layersOf>} shapes
 * @param {{numbers: string, words: Record<string, string>}} said numbers: x at the playhead
 */
export function sentencesOf(sizes, shapes, { numbers, words }) {
  const { B, T, D, t, L, batchFirst, dropout, outputDropout, step } = sizes;
  const count = (value, name) =>
    fill(words[`layers_${name}_${value === 1 ? "one" : "many"}`], { count: whole(value) });
  const counts = { windows: count(B, "windows"), features: count(D, "features"), steps: steps(T, step) };
  const order = batchFirst ? [counts.windows, counts.steps] : [counts.steps, counts.windows];
  const { x, head, states } = shapes;
  const values = {
    ...sizes,
    ...counts,
    epoch: count(sizes.windows, "windows"),
    axes: [...order, counts.features].join(", "),
    ...{ shape: together(x.shape), index: x.index, other: x.otherIndex, otherShape: together(x.otherShape) },
    otherOrder: batchFirst ? "False" : "True",
    ...{ numbers, names: sizes.names.join(", "), Step: capital(step), number: t + 1 },
    ...{ head: together(head.out), squeezed: together(head.squeezed), slice: head.slice },
    ...{ scored: together(head.scored), last: T - sizes.firstScored, states: together(states) },
    share: dropout,
  };
  const say = (name) => fill(words[`layers_${name}`], values);
  return {
    sizes: `${say("sizes")} ${say(sizes.batchSize > sizes.windows ? "epoch_small" : "epoch")}`,
    order: say(batchFirst ? "shape_true" : "shape_false"),
    index: say("index"),
    states: say(shapes.cell.hasCellState ? "states_both" : "states"),
    loss: say(values.last === 1 ? "loss_last" : "loss"),
    dropout: [
      shapes.stack.some(({ dropped }) => dropped) ? say("dropout") : "",
      dropout && L === 1 ? say("dropout_one") : "",
      dropout && L > 1 && !outputDropout ? say("dropout_between") : "",
    ]
      .filter(Boolean)
      .join(" "),
  };
}
