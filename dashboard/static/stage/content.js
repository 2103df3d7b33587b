/**
 * What a component that shows one thing holds of it: a message names the content, and brings it where the app takes it
 * for lacking. What outlives a mount within one page load is held by the component's key.
 *
 * @typedef {{content?: any}} Held
 */

/**
 * @param {Held} held @param {{content: {revision: string, body?: any}}} header
 * @returns {string[]} names of what is lacking: the content of before stays until the new one comes
 */
export function takeContent(held, { content: { revision, body } }) {
  if (body) held.content = { id: revision, ...body };
  return held.content?.id === revision ? [] : [`content:${revision}`];
}
