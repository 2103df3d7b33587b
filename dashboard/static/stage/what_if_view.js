/** The tool "what if": a day's value typed, activations held, and what both come to beside what was. */

import { el, setAttribute, setText } from "./dom.js";
import { isUntouched, typedValue, windowValues } from "./experiment.js";
import { amount, date, fill, plain, signed } from "./format.js";
import { lanesOf, symbolOf } from "./lanes.js";

const RANGE = { gate: [0, 1], state: [-1, 1], cell_state: [-1000, 1000] };

export function createWhatIfView(hands, words) {
  const answer = el("p", { class: "gs-answer", "data-testid": "stage-answer" });
  const gates = el("p", { class: "gs-formula", "data-testid": "stage-changed" });
  const value = el("input", { type: "text", inputmode: "decimal", "data-testid": "stage-day-value", autocomplete: "off" });
  const name = el("span", {});
  const label = el("label", { class: "gs-field" }, name, value);
  const problem = el("p", { class: "gs-problem", role: "alert", "data-testid": "stage-problem" });
  const undo = chip(words.undo, "stage-undo", () => hands.dispatch({ type: "undo" }));
  const reset = chip(words.reset, "stage-reset", () => hands.dispatch({ type: "reset" }));
  const hint = el("p", { class: "gs-hint" }, words.what_if_hint);
  const holds = createHolds(hands, words);
  const head = el("div", { class: "gs-row" }, label, undo, reset);
  const node = el("div", {}, hint, head, problem, answer, gates, holds.node);
  const view = { node, answer, gates, value, name, problem, undo, reset, holds, hands, words, day: -1, stage: null };
  value.addEventListener("change", () => takeTyped(view));
  value.addEventListener("keydown", (event) => nudge(view, event));
  return view;
}

const chip = (text, testid, onPress) => {
  const button = el("button", { type: "button", class: "gs-chip", "data-testid": testid }, text);
  button.addEventListener("click", onPress);
  return button;
};

function takeTyped(view) {
  const { scene } = view.stage;
  if (!scene.network) return;
  const film = scene.film.meta;
  const values = windowValues(scene.chart.price, film.window_start, film.target.length);
  const taken = typedValue(view.value.value, scene.network, values);
  if (!("problem" in taken)) return view.hands.dispatch({ type: "edit", value: { day: view.day, value: taken.value } });
  view.shown = -1; // what was typed gives way to the last good value
  view.hands.dispatch({ type: "refuse", value: taken });
}

/** Up and down change the value by a hundredth of itself. */
function nudge(view, event) {
  const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
  if (!by) return;
  event.preventDefault();
  const value = Number(view.value.value);
  view.value.value = String(Number((value + by * (Math.abs(value) / 100 || 0.01)).toPrecision(6)));
  takeTyped(view);
}

/** @param {any} view @param {any} stage @param {import("./moment.js").Moment} moment */
export function updateWhatIf(view, stage, moment) {
  const { scene, held, original, frame } = stage;
  const { words } = view;
  const { lab } = held.view;
  Object.assign(view, { stage, day: scene.film.meta.window_start + moment.t });
  setText(view.name, fill(words.day_value, { date: date(moment.date) }));
  showValue(view, lab.history.now.edits);
  setText(view.problem, lab.problem ? fill(words[`problem_${lab.problem}`], { limit: amount(lab.limit, scene.chart.unit) }) : "");
  view.problem.hidden = !lab.problem;
  view.undo.disabled = !lab.history.past.length;
  view.reset.disabled = isUntouched(lab.history);
  view.value.disabled = !scene.network;
  setText(view.answer, scene.network ? answerText(stage, words) : words.network_awaited);
  setText(view.gates, isUntouched(lab.history) ? "" : changedText(scene, moment, original, frame, words));
  updateHolds(view.holds, stage, moment);
}

/** What is being typed is left alone until it is done. */
function showValue(view, edits) {
  if (document.activeElement === view.value && view.shown === view.day && view.edit === edits[view.day]) return;
  const { price } = view.stage.scene.chart;
  view.value.value = String(Number((edits[view.day] ?? price[view.day]).toPrecision(8)));
  Object.assign(view, { shown: view.day, edit: edits[view.day] });
}

/** The forecast after the window's last day: before, now, and naive. */
function answerText({ scene, original, frame }, words) {
  const { film, chart } = scene;
  const last = frame.prediction_price.length - 1;
  const [was, is] = [original.prediction_price[last], frame.prediction_price[last]];
  const naive = (frame.naive_price ?? film.meta.naive_price)[last];
  const change = `${is >= was ? "+" : ""}${amount(is - was, chart.unit)}`.replace("\u2212", "\u2212\u2060"); // kept on one line
  const values = { step: chart.step, was: amount(was, chart.unit), is: amount(is, chart.unit), change, naive: amount(naive, chart.unit) };
  return fill(words[frame === original ? "answer_same" : "answer"], { ...values, date: date(chart.dates[film.meta.window_start + last]) });
}

/** The chosen unit at the playhead: every activation now, and what it was. */
function changedText({ film }, moment, original, frame, words) {
  const [, layers, timesteps, hidden] = original.activations.shape;
  const at = (from, index) => from.activations[((index * layers + moment.layer) * timesteps + moment.t) * hidden + moment.unit];
  const index = (name) => film.meta.activations.indexOf(name);
  const number = (name, value) => (name.endsWith("_gate") ? plain(value) : signed(value));
  return lanesOf(film.meta, words)
    .map(({ name, symbol }) => [symbol, number(name, at(original, index(name))), "→", number(name, at(frame, index(name)))].join("\u00a0"))
    .join("   ");
}

function createHolds(hands, words) {
  const what = el("select", { "data-testid": "stage-hold-what" });
  const value = el("input", { type: "text", inputmode: "decimal", value: "1", size: 5, "data-testid": "stage-hold-value" });
  const where = el("select", { "data-testid": "stage-hold-where" });
  const field = (name, node) => el("label", { class: "gs-field" }, el("span", {}, words[name]), node);
  const press = chip(words.hold_press, "stage-hold", () => takeHold(view));
  const presets = el("div", { class: "gs-chips", role: "group", "aria-label": words.holds });
  const list = el("ul", { class: "gs-holds", "data-testid": "stage-holds" });
  const judged = el("p", { class: "gs-answer", "data-testid": "stage-held-test" });
  const row = el("div", { class: "gs-row" }, field("hold_what", what), field("hold_at", value), field("hold_where", where), press);
  const node = el("section", {}, el("h4", {}, words.holds), presets, row, list, judged);
  const view = { node, what, value, where, presets, list, judged, hands, words, cell: "", place: { layer: 0, unit: 0 }, shown: "" };
  return view;
}

const PRESETS = {
  LSTM: [["off", "hidden_state", 0], ["never_forget", "forget_gate", 1], ["never_write", "input_gate", 0], ["never_show", "output_gate", 0]],
  GRU: [["off", "hidden_state", 0], ["never_update", "update_gate", 1], ["always_update", "update_gate", 0]],
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

function updateHolds(view, { scene, held }, moment) {
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
  view.what.replaceChildren(...lanes.map(({ name, symbol }) => el("option", { value: name }, `${symbol} ${view.words[name]}`)));
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
  const free = el("button", { type: "button", class: "gs-chip", "aria-label": fill(words.release, { what: text }) }, "×");
  free.addEventListener("click", () => view.hands.dispatch({ type: "release", value: index }));
  return el("li", {}, text, free);
}

/** What the holds cost or gain over the whole test part, counted by a worker. */
function judgedText({ held_test: judged, chart, network }, held, words) {
  const { holds } = held.view.lab.history.now;
  if (!holds.length || !network) return "";
  if (!judged || judged.asked !== JSON.stringify(holds) || judged.epoch !== network.epoch) return words.held_awaited;
  const values = Object.fromEntries(["rmse", "rmse_free", "rmse_naive"].map((name) => [name, precise(judged[name], chart.unit)]));
  return fill(words.held_test, { days: judged.days, ...values });
}

const precise = (value, unit) => `${unit.before}${plain(value, 4)}${unit.after ? `\u00a0${unit.after}` : ""}`;
