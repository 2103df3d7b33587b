/**
 * What a component that shows one thing holds of it: a message names the content, and brings it where the app takes it
 * for lacking. It outlives a mount within one page load, by the component's key, with what the person made of it.
 *
 * @typedef {Record<string, any> & {content?: any}} Held
 */

/** @type {Map<string, Held>} */ const memory = new Map();

/**
 * @param {{key: string, content: {revision: string, body?: any}}} header
 * @returns {{held: Held, lacks: string[]}} names of what is lacking: the content of before stays until the new one comes
 */
export function takeContent({ key, content: { revision, body } }) {
  if (!memory.has(key)) memory.set(key, {});
  const held = /** @type {Held} */ (memory.get(key));
  if (body) held.content = { id: revision, ...body };
  return { held, lacks: held.content?.id === revision ? [] : [`content:${revision}`] };
}
