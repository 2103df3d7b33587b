/**
 * Predict, then reveal: a question before a step, a click, the truth, and a count of right answers for the visit.
 *
 * @typedef {{t: number, name: string, unit: number, layer: number, before: number, after: number}} Question
 *   whether the activation rises from timestep t - 1 to t; `after` is not shown before the answer
 * @typedef {{question: Question | null, said: boolean | null, right: number, answered: number}} Guess
 */

/** @returns {Guess} */
export function startGuessing() {
  return { question: null, said: null, right: 0, answered: 0 };
}

/** @param {Guess} guess @param {Question | null} question @returns {Guess} */
export function asked(guess, question) {
  return { ...guess, question, said: null };
}

/** The first answer counts. @param {Guess} guess @param {boolean} rises @returns {Guess} */
export function answered(guess, rises) {
  const { question, said } = guess;
  if (!question || said !== null) return guess;
  const isRight = rises === rose(question);
  return { ...guess, said: rises, right: guess.right + (isRight ? 1 : 0), answered: guess.answered + 1 };
}

/** @param {Question} question */
export const rose = ({ before, after }) => after > before;

/**
 * The next thing to ask: at a jump of the input ahead of the playhead, of the activations in turn, those left out that
 * stand still (somebody may hold them). Null where nothing moves.
 * @param {ArrayLike<number>} inputs (T,) the first feature @param {number} from the playhead's timestep
 * @param {Record<string, (t: number) => number>} values by the name of what may be asked about
 * @param {number} round how many were asked before
 * @returns {{t: number, name: string, before: number, after: number} | null}
 */
export function nextQuestion(inputs, from, values, round) {
  const last = inputs.length - 1;
  if (last < 1) return null;
  const t = nextJump(inputs, from >= last ? 1 : from + 1);
  const moving = Object.keys(values).filter((name) => values[name](t) !== values[name](t - 1));
  if (!moving.length) return null;
  const name = moving[round % moving.length];
  return { t, name, before: values[name](t - 1), after: values[name](t) };
}

/**
 * The first timestep from `start` on whose input is among the upper third in size.
 * @param {ArrayLike<number>} inputs @param {number} start
 */
function nextJump(inputs, start) {
  const sizes = Array.from(inputs, Math.abs);
  const large = [...sizes].sort((a, b) => b - a)[Math.max(0, Math.floor(sizes.length / 3) - 1)];
  const found = sizes.findIndex((size, t) => t >= start && size >= large);
  return found < 0 ? start : found;
}
