/**
 * The shapes in a stacked network, as torch.nn has them: a batch runs through the stack, one timestep of it through a
 * layer, one window of it through a cell. No DOM, no pixels.
 *
 * @typedef {Object} Sizes
 * @property {import("../shared/message.js").CellRow} row of the cell
 * @property {number} B windows in a batch @property {number} T timesteps @property {number} L layers
 * @property {number} H hidden units @property {number} D input features
 * @property {number} layer shown, from 0 @property {number} t timestep at the playhead, from 0
 * @property {boolean} batchFirst
 * @property {number} dropout share of what a layer hands to the next one
 * @property {number} outputDropout share of what the last layer hands to the head
 * @property {number} firstScored the first timestep whose prediction the loss reads, from 0
 *
 * @typedef {{symbol: "x" | "h" | "ŷ", shape: number[], dropped: number}} StackWire dropped: a share
 * @typedef {{name: string, shape: number[], count: number}} Parameter
 */

/**
 * @typedef {ReturnType<typeof layersOf>} Shapes
 */

/** @param {Sizes} sizes */
export function layersOf(sizes) {
  const { H, layer } = sizes;
  const input = featuresInto(layer, sizes);
  return {
    stack: stackOf(sizes),
    layer: { input: [sizes.B, input], hidden: [sizes.B, H] },
    cell: { input: [input], hidden: [H], hasCellState: sizes.row.activations.includes("cell_state") },
    head: headOf(sizes),
    x: indexOf(sizes),
    states: [sizes.L, sizes.B, H],
    parameters: parametersOf(sizes, layer),
    counts: countsOf(sizes),
    timesteps: timestepsShown(sizes.T, sizes.t),
  };
}

/** @param {number} layer @param {Sizes} sizes */
const featuresInto = (layer, { D, H }) => (layer === 0 ? D : H);

/**
 * @returns {number[]} of a whole batch with so many features @param {Pick<Sizes, "B" | "T" | "batchFirst">} sizes
 * @param {number} features
 */
const batchOf = ({ B, T, batchFirst }, features) => (batchFirst ? [B, T, features] : [T, B, features]);

/**
 * From the input up: into layer 1, ..., into layer L, into the head, out of the head.
 * @param {Sizes} sizes @returns {StackWire[]}
 */
function stackOf(sizes) {
  const { L, H, D, dropout, outputDropout } = sizes;
  /** @param {StackWire["symbol"]} symbol @param {number} features @param {number} [dropped] */
  const wire = (symbol, features, dropped = 0) => ({ symbol, shape: batchOf(sizes, features), dropped });
  const between = Array.from({ length: L - 1 }, () => wire("h", H, dropout));
  return [wire("x", D), ...between, wire("h", H, outputDropout), wire("ŷ", 1)];
}

/** What becomes of the head's output: squeezed, then cut to the timesteps that the loss reads. @param {Sizes} sizes */
function headOf(sizes) {
  const { T, firstScored, batchFirst } = sizes;
  const scored = batchOf({ ...sizes, T: T - firstScored }, 1).slice(0, 2);
  const slice = batchFirst ? `ŷ[:, ${firstScored}:]` : `ŷ[${firstScored}:, :]`;
  return { out: batchOf(sizes, 1), squeezed: batchOf(sizes, 1).slice(0, 2), scored, slice };
}

/** Where x of the timestep stands; torch counts from 0. @param {Sizes} sizes */
function indexOf(sizes) {
  /** @param {boolean} batchFirst */
  const index = (batchFirst) => (batchFirst ? `x[b, ${sizes.t}, :]` : `x[${sizes.t}, b, :]`);
  const other = { ...sizes, batchFirst: !sizes.batchFirst };
  return {
    ...{ shape: batchOf(sizes, sizes.D), index: index(sizes.batchFirst) },
    ...{ otherShape: batchOf(other, sizes.D), otherIndex: index(other.batchFirst) },
  };
}

/** A layer's, under torch.nn's names. @param {Sizes} sizes @param {number} layer @returns {Parameter[]} */
export function parametersOf(sizes, layer) {
  const rows = sizes.row.blocks.length * sizes.H;
  return [
    parameter(`weight_ih_l${layer}`, [rows, featuresInto(layer, sizes)]),
    parameter(`weight_hh_l${layer}`, [rows, sizes.H]),
    parameter(`bias_ih_l${layer}`, [rows]),
    parameter(`bias_hh_l${layer}`, [rows]),
    ...sizes.row.peepholes.map((name) => parameter(`${name}_l${layer}`, [sizes.H])),
  ];
}

/** @param {Sizes} sizes @returns {Parameter[]} */
export const headParameters = ({ H }) => [parameter("head.weight", [1, H]), parameter("head.bias", [1])];

/** @param {string} name @param {number[]} shape */
const parameter = (name, shape) => ({ name, shape, count: shape.reduce((product, each) => product * each, 1) });

/** @param {Sizes} sizes */
function countsOf(sizes) {
  /** @param {Parameter[]} parameters */
  const total = (parameters) => parameters.reduce((sum, each) => sum + each.count, 0);
  const layers = Array.from({ length: sizes.L }, (_, layer) => total(parametersOf(sizes, layer)));
  const head = total(headParameters(sizes));
  return { layer: layers[sizes.layer], head, all: layers.reduce((sum, each) => sum + each, head) };
}

const SLOTS = 7; // first, gap, three around the playhead, gap, last

/**
 * The first timestep, those around t and the last; null where some are left out. Always as many, so that the picture
 * keeps its places while it plays.
 * @param {number} T @param {number} t @returns {(number | null)[]}
 */
export function timestepsShown(T, t) {
  /** @param {number} from @param {number} to */
  const range = (from, to) => Array.from({ length: to - from }, (_, k) => from + k);
  if (T <= SLOTS) return range(0, T);
  if (t < SLOTS - 3) return [...range(0, SLOTS - 2), null, T - 1];
  if (t > T - SLOTS + 2) return [0, null, ...range(T - SLOTS + 2, T)];
  return [0, null, t - 1, t, t + 1, null, T - 1];
}

/** As Python writes it: (8, 60, 2), (32,). @param {number[]} shape */
export const shapeText = (shape) => (shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`);
