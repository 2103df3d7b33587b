/**
 * The one clock. A position runs from 0 to T - 1; its whole part is the timestep whose numbers are shown.
 * Pure: the caller owns time.
 *
 * @typedef {Object} Clock
 * @property {number} position
 * @property {number} length T
 * @property {boolean} playing
 * @property {number} speed one of SPEEDS
 * @property {number} rest milliseconds already rested on the last timestep
 * @property {number | null} until the timestep on which playing pauses once; null: it goes on
 * @property {number | null} substep the sub-step that a person stands on, 0 to 4; null: the timestep is done
 */

export const SPEEDS = [0.25, 0.5, 1, 2, 4, 8];
export const SLOW = 0.25; // at this speed each timestep shows its sub-steps, 200 ms each
export const PHASES = 5; // x,h -> gates -> c -> o -> h
const STEPS_PER_SECOND = 4; // at speed 1, for windows up to 60 timesteps
const LONGEST_PLAY = 15; // seconds at speed 1: longer windows play faster
const REST = 1600;

/** @param {number} length @param {boolean} playing @returns {Clock} */
export function createClock(length, playing) {
  return { position: 0, length, playing, speed: 1, rest: 0, until: null, substep: null };
}

/** @param {Clock} clock @param {number} milliseconds since the last call @returns {Clock} */
export function advance(clock, milliseconds) {
  const last = clock.length - 1;
  if (!clock.playing || last < 1) return clock;
  const end = clock.speed === SLOW ? clock.length : last; // slow motion plays the last timestep's sub-steps too
  if (clock.position >= end) return rested(clock, milliseconds);
  const position = clock.position + (milliseconds / 1000) * pace(clock);
  if (clock.until !== null && position >= clock.until) return pause(seek(clock, clock.until));
  return { ...clock, position: Math.min(position, end), rest: 0 };
}

/** Timesteps a second. Slow motion is the same for every window: five sub-steps of 200 ms. @param {Clock} clock */
function pace({ speed, length }) {
  return speed === SLOW ? 1 : speed * Math.max(STEPS_PER_SECOND, length / LONGEST_PLAY);
}

/**
 * On the last timestep the picture rests a moment, then starts again.
 * @param {Clock} clock @param {number} milliseconds
 */
function rested(clock, milliseconds) {
  const rest = clock.rest + milliseconds;
  return rest < REST ? { ...clock, rest } : { ...clock, position: 0, rest: 0 };
}

const OPENING = 6; // seconds that the opening play takes at the most

/**
 * Plays towards a timestep and pauses there; where nothing plays, it stands there.
 * @param {Clock} clock @param {number} target
 */
export function openingAt(clock, target) {
  if (!clock.playing) return seek(clock, target);
  return { ...seek(clock, Math.ceil(target - OPENING * pace(clock))), until: target };
}

/** @param {Clock} clock */
export function timestep(clock) {
  return Math.max(0, Math.min(clock.length - 1, Math.floor(clock.position)));
}

/** Which sub-step is on, 0 to 4; null where the whole timestep is shown. @param {Clock} clock */
export function phase(clock) {
  if (!clock.playing) return clock.substep;
  if (clock.speed !== SLOW) return null;
  return Math.max(0, Math.min(PHASES - 1, Math.floor((clock.position - timestep(clock)) * PHASES)));
}

/** @param {Clock} clock @param {number} target timestep @returns {Clock} */
export function seek(clock, target) {
  return { ...clock, position: Math.max(0, Math.min(clock.length - 1, Math.round(target))), rest: 0, until: null, substep: null };
}

/**
 * One sub-step on (+1) or back (-1): from a timestep that is done into it, and over its edges into the neighbours.
 * @param {Clock} clock @param {number} by @returns {Clock}
 */
export function stepInside(clock, by) {
  const paused = pause(clock);
  const here = clock.playing ? phase(clock) : clock.substep;
  const next = here === null ? (by > 0 ? 0 : PHASES - 1) : here + by;
  if (next >= 0 && next < PHASES) return { ...paused, substep: next };
  const neighbour = paused.position + by;
  if (neighbour < 0 || neighbour > clock.length - 1) return { ...paused, substep: by > 0 ? null : 0 };
  return { ...seek(paused, neighbour), substep: by > 0 ? 0 : PHASES - 1 };
}

/** @param {Clock} clock @returns {Clock} */
export function toggle(clock) {
  const position = clock.playing ? timestep(clock) : clock.position;
  const over = !clock.playing && timestep(clock) === clock.length - 1;
  return { ...clock, position: over ? 0 : position, playing: !clock.playing, rest: 0, until: null, substep: null };
}

/** @param {Clock} clock @returns {Clock} */
export function pause(clock) {
  return { ...clock, position: timestep(clock), playing: false, rest: 0, until: null, substep: null };
}

/** One notch faster (+1) or slower (-1). @param {Clock} clock @param {number} by @returns {Clock} */
export function faster(clock, by) {
  const index = SPEEDS.indexOf(clock.speed) + by;
  return { ...clock, speed: SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, index))] };
}

/**
 * A window of another length: the same share of the way.
 * @param {Clock} clock
 * @param {number} length
 * @returns {Clock}
 */
export function resized(clock, length) {
  if (length === clock.length) return clock;
  const share = clock.length > 1 ? clock.position / (clock.length - 1) : 0;
  return { ...clock, length, position: Math.round(share * (length - 1)), rest: 0, until: null, substep: null };
}

/**
 * What hands and keys do to a clock, by the action's type. Whoever takes hold of the position stops it.
 * any: each row is called with its own action.
 * @type {Record<string, (clock: Clock, action: any) => Clock>}
 */
export const MOVES = {
  toggle: (clock) => toggle(clock),
  pause: (clock) => pause(clock),
  seek: (clock, { value }) => seek(pause(clock), value),
  step: (clock, { by }) => seek(pause(clock), timestep(clock) + by),
  substep: (clock, { by }) => stepInside(clock, by),
  start: (clock) => seek(clock, 0),
  end: (clock) => seek(pause(clock), clock.length - 1),
  speed: (clock, { value }) => ({ ...clock, speed: value }),
  faster: (clock, { by }) => faster(clock, by),
};
