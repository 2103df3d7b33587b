/** The tool "guess": a question before a step, two answers, the truth. */

/**
 * @import {Question} from "./guess.js"
 * @import {Snapshot, Words} from "../shared/message.js"
 * @import {Filmed, Hands, ToolContext} from "../stage/parts.js"
 *
 * @typedef {ReturnType<typeof createGuessView>} GuessView
 * @typedef {Filmed["content"]} FilmedContent
 */

import { wordOf } from "../cells/cells.js";
import { el, setAttribute, setText } from "../shared/dom.js";
import { fill, longDate, plain, signed } from "../shared/format.js";
import { rose } from "./guess.js";
import { questionFor } from "./inside.js";
import { inputPhrase, toldInputs } from "../stage/input_words.js";
import { symbolOf } from "../lanes/lanes.js";
import { digitsApart } from "../shared/printed_digits.js";
import { unitName } from "./what_if_words.js";

/** @param {Hands} hands @param {Words} words */
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
  const hint = el("p", { class: "gs-hint" });
  const node = el("div", {}, hint, question, buttons, truth, ask, count);
  return { node, hint, ask, question, buttons, truth, count, words };
}

/** @param {GuessView} view @param {ToolContext} stage @param {import("../cells/moment.js").Moment} moment */
export function updateGuess(view, stage, moment) {
  const { content, state, snapshot } = stage;
  const { guess } = state.view.tools;
  const { words } = view;
  const { question, said } = guess;
  const isOpen = question !== null && said === null;
  const more = isOpen || Boolean(questionFor(stage, moment.t)); // where nothing moves there is nothing to ask
  view.ask.hidden = isOpen || !more;
  view.buttons.hidden = !isOpen;
  setText(view.hint, more ? wordOf(words, "guess_hint", moment.cell) : words.guess_none);
  setText(view.ask, words[question ? "guess_next" : "guess_ask"]);
  setText(view.question, question ? questionText(question, content, snapshot, words) : "");
  setText(view.truth, question && said !== null ? truthText(question, said, content, words) : "");
  setText(view.count, guess.answered ? fill(words.guess_count, guess) : "");
  for (const each of [view.question, view.truth, view.count]) each.hidden = !each.textContent;
  setAttribute(view.node, "data-open", String(isOpen));
}

/**
 * @param {import("./guess.js").Question} question @param {FilmedContent} content @param {Snapshot} snapshot
 * @param {Record<string, string>} words
 */
export function questionText(question, content, snapshot, words) {
  const { t, name } = question;
  const { film, chart } = content;
  const [, layers] = snapshot.activations.shape;
  return fill(words.guess_question, {
    date: longDate(chart.dates[film.meta.window_start + t]),
    input: inputPhrase(toldInputs(content, snapshot, t), words),
    // words: {activation}_name, {activation}
    what: words[`${name}_name`] ?? words[name],
    symbol: symbolOf(name, film.meta.cell, words),
    unit: unitName({ ...question, layers }, words),
    before: printed(question).before,
  });
}

/**
 * @param {import("./guess.js").Question} question @param {boolean} said @param {FilmedContent} content
 * @param {Record<string, string>} words
 */
export function truthText(question, said, { film }, words) {
  const values = { symbol: symbolOf(question.name, film.meta.cell, words), ...printed(question) };
  const verdict = said === rose(question) ? words.guess_right : words.guess_wrong;
  return `${verdict} ${fill(words[rose(question) ? "it_rose" : "it_fell"], values)}`;
}

/** Both numbers, with digits enough to tell them apart. @param {Question} question */
function printed({ name, before, after }) {
  const digits = digitsApart(before, after);
  const show = name.endsWith("_gate") ? plain : signed;
  return { before: show(before, digits), after: show(after, digits) };
}
