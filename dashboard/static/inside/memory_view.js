/** The tool "memory": how long what a state held lasts. */

/**
 * @import {Moment} from "../cells/moment.js"
 * @import {Memory} from "./inside.js"
 * @import {Words} from "../shared/message.js"
 * @import {Filmed, Hands, ToolContext} from "../stage/parts.js"
 *
 * @typedef {ReturnType<typeof createMemoryView>} MemoryView
 * @typedef {Filmed["content"]} FilmedContent
 */

import { memoryOf, wordOf } from "../cells/cells.js";
import { el, setAttribute, setText } from "../shared/dom.js";
import { fill, longDate, plain, steps } from "../shared/format.js";
import { symbolOf } from "../lanes/lanes.js";
import { unitName } from "./what_if_words.js";

const LISTED = 6;

/** @param {Hands} hands @param {Words} words */
export function createMemoryView(hands, words) {
  const hint = el("p", { class: "gs-hint", "data-testid": "stage-memory-hint" });
  const sentence = el("p", { class: "gs-answer", "data-testid": "stage-memory" });
  const pin = el("button", { type: "button", class: "gs-chip", "data-testid": "stage-written" });
  const other = el("button", { type: "button", class: "gs-chip", "data-testid": "stage-instead" }, words.tool_mattered);
  const title = el("h4", {});
  const list = el("div", { class: "gs-terms", role: "list" });
  const view = { hint, sentence, pin, other, title, list, hands, words, t: 0 };
  pin.addEventListener("click", () => hands.dispatch({ type: "written", value: view.t }));
  other.addEventListener("click", () => hands.dispatch({ type: "tool", value: "mattered" }));
  return { ...view, node: el("div", {}, hint, sentence, pin, other, title, list), view };
}

/** @param {MemoryView} tool @param {ToolContext} context @param {import("../cells/moment.js").Moment} moment */
export function updateMemory(tool, { content, memory }, moment) {
  const { words, view } = tool;
  view.t = moment.t;
  setText(tool.hint, wordOf(words, "memory_hint", moment.cell));
  for (const each of [tool.sentence, tool.pin, tool.title, tool.list]) each.hidden = !memory;
  tool.other.hidden = Boolean(memory);
  if (!memory) return;
  /** @param {number} t */
  const day = (t) => longDate(content.chart.dates[content.film.meta.window_start + t]);
  setText(tool.pin, fill(words.written_here, { date: day(moment.t) }));
  tool.pin.hidden = memory.written === moment.t;
  setText(tool.title, words.half_lives);
  setAttribute(tool.list, "aria-label", words.half_lives);
  setText(tool.sentence, memoryText(memory, moment, content, words));
  showLives(tool, memory, moment.unit);
}

/**
 * @param {Memory} memory @param {Moment} moment @param {FilmedContent} content @param {Record<string, string>} words
 */
export function memoryText({ written, lives, left }, moment, { chart, film }, words) {
  /** @param {number} t */
  const day = (t) => longDate(chart.dates[film.meta.window_start + t]);
  const life = Number.isFinite(lives[moment.unit]) ? "memory_life" : "memory_for_ever";
  const values = {
    unit: unitName(moment, words),
    ...{ from: day(written), to: day(moment.t) },
    left: plain(100 * left[moment.t * moment.hidden + moment.unit], 1),
    later: steps(moment.t - written, words),
    life: lifeText(lives[moment.unit], words),
    symbol: symbolOf(memoryOf(moment.cell), moment.cell, words),
  };
  const when = moment.t < written ? "memory_before" : moment.t === written ? "memory_now" : "memory_left";
  // words: memory_before, memory_now, memory_left, memory_life, memory_for_ever
  return [when, life].map((name) => fill(words[name], values)).join(" ");
}

/** @param {number} life @param {Words} words */
const lifeText = (life, words) => (Number.isFinite(life) ? plain(life, life < 10 ? 1 : 0) : words.for_ever);

/**
 * The longest memories, and the chosen unit's among them.
 * @param {MemoryView} tool @param {Memory} memory @param {number} unit
 */
function showLives(tool, { lives, order }, unit) {
  const shown = order.slice(0, LISTED);
  if (!shown.includes(unit)) shown[LISTED - 1] = unit;
  const finite = shown.map((each) => lives[each]).filter(Number.isFinite);
  const longest = Math.max(...finite, 1e-9);
  tool.list.replaceChildren(...shown.map((each) => lifeNode(tool, each, lives[each], longest, each === unit)));
}

/**
 * @param {MemoryView} tool @param {number} unit @param {number} life @param {number} longest @param {boolean} chosen
 */
function lifeNode(tool, unit, life, longest, chosen) {
  const width = Math.min(100, (100 * (Number.isFinite(life) ? life : longest)) / longest);
  const bar = el("span", { class: "gs-life-bar", style: `width:${width.toFixed(1)}%` });
  const pieces = [
    el("span", { class: "gs-ledger-name" }, fill(tool.words.unit, { unit: unit + 1 })),
    el("span", { class: "gs-life-track" }, bar),
    el("span", { class: "gs-ledger-number" }, lifeText(life, tool.words)),
  ];
  const button = el("button", { type: "button", class: `gs-ledger-row${chosen ? " gs-chosen" : ""}` }, ...pieces);
  button.addEventListener("click", () => tool.hands.dispatch({ type: "unit", value: unit }));
  return el("div", { role: "listitem" }, button);
}
