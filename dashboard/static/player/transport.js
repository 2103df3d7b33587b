/** The transport: real buttons, a real slider, real selects. */

/**
 * @import {Words} from "../shared/message.js"
 * @import {Action} from "../stage/view.js"
 */

import { choice, fillChoice, showChoice } from "../shared/choices.js";
import { SPEEDS } from "./clock.js";
import { el, setAttribute, setText, svg } from "../shared/dom.js";
import { ageInList, fill } from "../shared/format.js";

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
 * @param {(action: import("../stage/view.js").Action, done?: boolean) => void} dispatch
 * @param {Record<string, string>} words
 * @param {string[]} [names] of what can be chosen
 */
export function createTransport(dispatch, words, names = ["speed", "layer", "unit", "epoch"]) {
  /** @param {keyof typeof ICONS} name @param {string} label @param {Action} action */
  const button = (name, label, action) => pressable(name, label, () => dispatch(action));
  const play = button("play", words.play, { type: "toggle" });
  play.classList.add("gs-play");
  const slider = el("input", {
    type: "range",
    min: 0,
    max: 1,
    step: 1,
    class: "gs-scrubber",
    "aria-label": words.scrubber,
    "data-testid": "stage-scrubber",
  });
  slider.addEventListener("input", () => dispatch({ type: "seek", value: Number(slider.value) }));
  const counter = el("output", { class: "gs-counter", "data-testid": "stage-counter" });
  const choices = Object.fromEntries(
    // words: speed, layer, unit_choice, epoch, term_speed, term_layer, term_unit, term_epoch
    names.map((name) => [name, choice(name, words[name === "unit" ? "unit_choice" : name], dispatch, words[`term_${name}`])]),
  );
  fillChoice(choices.speed, SPEEDS, (speed) => `${speed}×`);
  const large = wordButton("large", words.large, words.large_help, () => dispatch({ type: "large" }));
  const keys = wordButton("keys", words.keys, words.keys_help, () => dispatch({ type: "keys" }));
  const hands = el(
    "div",
    { class: "gs-hands" },
    button("start", words.to_start, { type: "start" }),
    button("back", words.step_back, { type: "step", by: -1 }),
    play,
    button("on", words.step_on, { type: "step", by: 1 }),
  );
  const track = el("div", { class: "gs-track" }, slider, counter);
  const options = el("div", { class: "gs-choices" }, ...Object.values(choices).map((each) => each.label));
  const hasMenu = "unit" in choices; // where little can be chosen it stands in the bar
  const menu = createMenu(words, ...(hasMenu ? [large, keys] : []));
  if (!hasMenu) options.append(large);
  const node = el(
    "div",
    { class: "gs-transport", role: "toolbar", "aria-label": words.transport, "data-testid": "stage-transport" },
    ...[hands, track, options, ...(hasMenu ? [menu.node] : [])],
  );
  const playing = /** @type {boolean | null} */ (null);
  return { node, play, slider, counter, choices, options, track, menu, large, keys, words, playing, short: false };
}

/** A round button with an icon. @param {keyof typeof ICONS} name @param {string} label @param {() => void} onPress */
export function pressable(name, label, onPress) {
  const attributes = { type: "button", class: "gs-button", "aria-label": label, title: label };
  const node = el("button", { ...attributes, "data-testid": `stage-${name}` }, icon(name));
  node.addEventListener("click", onPress);
  return node;
}

/**
 * A button with a word on it.
 * @param {string} name @param {string} text @param {string} title @param {() => void} onPress
 */
function wordButton(name, text, title, onPress) {
  const attributes = { type: "button", class: `gs-button gs-worded gs-${name}`, title };
  const node = el("button", { ...attributes, "data-testid": `stage-${name}` }, text);
  node.addEventListener("click", onPress);
  return node;
}

/** What is seldom chosen, behind three dots. @param {Words} words @param {...HTMLElement} items */
function createMenu(words, ...items) {
  const panel = el("div", { class: "gs-menu-panel", id: "gs-menu-panel" }, ...items);
  panel.hidden = true;
  const attributes = { type: "button", class: "gs-button gs-menu-button", "aria-label": words.menu, title: words.menu };
  const button = el(
    "button",
    { ...attributes, "aria-expanded": "false", "aria-controls": panel.id, "data-testid": "stage-menu" },
    "⋯",
  );
  const node = el("div", { class: "gs-menu" }, button, panel);
  /** @param {boolean} open */
  const show = (open) => {
    panel.hidden = !open;
    setAttribute(button, "aria-expanded", String(open));
  };
  button.addEventListener("click", () => show(panel.hidden));
  node.addEventListener("focusout", (event) => node.contains(/** @type {Node | null} */ (event.relatedTarget)) || show(false));
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || panel.hidden) return;
    event.stopPropagation();
    show(false);
    button.focus();
  });
  panel.addEventListener("click", () => show(false));
  return { node, panel, button, items };
}

/**
 * On a phone the bar has hands and scrubber alone; what can be chosen stands in a place of its own.
 * @param {ReturnType<typeof createTransport>} view @param {boolean} stacked @param {HTMLElement} place
 */
export function arrangeTransport(view, stacked, place) {
  const { node, options, menu, track } = view;
  view.short = stacked;
  if (stacked) place.append(options, ...menu.items);
  else {
    track.after(options);
    menu.panel.append(...menu.items);
  }
  setAttribute(node, "data-stacked", String(stacked));
}

/** @param {number} number */
const count = (number) => Array.from({ length: number }, (_, index) => index);

/**
 * What can be chosen.
 * @param {ReturnType<typeof createTransport>} view
 * @param {import("../stage/view.js").Bounds} bounds
 * @param {number} length
 */
export function boundTransport(view, bounds, length) {
  setAttribute(view.slider, "max", Math.max(0, length - 1));
  fillChoice(view.choices.layer, count(bounds.layers), (layer) => layer + 1);
  fillChoice(view.choices.unit, count(bounds.hidden), (unit) => unit + 1);
  fillChoice(view.choices.epoch, bounds.epochs, (epoch) => ageInList(epoch, view.words));
  view.choices.layer.label.hidden = bounds.layers < 2;
  view.choices.unit.select.disabled = bounds.hidden < 2;
}

/**
 * @param {ReturnType<typeof createTransport>} view @param {import("../stage/view.js").View} state
 * @param {{t: number, T: number, date: string, shown: number | null}} now
 */
export function updateTransport(view, state, { t, T, date, shown }) {
  if (view.playing !== state.clock.playing) showPlaying(view, state.clock.playing);
  view.slider.value = String(t);
  view.slider.style.setProperty("--gs-share", `${T > 1 ? (t / (T - 1)) * 100 : 0}%`);
  setAttribute(view.slider, "aria-valuetext", fill(view.words.scrubber_value, { t: t + 1, T, date }));
  setText(view.counter, fill(view.words[view.short ? "counter_short" : "counter"], { t: t + 1, T }));
  /** @type {Record<string, number | null>} */
  const values = { speed: state.clock.speed, layer: state.layer, unit: state.unit, epoch: shown };
  for (const [name, each] of Object.entries(view.choices)) showChoice(each, values[name]);
  setAttribute(view.large, "aria-pressed", String(state.large));
}

/** @param {ReturnType<typeof createTransport>} view @param {boolean} playing */
function showPlaying(view, playing) {
  view.playing = playing;
  const label = view.words[playing ? "pause" : "play"];
  view.play.replaceChildren(icon(playing ? "pause" : "play"));
  setAttribute(view.play, "aria-label", label);
  setAttribute(view.play, "title", label);
}
