/** The tools "order and find" and "guess". */

import { el, setAttribute, setText } from "./dom.js";
import { date, fill, plain, signed } from "./format.js";
import { rose } from "./guess.js";
import { symbolOf, valuesOf } from "./lanes.js";
import { ORDERS } from "./order.js";
import { activeAround } from "./pattern.js";

const LISTED = 12;

export function createFindView(hands, words) {
  const order = el(
    "select",
    { "data-testid": "stage-order" },
    ...ORDERS.map((name) => el("option", { value: name }, words[`order_${name}`])),
  );
  order.addEventListener("change", () => hands.dispatch({ type: "order", value: order.value }));
  const threshold = el("input", { type: "range", min: 0.05, max: 0.95, step: 0.05, "data-testid": "stage-threshold" });
  threshold.addEventListener("input", () => hands.dispatch({ type: "threshold", value: Number(threshold.value) }));
  const shown = el("output", { class: "gs-mono" });
  const sentence = el("p", { class: "gs-answer", "data-testid": "stage-active" });
  const find = el("button", { type: "button", class: "gs-chip gs-primary", "data-testid": "stage-find" }, words.find);
  const found = el("p", { class: "gs-answer", "data-testid": "stage-found" });
  const list = el("div", { class: "gs-chips", "data-testid": "stage-matches" });
  const field = (name, ...nodes) => el("label", { class: "gs-field" }, el("span", {}, words[name]), ...nodes);
  const was = el("p", { class: "gs-hint" }, words.found_as_it_was);
  const view = { was, order, threshold, shown, sentence, find, found, list, hands, words, pattern: null, listed: "" };
  find.addEventListener("click", () => hands.find(view.pattern));
  const rows = [
    el("div", { class: "gs-row" }, field("order", order)),
    el("div", { class: "gs-row" }, field("threshold", threshold, shown)),
  ];
  return Object.assign(view, {
    node: el("div", {}, el("p", { class: "gs-hint" }, words.find_hint), ...rows, sentence, find, was, found, list),
  });
}

/** @param {any} view @param {any} stage @param {import("./moment.js").Moment} moment */
export function updateFind(view, { scene, frame, original, held, asked }, moment) {
  const { words } = view;
  const { lab } = held.view;
  view.order.value = lab.order;
  view.threshold.value = String(lab.threshold);
  setText(view.shown, plain(lab.threshold, 2));
  const states = valuesOf(scene.film, frame, "hidden_state", moment.layer);
  const active = activeAround(states, moment.hidden, moment, lab.threshold);
  const day = (t) => date(scene.chart.dates[scene.film.meta.window_start + t]);
  const value = signed(states[moment.t * moment.hidden + moment.unit]);
  const values = { unit: moment.unit + 1, threshold: plain(lab.threshold, 2), value, step: scene.chart.step };
  const range = active && { from: day(active.from), to: day(active.to), count: active.to - active.from + 1 };
  const units = active && { units: active.units.map((each) => each + 1).join(", "), others: active.units.length };
  setText(view.sentence, fill(words[active ? "active" : "not_active"], { ...values, ...range, ...units }));
  view.was.hidden = frame === original;
  view.find.disabled = !active || !scene.network;
  view.pattern = active && {
    name: "hidden_state",
    layer: moment.layer,
    units: active.units,
    signs: active.signs,
    threshold: lab.threshold,
    at_least: Math.min(3, active.to - active.from + 1),
  };
  showMatches(view, scene, asked);
}

function showMatches(view, { matches, chart }, asked) {
  const { words } = view;
  if (!matches) return showNone(view, asked ? words.finding : "");
  const values = { count: matches.first.length, days: matches.days, active: matches.active, step: chart.step };
  setText(view.found, fill(words[matches.first.length ? "found" : "found_none"], values));
  if (view.listed === matches.asked) return;
  view.listed = matches.asked;
  const spans = Array.from(matches.first, (first, index) => [first, matches.last[index]]).sort(
    (a, b) => b[1] - b[0] - (a[1] - a[0]),
  );
  view.list.replaceChildren(...spans.slice(0, LISTED).map(([first, last]) => matchChip(view, chart, first, last)));
}

function showNone(view, text) {
  setText(view.found, text);
  view.listed = "";
  view.list.replaceChildren();
}

function matchChip(view, chart, first, last) {
  const text = `${date(chart.dates[first])} · ${last - first + 1}`;
  const title = fill(view.words.match, { from: date(chart.dates[first]), to: date(chart.dates[last]) });
  const button = el("button", { type: "button", class: "gs-chip gs-mono", title }, text);
  button.addEventListener("click", () => view.hands.pick(chart.dates[last]));
  return button;
}

export function createGuessView(hands, words) {
  const ask = el(
    "button",
    { type: "button", class: "gs-chip gs-primary", "data-testid": "stage-ask" },
    words.guess_ask,
  );
  const question = el("p", { class: "gs-answer", "data-testid": "stage-question" });
  const rises = el(
    "button",
    { type: "button", class: "gs-chip gs-primary", "data-testid": "stage-rises" },
    words.rises,
  );
  const falls = el(
    "button",
    { type: "button", class: "gs-chip gs-primary", "data-testid": "stage-falls" },
    words.falls,
  );
  const truth = el("p", { class: "gs-answer gs-strong", role: "status", "data-testid": "stage-truth" });
  const count = el("p", { class: "gs-hint", "data-testid": "stage-right" });
  ask.addEventListener("click", () => hands.ask());
  rises.addEventListener("click", () => hands.answer(true));
  falls.addEventListener("click", () => hands.answer(false));
  const buttons = el("div", { class: "gs-row" }, rises, falls);
  const hint = el("p", { class: "gs-hint" }, words.guess_hint);
  return {
    node: el("div", {}, hint, question, buttons, truth, ask, count),
    ask,
    question,
    buttons,
    truth,
    count,
    words,
  };
}

/** @param {any} view @param {any} stage */
export function updateGuess(view, { scene, held, frame }) {
  const { guess } = held.view.lab;
  const { words } = view;
  const { question, said } = guess;
  view.ask.hidden = Boolean(question) && said === null;
  view.buttons.hidden = !question || said !== null;
  setText(view.ask, words[question ? "guess_next" : "guess_ask"]);
  setText(view.question, question ? questionText(question, scene, frame, words) : "");
  setText(view.truth, question && said !== null ? truthText(question, said, scene, words) : "");
  setText(view.count, guess.answered ? fill(words.guess_count, guess) : "");
  setAttribute(view.node, "data-open", String(view.buttons.hidden === false));
}

function questionText({ t, name, unit, before }, { film, chart }, frame, words) {
  const symbol = symbolOf(name, film.meta.cell, words);
  const input = `${film.meta.input_names[0]} ${signed(frame.inputs[t * frame.inputs.shape[1]])}`;
  return fill(words.guess_question, {
    date: date(chart.dates[film.meta.window_start + t]),
    input,
    what: words[name],
    symbol,
    unit: unit + 1,
    before: plain(before),
  });
}

function truthText(question, said, { film }, words) {
  const values = {
    symbol: symbolOf(question.name, film.meta.cell, words),
    before: plain(question.before),
    after: plain(question.after),
  };
  const verdict = said === rose(question) ? words.guess_right : words.guess_wrong;
  return `${verdict} ${fill(words[rose(question) ? "it_rose" : "it_fell"], values)}`;
}
