/** The hands of the lanes of several sequences: start, back, play, on, and a slider. */

/**
 * @import {Action} from "../stage/view.js"
 */

import { el, setAttribute, setText } from "../shared/dom.js";
import { fill } from "../shared/format.js";
import { icon, pressable } from "../player/transport.js";

/** @param {(action: import("./sequences.js").Action) => void} dispatch @param {Record<string, string>} words */
export function createHands(dispatch, words) {
  /** @param {Parameters<typeof icon>[0]} name @param {string} label @param {import("./sequences.js").Action} action */
  const button = (name, label, action) => {
    const node = pressable(name, label, () => dispatch(action));
    node.dataset.testid = `batch-${name}`;
    return node;
  };
  const play = button("play", words.play, { type: "toggle" });
  play.classList.add("gs-play");
  const slider = el("input", {
    ...{ type: "range", min: 0, max: 1, step: 1, class: "gs-scrubber" },
    "aria-label": words.batch_scrubber,
    "data-testid": "batch-scrubber",
  });
  slider.addEventListener("input", () => dispatch({ type: "seek", value: Number(slider.value) }));
  const counter = el("output", { class: "gs-counter", "data-testid": "batch-counter" });
  const hands = el(
    "div",
    { class: "gs-hands" },
    button("start", words.batch_to_start, { type: "start" }),
    button("back", words.batch_step_back, { type: "step", by: -1 }),
    play,
    button("on", words.batch_step_on, { type: "step", by: 1 }),
  );
  const track = el("div", { class: "gs-track" }, slider, counter);
  const attributes = { class: "gs-transport", role: "toolbar", "aria-label": words.transport };
  const node = el("div", attributes, hands, track);
  return { node, play, slider, counter, words, playing: /** @type {boolean | null} */ (null) };
}

/** @param {ReturnType<typeof createHands>} view @param {{t: number, T: number, playing: boolean}} now */
export function updateHands(view, { t, T, playing }) {
  setAttribute(view.slider, "max", Math.max(0, T - 1));
  view.slider.value = String(t);
  view.slider.style.setProperty("--gs-share", `${T > 1 ? (t / (T - 1)) * 100 : 0}%`);
  setAttribute(view.slider, "aria-valuetext", fill(view.words.batch_scrubber_value, { t: t + 1, T }));
  setText(view.counter, `${t + 1} / ${T}`);
  if (view.playing === playing) return;
  view.playing = playing;
  for (const name of ["aria-label", "title"]) setAttribute(view.play, name, view.words[playing ? "pause" : "play"]);
  view.play.replaceChildren(icon(playing ? "pause" : "play"));
}
