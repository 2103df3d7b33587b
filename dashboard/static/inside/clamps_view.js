/** Units switched off, activations clamped: which, where, and what it costs over the test part. */

/**
 * @import {Moment} from "../cells/moment.js"
 * @import {Clamp} from "../cells/network.js"
 * @import {FilmMeta, Words} from "../shared/message.js"
 * @import {Filmed, Hands, ToolContext} from "../stage/parts.js"
 *
 * @typedef {ReturnType<typeof createClamps>} ClampsView
 * @typedef {Filmed["content"]} FilmedContent
 */

import { cellOf } from "../cells/cells.js";
import { chip, el, setText } from "../shared/dom.js";
import { errors, fill, form, plain, steps } from "../shared/format.js";
import { clampsOf } from "./inside.js";
import { lanesOf, symbolOf } from "../lanes/lanes.js";
import { kindOf } from "../shared/symbol.js";

/** @param {Hands} hands @param {Words} words */
export function createClamps(hands, words) {
  const what = el("select", { "data-testid": "stage-clamp-what" });
  const value = el("input", {
    type: "text",
    inputmode: "decimal",
    value: "1",
    size: 5,
    "data-testid": "stage-clamp-value",
  });
  const where = el("select", { "data-testid": "stage-clamp-where" });
  /** @param {string} text @param {HTMLElement} node */
  const field = (text, node) => el("label", { class: "gs-field" }, el("span", {}, text), node);
  const press = chip(words.clamp_press, "stage-clamp", () => takeClamp(view));
  const presets = el("div", { class: "gs-chips", role: "group", "aria-label": words.clamps });
  const list = el("ul", { class: "gs-clamps", "data-testid": "stage-clamps" });
  const judged = el("p", { class: "gs-answer", "data-testid": "stage-clamped-test" });
  const whereField = field(words.clamp_where, where);
  const row = el("div", { class: "gs-row" }, field(words.clamp_what, what), field(words.clamp_at, value), whereField, press);
  const node = el("section", {}, el("h4", {}, words.clamps), presets, row, list, judged);
  const view = {
    node,
    what,
    value,
    where,
    whereField,
    presets,
    list,
    judged,
    hands,
    words,
    cell: "",
    bounds: /** @type {Record<string, [number, number]>} */ ({}),
    layers: 1,
    place: { layer: 0, unit: 0 },
    shown: "",
    listed: "",
  };
  return view;
}

/** @param {ClampsView} view */
function takeClamp(view, name = view.what.value, text = view.value.value) {
  const value = text.trim() === "" ? NaN : Number(text.replace("\u2212", "-"));
  const [low, high] = view.bounds[name];
  if (!(value >= low && value <= high)) {
    const problem = `${kindOf(name) === "share" ? "gate" : name}_range`;
    return view.hands.dispatch({ type: "refuse", value: { problem } });
  }
  const { layer, unit } = view.place;
  /** @type {Record<string, {layer: number | null, unit: number | null}>} */
  const places = { unit: { layer, unit }, layer: { layer, unit: null }, all: { layer: null, unit: null } };
  view.hands.dispatch({ type: "clamp", value: { name, value, ...places[view.where.value] } });
}

/** @param {ClampsView} view @param {ToolContext} context @param {import("../cells/moment.js").Moment} moment */
export function updateClamps(view, { content, state, original }, moment) {
  const { words } = view;
  view.place = { layer: moment.layer, unit: moment.unit };
  if (view.cell !== moment.cell) fillHolds(view, content.film.meta);
  view.layers = moment.layers;
  const scopes = scopesFor(moment).map((name) => [name, scopeText(name, moment, moment.layers, words)]);
  if (view.shown !== JSON.stringify(scopes)) {
    const chosen = view.where.value;
    view.where.replaceChildren(...scopes.map(([name, text]) => el("option", { value: name }, text)));
    view.where.value = scopes.some(([name]) => name === chosen) ? chosen : scopes[0][0];
    view.whereField.hidden = scopes.length === 1;
    view.shown = JSON.stringify(scopes);
  }
  const { history } = state.view.tools;
  const clamps = clampsOf(content.film, original, history);
  const key = JSON.stringify([clamps, history.now.clamps.length, moment.layers]);
  if (view.listed !== key) {
    view.listed = key;
    view.list.replaceChildren(...clamps.map((clamp) => clampNode(view, clamp, history.now.clamps.indexOf(clamp))));
  }
  setText(view.judged, judgedText(content, clamps, words));
  view.judged.hidden = !view.judged.textContent;
}

/**
 * Where something can be clamped: with one layer its units are all there are, with one unit it is itself all.
 * @param {Pick<Moment, "layers" | "hidden">} moment
 */
export function scopesFor({ layers, hidden }) {
  const some = layers > 1 || hidden > 1 ? ["all"] : [];
  return ["unit", ...(layers > 1 && hidden > 1 ? ["layer"] : []), ...some];
}

/**
 * A layer is named only where there are several.
 * @param {string} scope @param {{unit: number | null, layer: number | null}} place @param {number} layers
 * @param {Words} words
 */
function scopeText(scope, { unit, layer }, layers, words) {
  const several = scope === "unit" ? scope : "all";
  const name = scope === "layer" && layers > 1 ? "layer" : `${several}_${form(layers)}`;
  return fill(words[`clamp_${name}`], { unit: (unit ?? 0) + 1, layer: (layer ?? 0) + 1 });
}

/** @param {ClampsView} view @param {FilmMeta} meta */
function fillHolds(view, meta) {
  Object.assign(view, { cell: meta.cell, bounds: meta.bounds });
  const lanes = lanesOf(meta, view.words);
  view.what.replaceChildren(
    // words: {activation}
    ...lanes.map(({ name, symbol }) => el("option", { value: name }, `${symbol} ${view.words[name]}`)),
  );
  view.what.value = lanes[0].name;
  view.presets.replaceChildren(
    ...cellOf(meta.cell).clamps.map(([word, name, value]) =>
      chip(view.words[`clamp_${word}`], `stage-clamp-${word}`, () => takeClamp(view, name, String(value))),
    ),
  );
}

/** @param {ClampsView} view @param {Clamp} clamp @param {number} index */
function clampNode(view, clamp, index) {
  const { words } = view;
  const scope = clamp.unit !== null ? "unit" : clamp.layer !== null ? "layer" : "all";
  const where = scopeText(scope, clamp, view.layers, words);
  const text = `${symbolOf(clamp.name, view.cell, words)} = ${plain(clamp.value, 2)}, ${where}`;
  const free = el(
    "button",
    { type: "button", class: "gs-chip", "aria-label": fill(words.release, { what: text }) },
    "×",
  );
  free.addEventListener("click", () => view.hands.dispatch({ type: "release", value: index }));
  return el("li", {}, text, free);
}

/**
 * What the clamps cost or gain over the whole test part, counted by a worker.
 * @param {FilmedContent} content @param {Clamp[]} clamps @param {Words} words
 */
function judgedText({ clamped_test: judged, chart, network }, clamps, words) {
  if (!clamps.length || !network) return "";
  if (!judged || judged.asked !== JSON.stringify(clamps) || judged.epoch !== network.epoch) return words.clamped_awaited;
  const { rmse: clamped, rmse_free: free, rmse_naive: naive } = judged;
  const [rmse, rmse_free, rmse_naive] = errors([clamped ?? NaN, free ?? NaN, naive ?? NaN], chart.unit);
  const told = { ...judged, rmse, rmse_free, rmse_naive, how_many: steps(judged.days, words) };
  return fill(words.clamped_test, told);
}
