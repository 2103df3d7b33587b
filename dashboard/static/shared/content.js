/**
 * What a component that shows one thing holds of it: a message names the content, and brings it where the app takes it
 * for lacking. It outlives a mount within one page load, by the component's key, with what the person made of it.
 *
 * @import {ContentHeader} from "./message.js"
 *
 * @typedef {{content?: any}} Memory any: each component holds the body of its own message
 */

/** @type {Map<string, Memory>} */ const memories = new Map();

/**
 * @template Body
 * @param {Pick<ContentHeader<Body>, "key" | "content">} header
 * @returns {{memory: {content?: Body & {id: string}}, lacks: string[]}} names of what is lacking: the content of before stays until the new one comes
 */
export function takeContent({ key, content: { revision, body } }) {
  if (!memories.has(key)) memories.set(key, {});
  const memory = /** @type {Memory} */ (memories.get(key));
  if (body) memory.content = { id: revision, ...body };
  return { memory, lacks: memory.content?.id === revision ? [] : [`content:${revision}`] };
}
