/** What is to be seen: what follows from the message and the person's choices, without the DOM. */

/**
 * @import {WholeContent} from "../shared/store.js"
 * @import {Composed, Filmed, Stage} from "./parts.js"
 */

import { rowIn } from "../cells/cells.js";
import { experimented, fitting, prepareInside } from "../inside/inside.js";
import { lanesOf } from "../lanes/lanes.js";
import { choosable, contentOf, shownSnapshot } from "../shared/store.js";
import { themeOf } from "../shared/theme.js";

/** @param {Pick<Stage, "root" | "state" | "results" | "pointer">} stage @returns {Composed} */
export function compose({ root, state, results, pointer }) {
  const all = /** @type {WholeContent} */ (contentOf(state.store)); // the controller waits until it is whole
  const { shown, followed, snapshot: original } = shownSnapshot(all.film, state.view.epoch, all.status.epoch);
  const content = fitting(all, shown);
  const [, layers, , hidden] = original ? original.activations.shape : [0, 1, 1, 1];
  const made = original ? experimented(results, content, state, original) : { snapshot: null, key: "" };
  const { snapshot } = made;
  const snapshotKey = JSON.stringify([content.film?.meta.id, shown, made.key]);
  const bounds = { layers, hidden, epochs: choosable(all.film), shown, followed };
  const prepared = prepareInside(results, { content, state, snapshot, bounds }, snapshotKey, pointer.dragging);
  return {
    ...{ content, theme: themeOf(root), original, snapshot, snapshotKey },
    bounds: { ...bounds, order: prepared.order },
    lanes: lanesOf({ cell_state_bound: 1, ...rowIn(content) }, content.words),
    ...prepared,
  };
}

/**
 * Whether there is a network to look at.
 * @template {{content: WholeContent, snapshot: Composed["snapshot"], original: Composed["original"]}} Whole
 * @param {Whole} shown @returns {shown is Filmed<Whole>}
 */
export const hasFilm = (shown) => Boolean(shown.content.film && shown.snapshot && shown.original);
