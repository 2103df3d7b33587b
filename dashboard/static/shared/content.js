/**
 * What a component that shows one thing holds of it: a message names the content, and brings it where the app takes it
 * for lacking. What was held before stays until the new one comes.
 *
 * @import {ContentHeader} from "./message.js"
 */

/**
 * @template Body
 * @param {{content?: Body & {id: string}}} state that outlives the component's mount
 * @param {Pick<ContentHeader<Body>, "content">} header
 * @returns {string[]} names of what is lacking
 */
export function takeContent(state, { content: { revision, body } }) {
  if (body) state.content = { id: revision, ...body };
  return state.content?.id === revision ? [] : [`content:${revision}`];
}
