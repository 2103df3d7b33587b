/** The race of the losses: each network's validation loss as a multiple of naive's, so that 1 is naive. No DOM. */

/**
 * @import {ComparedColumn} from "../shared/message.js"
 *
 * @typedef {ReturnType<typeof raceShape>} RaceShape
 */

import { bounds, place, ticks } from "../losses/losses.js";

const LEAST = 1.1; // naive's neighbourhood is what matters: a tenth of its loss fills the picture
const WIDE = 6; // high / low from which evenly spaced ticks would crowd at the top
const STEPS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10];
const MOST_TICKS = 5;

/**
 * @typedef {{id: string, name: string, cell: string, run: string, points: [number, number][], mark: [number, number] | null}} Line
 * @param {ComparedColumn[]} columns @param {(number | null)[]} shown age by column @param {"epochs" | "seconds"} against
 * @returns {Line[]} points (x, loss divided by naive's); mark: where the shown age stands
 */
export function raceLines(columns, shown, against) {
  return columns.map((column, index) => {
    const along = against === "epochs" ? [...column.epochs] : running(column.seconds);
    const shares = Array.from(column.validation, (loss) => (column.naive && column.naive > 0 ? loss / column.naive : NaN));
    const points = shares.map((share, at) => /** @type {[number, number]} */ ([along[at], share]));
    const usable = points.filter(([, share]) => Number.isFinite(share) && share > 0);
    const age = shown[index];
    const reached = age === null ? -1 : column.epochs.findLastIndex((epoch) => epoch <= age);
    const mark = reached >= 0 && points[reached][1] > 0 ? points[reached] : null;
    const { id, name, cell, film } = column;
    return { id, name, cell, run: film ?? id, points: usable, mark };
  });
}

/**
 * Where everything lies.
 * @param {Line[]} lines @param {number} furthest x that must have room
 * @param {{left: number, right: number, top: number, bottom: number}} size
 */
export function raceShape(lines, furthest, { left, right, top, bottom }) {
  const scale = bounds([1, ...lines.flatMap((line) => line.points.map(([, share]) => share))], LEAST);
  const last = Math.max(furthest, 1e-9, ...lines.flatMap((line) => line.points.map(([x]) => x)));
  return {
    ...{ left, right, top, bottom, scale, last },
    /** @param {number} value */
    x: (value) => left + (value / last) * (right - left),
    /** @param {number} share */
    y: (share) => top + place(share, scale, bottom - top),
  };
}

/**
 * Multiples of naive's loss, at most five: evenly spaced around naive, by factors on a wide scale.
 * @param {{low: number, high: number}} range
 */
export function shareTicks({ low, high }) {
  if (high / low > WIDE) return ticks({ low, high }, MOST_TICKS);
  const step = STEPS.find((each) => Math.floor(high / each) - Math.ceil(low / each) < MOST_TICKS) ?? high - low;
  const first = Math.ceil(low / step);
  const count = Math.floor(high / step) - first + 1;
  return Array.from({ length: count }, (_, index) => Number(((first + index) * step).toFixed(2)));
}

/** Seconds from the beginning to the end of each epoch. @param {ArrayLike<number>} seconds */
function running(seconds) {
  let sum = 0;
  return Array.from(seconds, (each) => (sum += each));
}
