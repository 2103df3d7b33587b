/** Units switched off, activations held: what is held, where, and what it costs over the test part. */

import { chip, el, setText } from "./dom.js";
import { fill, plain } from "./format.js";
import { lanesOf, symbolOf } from "./lanes.js";

const RANGE = { gate: [0, 1], state: [-1, 1], cell_state: [-1000, 1000] };

export function createHolds(hands, words) {
  const what = el("select", { "data-testid": "stage-hold-what" });
  const value = el("input", {
    type: "text",
    inputmode: "decimal",
    value: "1",
    size: 5,
    "data-testid": "stage-hold-value",
  });
  const where = el("select", { "data-testid": "stage-hold-where" });
  const field = (name, node) => el("label", { class: "gs-field" }, el("span", {}, words[name]), node);
  const press = chip(words.hold_press, "stage-hold", () => takeHold(view));
  const presets = el("div", { class: "gs-chips", role: "group", "aria-label": words.holds });
  const list = el("ul", { class: "gs-holds", "data-testid": "stage-holds" });
  const judged = el("p", { class: "gs-answer", "data-testid": "stage-held-test" });
  const row = el(
    "div",
    { class: "gs-row" },
    field("hold_what", what),
    field("hold_at", value),
    field("hold_where", where),
    press,
  );
  const node = el("section", {}, el("h4", {}, words.holds), presets, row, list, judged);
  const view = {
    node,
    what,
    value,
    where,
    presets,
    list,
    judged,
    hands,
    words,
    cell: "",
    place: { layer: 0, unit: 0 },
    shown: "",
  };
  return view;
}

const PRESETS = {
  LSTM: [
    ["off", "hidden_state", 0],
    ["never_forget", "forget_gate", 1],
    ["never_write", "input_gate", 0],
    ["never_show", "output_gate", 0],
  ],
  GRU: [
    ["off", "hidden_state", 0],
    ["never_update", "update_gate", 1],
    ["always_update", "update_gate", 0],
  ],
  RNN: [["off", "hidden_state", 0]],
};

function takeHold(view, name = view.what.value, text = view.value.value) {
  const value = text.trim() === "" ? NaN : Number(text.replace("\u2212", "-"));
  const [low, high] = RANGE[name] ?? RANGE[name.endsWith("_gate") ? "gate" : "state"];
  if (!(value >= low && value <= high)) {
    const problem = name.endsWith("_gate") ? "gate_range" : name === "cell_state" ? "cell_range" : "state_range";
    return view.hands.dispatch({ type: "refuse", value: { problem } });
  }
  const { layer, unit } = view.place;
  const places = { unit: { layer, unit }, layer: { layer, unit: null }, all: { layer: null, unit: null } };
  view.hands.dispatch({ type: "hold", value: { name, value, ...places[view.where.value] } });
}

/** @param {any} view @param {any} stage @param {import("./moment.js").Moment} moment */
export function updateHolds(view, { scene, held }, moment) {
  const { words } = view;
  view.place = { layer: moment.layer, unit: moment.unit };
  if (view.cell !== moment.cell) fillHolds(view, scene.film.meta);
  const where = { unit: moment.unit + 1, layer: moment.layer + 1 };
  const scopes = ["unit", "layer", "all"].map((name) => [name, fill(words[`hold_${name}`], where)]);
  if (view.shown !== JSON.stringify(scopes)) {
    const chosen = view.where.value || "unit";
    view.where.replaceChildren(...scopes.map(([name, text]) => el("option", { value: name }, text)));
    view.where.value = chosen;
    view.shown = JSON.stringify(scopes);
  }
  const holds = held.view.lab.history.now.holds;
  const key = JSON.stringify(holds);
  if (view.listed !== key) {
    view.listed = key;
    view.list.replaceChildren(...holds.map((hold, index) => holdNode(view, hold, index)));
  }
  setText(view.judged, judgedText(scene, held, words));
}

function fillHolds(view, meta) {
  view.cell = meta.cell;
  const lanes = lanesOf(meta, view.words);
  view.what.replaceChildren(
    ...lanes.map(({ name, symbol }) => el("option", { value: name }, `${symbol} ${view.words[name]}`)),
  );
  view.presets.replaceChildren(
    ...PRESETS[meta.cell].map(([word, name, value]) =>
      chip(view.words[`hold_${word}`], `stage-hold-${word}`, () => takeHold(view, name, String(value))),
    ),
  );
}

function holdNode(view, hold, index) {
  const { words } = view;
  const where = fill(words[hold.unit !== null ? "hold_unit" : hold.layer !== null ? "hold_layer" : "hold_all"], {
    unit: (hold.unit ?? 0) + 1,
    layer: (hold.layer ?? 0) + 1,
  });
  const text = `${symbolOf(hold.name, view.cell, words)} = ${plain(hold.value, 2)}, ${where}`;
  const free = el(
    "button",
    { type: "button", class: "gs-chip", "aria-label": fill(words.release, { what: text }) },
    "×",
  );
  free.addEventListener("click", () => view.hands.dispatch({ type: "release", value: index }));
  return el("li", {}, text, free);
}

/** What the holds cost or gain over the whole test part, counted by a worker. */
function judgedText({ held_test: judged, chart, network }, held, words) {
  const { holds } = held.view.lab.history.now;
  if (!holds.length || !network) return "";
  if (!judged || judged.asked !== JSON.stringify(holds) || judged.epoch !== network.epoch) return words.held_awaited;
  const values = Object.fromEntries(
    ["rmse", "rmse_free", "rmse_naive"].map((name) => [name, precise(judged[name], chart.unit)]),
  );
  return fill(words.held_test, { days: judged.days, ...values });
}

const precise = (value, unit) => `${unit.before}${plain(value, 4)}${unit.after ? `\u00a0${unit.after}` : ""}`;
