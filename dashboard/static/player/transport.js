/**
 * The transport: real buttons, a real slider, real selects. What it moves through (timesteps, epochs) is a track, which
 * says the words; what else can be chosen beside it each page says.
 *
 * @import {Words} from "../shared/message.js"
 * @import {Action} from "../stage/view.js"
 *
 * @typedef {keyof typeof ICONS} Icon
 * @typedef {{t: number, T: number, playing: boolean, date?: string}} Now position, from 0, of so many
 * @typedef {Object} Track
 * @property {string} id what the test ids begin with
 * @property {Partial<Record<"start" | "back" | "on", string>>} hands beside the play button: those that it has, by name
 * @property {string} scrubber its name
 * @property {(now: Now) => string} position in words, for who cannot see it
 * @property {(now: Now, short: boolean) => string} counter beside the slider
 *
 * @typedef {Object} Beside what else can be chosen
 * @property {string[]} [choices] lists, by name
 * @property {("large" | "keys")[]} [buttons] with a word on them
 * @property {boolean} [menu] these buttons stand behind three dots
 *
 * @typedef {{large?: boolean} & Record<string, number | boolean | null>} Chosen by name
 * @typedef {ReturnType<typeof createTransport>} TransportView
 */

import { choice, fillChoice, showChoice } from "../shared/choices.js";
import { SPEEDS } from "./clock.js";
import { el, setAttribute, setText, svg } from "../shared/dom.js";
import { ageInList } from "../shared/format.js";
import { createMenu } from "./menu.js";

const ICONS = {
  start: "M6 5v14M18.5 5.5 9 12l9.5 6.5z",
  back: "M16.5 5.5 7 12l9.5 6.5z",
  play: "M8 5.2 18.5 12 8 18.8z",
  pause: "M8.5 5.5v13M15.5 5.5v13",
  on: "M7.5 5.5 17 12l-9.5 6.5z",
};

/** @type {Record<"start" | "back" | "on", Action>} */
const ASKS = { start: { type: "start" }, back: { type: "step", by: -1 }, on: { type: "step", by: 1 } };

/** @param {Icon} name */
function icon(name) {
  return svg("svg", { viewBox: "0 0 24 24", class: "gs-icon", "aria-hidden": "true" }, svg("path", { d: ICONS[name] }));
}

/**
 * @param {(action: Action) => void} dispatch @param {Words} words @param {Track} track @param {Beside} [beside]
 */
export function createTransport(dispatch, words, track, { choices: names = [], buttons = [], menu: hasMenu = false } = {}) {
  const { hands, play } = createHands(dispatch, words, track);
  const { scrubber, slider, counter } = createScrubber(dispatch, track);
  const choices = Object.fromEntries(
    // words: speed, layer, unit_choice, epoch, term_speed, term_layer, term_unit, term_epoch
    names.map((name) => [name, choice(name, words[name === "unit" ? "unit_choice" : name], dispatch, words[`term_${name}`])]),
  );
  if (choices.speed) fillChoice(choices.speed, SPEEDS, (speed) => `${speed}×`);
  const worded = Object.fromEntries(buttons.map((name) => [name, wordButton(name, words, dispatch)]));
  const menu = hasMenu ? createMenu(words, ...Object.values(worded)) : null;
  const options = el("div", { class: "gs-choices" }, ...Object.values(choices).map((each) => each.label));
  if (!menu) options.append(...Object.values(worded)); // where little can be chosen it stands in the bar
  const attributes = { class: "gs-transport", role: "toolbar", "aria-label": words.transport };
  const node = el("div", { ...attributes, "data-testid": `${track.id}-transport` }, hands, scrubber);
  if (options.childElementCount) node.append(options);
  if (menu) node.append(menu.node);
  const playing = /** @type {boolean | null} */ (null);
  return { node, play, scrubber, slider, counter, choices, options, worded, menu, words, track, playing, short: false };
}

/** @param {(action: Action) => void} dispatch @param {Words} words @param {Track} track */
function createHands(dispatch, words, { id, hands: labels }) {
  const play = pressable(id, "play", words.play, () => dispatch({ type: "toggle" }));
  play.classList.add("gs-play");
  /** @param {"start" | "back" | "on"} name */
  const hand = (name) => {
    const label = labels[name];
    return label ? [pressable(id, name, label, () => dispatch(ASKS[name]))] : [];
  };
  return { play, hands: el("div", { class: "gs-hands" }, ...hand("start"), ...hand("back"), play, ...hand("on")) };
}

/** @param {(action: Action) => void} dispatch @param {Track} track */
function createScrubber(dispatch, { id, scrubber: label }) {
  const attributes = { type: "range", min: 0, max: 1, step: 1, class: "gs-scrubber", "aria-label": label };
  const slider = el("input", { ...attributes, "data-testid": `${id}-scrubber` });
  slider.addEventListener("input", () => dispatch({ type: "seek", value: Number(slider.value) }));
  const counter = el("output", { class: "gs-counter", "data-testid": `${id}-counter` });
  return { slider, counter, scrubber: el("div", { class: "gs-track" }, slider, counter) };
}

/** A round button with an icon. @param {string} id @param {Icon} name @param {string} label @param {() => void} onPress */
function pressable(id, name, label, onPress) {
  const attributes = { type: "button", class: "gs-button", "aria-label": label, title: label };
  const node = el("button", { ...attributes, "data-testid": `${id}-${name}` }, icon(name));
  node.addEventListener("click", onPress);
  return node;
}

/** A button with a word on it. @param {string} name @param {Words} words @param {(action: Action) => void} dispatch */
function wordButton(name, words, dispatch) {
  const title = words[`${name}_help`]; // words: large_help, keys_help
  const attributes = { type: "button", class: `gs-button gs-worded gs-${name}`, title };
  const node = el("button", { ...attributes, "data-testid": `stage-${name}` }, words[name]); // words: large, keys
  node.addEventListener("click", () => dispatch({ type: name }));
  return node;
}

/**
 * On a phone the bar goes from edge to edge, and has hands and scrubber alone; what can be chosen stands in a place of
 * its own.
 * @param {TransportView} view @param {boolean} stacked @param {HTMLElement} [place]
 */
export function arrangeTransport(view, stacked, place) {
  const { node, options, menu, scrubber, worded } = view;
  view.short = stacked;
  setAttribute(node, "data-stacked", String(stacked));
  if (stacked) place?.append(options, ...(menu ? Object.values(worded) : []));
  else if (place) {
    scrubber.after(options);
    menu?.panel.append(...Object.values(worded));
  }
}

/** @param {number} number */
const count = (number) => Array.from({ length: number }, (_, index) => index);

/** What can be chosen of a network. @param {TransportView} view @param {import("../stage/view.js").Bounds} bounds */
export function boundChoices({ choices, words }, bounds) {
  fillChoice(choices.layer, count(bounds.layers), (layer) => layer + 1);
  fillChoice(choices.unit, count(bounds.hidden), (unit) => unit + 1);
  fillChoice(choices.epoch, bounds.epochs, (epoch) => ageInList(epoch, words));
  choices.layer.label.hidden = bounds.layers < 2;
  choices.unit.select.disabled = bounds.hidden < 2;
}

/** @param {TransportView} view @param {Now} now @param {Chosen} [chosen] */
export function updateTransport(view, now, chosen = {}) {
  const { slider, track, counter, choices, worded } = view;
  const last = Math.max(0, now.T - 1);
  if (view.playing !== now.playing) showPlaying(view, now.playing);
  setAttribute(slider, "max", last);
  slider.value = String(now.t);
  slider.style.setProperty("--gs-share", `${last ? (now.t / last) * 100 : 0}%`);
  setAttribute(slider, "aria-valuetext", track.position(now));
  setText(counter, track.counter(now, view.short));
  for (const [name, each] of Object.entries(choices)) showChoice(each, /** @type {number | null} */ (chosen[name]));
  if (worded.large) setAttribute(worded.large, "aria-pressed", String(chosen.large));
}

/** @param {TransportView} view @param {boolean} playing */
function showPlaying(view, playing) {
  view.playing = playing;
  const label = view.words[playing ? "pause" : "play"];
  view.play.replaceChildren(icon(playing ? "pause" : "play"));
  setAttribute(view.play, "aria-label", label);
  setAttribute(view.play, "title", label);
}
