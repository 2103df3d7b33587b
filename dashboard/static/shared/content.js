/**
 * What a component that shows one thing holds of it: a message names the content, and brings it where the app takes it
 * for lacking. It outlives a mount within one page load, by the component's key, with what the person made of it.
 *
 * @typedef {Record<string, any> & {content?: any}} Memory
 */

/** @type {Map<string, Memory>} */ const memories = new Map();

/**
 * @param {{key: string, content: {revision: string, body?: any}}} header
 * @returns {{memory: Memory, lacks: string[]}} names of what is lacking: the content of before stays until the new one comes
 */
export function takeContent({ key, content: { revision, body } }) {
  if (!memories.has(key)) memories.set(key, {});
  const memory = /** @type {Memory} */ (memories.get(key));
  if (body) memory.content = { id: revision, ...body };
  return { memory, lacks: memory.content?.id === revision ? [] : [`content:${revision}`] };
}
