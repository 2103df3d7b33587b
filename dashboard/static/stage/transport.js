/** The transport: real buttons, a real slider, real selects. */

import { choice, fillChoice, showChoice } from "./choices.js";
import { SPEEDS } from "./clock.js";
import { el, setAttribute, setText, svg } from "./dom.js";
import { ageInList, capital, fill } from "./format.js";

const ICONS = {
  start: "M6 5v14M18.5 5.5 9 12l9.5 6.5z",
  back: "M16.5 5.5 7 12l9.5 6.5z",
  play: "M8 5.2 18.5 12 8 18.8z",
  pause: "M8.5 5.5v13M15.5 5.5v13",
  on: "M7.5 5.5 17 12l-9.5 6.5z",
};

/** @param {keyof typeof ICONS} name */
export function icon(name) {
  return svg("svg", { viewBox: "0 0 24 24", class: "gs-icon", "aria-hidden": "true" }, svg("path", { d: ICONS[name] }));
}

/**
 * @param {(action: import("./view.js").Action, done?: boolean) => void} dispatch
 * @param {Record<string, string>} words
 * @param {{step: string}} chart
 * @param {string[]} [names] of what can be chosen
 */
export function createTransport(dispatch, words, chart, names = ["speed", "layer", "unit", "epoch"]) {
  const step = { step: chart.step, Step: capital(chart.step) };
  const button = (name, label, action) => pressable(name, fill(words[label], step), () => dispatch(action));
  const play = button("play", "play", { type: "toggle" });
  play.classList.add("gs-play");
  const slider = el("input", {
    type: "range",
    min: 0,
    max: 1,
    step: 1,
    class: "gs-scrubber",
    "aria-label": fill(words.scrubber, step),
    "data-testid": "stage-scrubber",
  });
  slider.addEventListener("input", () => dispatch({ type: "seek", value: Number(slider.value) }));
  const counter = el("output", { class: "gs-counter", "data-testid": "stage-counter" });
  const choices = Object.fromEntries(
    names.map((name) => [name, choice(name, words[name === "unit" ? "unit_choice" : name], dispatch)]),
  );
  fillChoice(choices.speed, SPEEDS, (speed) => `${speed}×`);
  const large = pressable(null, words.large, () => dispatch({ type: "large" }));
  large.append(el("span", {}, words.large));
  large.classList.add("gs-large");
  setAttribute(large, "title", words.large_help);
  const hands = el(
    "div",
    { class: "gs-hands" },
    button("start", "to_start", { type: "start" }),
    button("back", "step_back", { type: "step", by: -1 }),
    play,
    button("on", "step_on", { type: "step", by: 1 }),
  );
  const track = el("div", { class: "gs-track" }, slider, counter);
  const options = el("div", { class: "gs-choices" }, ...Object.values(choices).map((each) => each.label), large);
  const node = el(
    "div",
    { class: "gs-transport", role: "toolbar", "aria-label": words.transport, "data-testid": "stage-transport" },
    hands,
    track,
    options,
  );
  return { node, play, slider, counter, choices, large, words, step, playing: /** @type {boolean | null} */ (null) };
}

/** A round button, with an icon where it has a name. @param {keyof typeof ICONS | null} name @param {string} label @param {() => void} onPress */
export function pressable(name, label, onPress) {
  const node = el(
    "button",
    { type: "button", class: "gs-button", "aria-label": label, title: label },
    ...(name ? [icon(name)] : []),
  );
  if (name) node.dataset.testid = `stage-${name}`;
  else node.dataset.testid = "stage-large";
  node.addEventListener("click", onPress);
  return node;
}

const count = (number) => Array.from({ length: number }, (_, index) => index);

/**
 * What can be chosen.
 * @param {ReturnType<typeof createTransport>} view
 * @param {import("./view.js").Bounds} bounds
 * @param {number} length
 */
export function boundTransport(view, bounds, length) {
  setAttribute(view.slider, "max", Math.max(0, length - 1));
  fillChoice(view.choices.layer, count(bounds.layers), (layer) => layer + 1);
  fillChoice(view.choices.unit, count(bounds.hidden), (unit) => unit + 1);
  fillChoice(view.choices.epoch, bounds.epochs, (epoch) => ageInList(epoch, view.words));
  view.choices.layer.select.disabled = bounds.layers < 2;
  view.choices.unit.select.disabled = bounds.hidden < 2;
}

/**
 * @param {ReturnType<typeof createTransport>} view @param {import("./view.js").View} state
 * @param {{t: number, T: number, date: string, shown: number | null}} now
 */
export function updateTransport(view, state, { t, T, date, shown }) {
  if (view.playing !== state.clock.playing) showPlaying(view, state.clock.playing);
  view.slider.value = String(t);
  view.slider.style.setProperty("--gs-share", `${T > 1 ? (t / (T - 1)) * 100 : 0}%`);
  setAttribute(view.slider, "aria-valuetext", fill(view.words.scrubber_value, { ...view.step, t: t + 1, T, date }));
  setText(view.counter, `${t + 1} / ${T}`);
  const values = { speed: state.clock.speed, layer: state.layer, unit: state.unit, epoch: shown };
  for (const [name, each] of Object.entries(view.choices)) showChoice(each, values[name]);
  setAttribute(view.large, "aria-pressed", String(state.large));
}

function showPlaying(view, playing) {
  view.playing = playing;
  const label = view.words[playing ? "pause" : "play"];
  view.play.replaceChildren(icon(playing ? "pause" : "play"));
  setAttribute(view.play, "aria-label", label);
  setAttribute(view.play, "title", label);
}
