/** How far the training is: one sentence over a thin bar, in a place that is kept when there is nothing to say. */

import { el, setAttribute, setText } from "./dom.js";

/**
 * What is written and drawn. The bar is there while something goes on, also at its very beginning.
 * @param {{progress: string, share: number | null} | null} status
 */
export function progressOf(status) {
  const share = status?.share ?? null;
  return { text: status?.progress ?? "", percent: share === null ? null : Math.round(share * 1000) / 10 };
}

/** @param {Record<string, string>} words */
export function createStatusView(words) {
  const sentence = el("p", {});
  const bar = el("div", { class: "gs-status-share" });
  const track = el("div", {
    class: "gs-status-track",
    role: "progressbar",
    "aria-label": words.progress,
    "aria-valuemin": 0,
    "aria-valuemax": 100,
  });
  track.append(bar);
  return { node: el("div", { class: "gs-status", "data-testid": "stage-status" }, sentence, track), sentence, track, bar };
}

/** @param {ReturnType<typeof createStatusView>} view @param {import("./message.js").Status | null} status */
export function updateStatus(view, status) {
  const { text, percent } = progressOf(status);
  setText(view.sentence, text);
  view.track.hidden = percent === null;
  if (percent === null) return;
  setAttribute(view.track, "aria-valuenow", percent);
  view.bar.style.width = `${percent}%`;
}
