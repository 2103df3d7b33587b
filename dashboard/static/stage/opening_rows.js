/**
 * The rows that open on the stage: whether it is any good, loss, ledger, more rows, equations; and what stands in them.
 */

/**
 * @import {State} from "./state.js"
 * @import {Hands, Shown} from "./parts.js"
 * @import {Losses, Words} from "../shared/message.js"
 */

import { el, setAttribute, setText, svg } from "../shared/dom.js";
import { counted } from "../shared/format.js";
import { createRow, showRow } from "../shared/rows_view.js";
import { sparkPaths } from "../losses/losses.js";

const SPARK = { width: 96, height: 22 };

/**
 * @param {{losses: {node: HTMLElement}, ledger: {node: HTMLElement}}} views @param {Record<string, string>} words
 * @param {Hands} hands
 */
export function createFolds({ losses, ledger }, words, hands) {
  const refs = {
    verdict: el("div", { class: "gs-verdict-words", "data-testid": "stage-verdict-words" }),
    equations: el("div", { class: "gs-equations", "data-testid": "stage-equations" }),
    more: el("p", { class: "gs-more-words", "data-testid": "stage-more-words" }),
    noLosses: el("p", { class: "gs-empty" }, words.no_losses),
    follow: el("button", { type: "button", class: "gs-follow", "data-testid": "stage-follow" }, words.live),
    spark: svg("svg", { class: "gs-spark", viewBox: `0 0 ${SPARK.width} ${SPARK.height}`, "aria-hidden": "true" }),
    chartPlace: el("div", { class: "gs-rest-chart" }),
    optionsPlace: el("div", { class: "gs-rest-options" }),
  };
  const lossPlace = el("div", { class: "gs-loss-place" }, losses.node, refs.follow);
  const rule = el("p", { class: "gs-formula" }, words.ledger_rule);
  const caption = el("p", { class: "gs-caption" }, words.caption);
  const bodies = {
    verdict: [refs.verdict, caption],
    losses: [refs.noLosses, lossPlace],
    ledger: [rule, ledger.node],
    more: [refs.more],
    equations: [refs.equations],
  };
  const rows = Object.fromEntries(
    Object.entries(bodies).map(([name, children]) => {
      /** @param {boolean} open */
      const onToggle = (open) => hands.dispatch({ type: "open", value: name, by: Number(open) });
      return [name, createRow(/** @type {import("../shared/rows_view.js").Name} */ (name), words[`row_${name}`], onToggle, ...children)];
    }),
  );
  rows.losses.between.append(refs.spark);
  rows.losses.aside.dataset.testid = "stage-epoch-label";
  const nodes = [...Object.values(rows).map((row) => row.node), refs.optionsPlace];
  return { rows, refs, nodes };
}

/** @param {number} count @param {Words} words */
const unitsOf = (count, words) => counted(words, "units", count);

/**
 * Which are open, and their words on the right.
 * @param {ReturnType<typeof createFolds>} folds @param {Pick<Shown, "content" | "bounds" | "inside"> & {state: State}} shown
 */
export function refreshFolds({ rows, refs }, { content, state, bounds, inside }) {
  const { words, verdict } = content;
  const open = new Set(state.view.open);
  showRow(rows.verdict, open.has("verdict"), verdict?.short ?? "");
  showRow(rows.losses, open.has("losses"));
  showRow(rows.ledger, open.has("ledger"), content.film ? unitsOf(bounds.hidden, words) : "");
  showRow(rows.more, open.has("more"));
  rows.more.node.hidden = inside; // there they always stand
  showRow(rows.equations, open.has("equations"));
  setText(refs.more, words.more_words);
  const sentences = verdict?.sentences?.length ? verdict.sentences : [words.no_verdict];
  const text = sentences.join("\n");
  if (refs.verdict.dataset.text === text) return;
  refs.verdict.dataset.text = text;
  refs.verdict.replaceChildren(...sentences.map((sentence) => el("p", {}, sentence)));
}

/**
 * Loss against epoch in a line's height: it moves while a network learns, open or not.
 * @param {ReturnType<typeof createFolds>} folds @param {Losses | null} losses
 */
export function drawSpark({ refs }, losses) {
  const paths = losses && sparkPaths(losses, SPARK);
  const lines = Object.entries(paths ?? {}).map(([name, d]) => svg("path", { class: `gs-${name}-line`, d }));
  refs.spark.replaceChildren(...lines);
  setAttribute(refs.spark, "data-drawn", String(Boolean(losses)));
}
