/**
 * Words that name the series' steps (day, month, minute) get that name once, where words and series come together:
 * ``{step}`` and ``{steps}``, or ``{Step}`` and ``{Steps}`` where a sentence begins with it.
 */

import { capital, fill } from "./format.js";

/** @type {WeakMap<Record<string, string>, {step: string, words: Record<string, string>}>} */
const named = new WeakMap();

/**
 * The same object for the same words and step. @param {Record<string, string>} words @param {string} step
 * @returns {Record<string, string>}
 */
export function wordsOfSteps(words, step) {
  const held = named.get(words);
  if (held?.step === step) return held.words;
  const [one, several] = ["one", "other"].map((form) => words[`step_${step.replaceAll(" ", "_")}_${form}`]);
  const names = { step: one, Step: capital(one), steps: several, Steps: capital(several) };
  const told = Object.fromEntries(Object.entries(words).map(([name, text]) => [name, fill(text, names)]));
  named.set(words, { step, words: told });
  return told;
}
