/** The twelve scalars as number inputs: what the unit has learnt, and what one would like it to have learnt. */

/**
 * @import {Theme} from "../shared/theme.js"
 * @import {Words} from "../shared/message.js"
 * @import {Action} from "../stage/view.js"
 *
 * @typedef {ReturnType<typeof createScalars>} ScalarsView
 */

import { el, setAttribute, setText } from "../shared/dom.js";
import { fill, plain } from "../shared/format.js";
import { symbolOf } from "../lanes/lanes.js";
import { css } from "../shared/palette.js";
import { editedIn, LARGEST, rowOf, scalarsOf } from "./one_unit.js";

const ROWS = ["forget_gate", "input_gate", "candidate", "output_gate"];
const COLUMNS = ["weight_on_x", "weight_on_h", "bias"];
const STEP = 0.1;
const FULL_COLOUR = 8; // a weight of this size has the strongest colour
/** @type {Record<string, number>} */
const STEPS = { ArrowUp: STEP, ArrowDown: -STEP, PageUp: 1, PageDown: -1 };

/** @param {(action: import("./one_unit.js").Action) => void} dispatch @param {Record<string, string>} words */
export function createScalars(dispatch, words) {
  const fields = ROWS.flatMap((name) =>
    COLUMNS.map((column, k) => field(name, column, rowOf(name) + k, dispatch, words)),
  );
  // words: weight_on_x, weight_on_h, bias
  const head = el("tr", {}, el("td"), ...COLUMNS.map((column) => el("th", { scope: "col" }, words[column])));
  const rows = ROWS.map((name, row) =>
    el(
      "tr",
      {},
      // words: {activation}
      el("th", { scope: "row" }, `${words[name]} `, el("b", {}, symbolOf(name, "LSTM", words))),
      ...fields.slice(row * 3, row * 3 + 3).map(({ input }) => el("td", {}, input)),
    ),
  );
  const table = el("table", { class: "gs-scalars" }, el("thead", {}, head), el("tbody", {}, ...rows));
  const undo = button(words.undo, () => dispatch({ type: "undo" }));
  const reset = button(words.back_to_trained, () => dispatch({ type: "reset" }));
  const origin = el("span", { class: "gs-origin", "data-testid": "smallest-origin" });
  const hint = el("p", { class: "gs-hint" }, words.hint);
  const refusal = el("p", { class: "gs-refusal", role: "alert", "data-testid": "smallest-refusal" });
  const foot = el("div", { class: "gs-scalars-foot" }, origin, undo, reset);
  const header = el("header", {}, el("h3", {}, words.scalars), el("span", { class: "gs-aside" }, words.scalars_rule));
  const node = el(
    "section",
    { class: "gs-panel gs-twelve" },
    header,
    table,
    el("div", { class: "gs-advice" }, hint, refusal),
    foot,
  );
  return { node, fields, undo, reset, origin, hint, refusal, words };
}

/** @param {string} label @param {() => void} onPress */
function button(label, onPress) {
  const node = el("button", { type: "button", class: "gs-chip" }, label);
  node.addEventListener("click", onPress);
  return node;
}

/**
 * @param {string} name @param {string} column @param {number} index
 * @param {(action: import("./one_unit.js").Action) => void} dispatch @param {Words} words
 */
function field(name, column, index, dispatch, words) {
  const input = el("input", {
    type: "number",
    step: "any",
    autocomplete: "off",
    // words: {activation}, weight_on_x, weight_on_h, bias
    "aria-label": `${words[name]} ${symbolOf(name, "LSTM", words)}: ${words[column]}`,
    "data-testid": `smallest-${name}-${column}`,
  });
  /** @param {string} text */
  const edit = (text) => dispatch({ type: "edit", index, text });
  input.addEventListener("input", () => edit(input.value));
  input.addEventListener("blur", () => dispatch({ type: "leave" }));
  input.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    input.value = String(Number(((Number(input.value) || 0) + step).toFixed(3)));
    edit(input.value);
  });
  // words: weight_on_x, weight_on_h, bias
  return { input, index, label: `${symbolOf(name, "LSTM", words)}, ${words[column]}` };
}

/** @param {ScalarsView} view @param {import("./one_unit.js").State} state @param {Theme} theme */
export function updateScalars(view, state, theme) {
  const scalars = scalarsOf(state);
  const edited = editedIn(state);
  for (const { input, index } of view.fields) {
    const typed = document.activeElement === input && (state.field === index || state.refused === index);
    if (!typed) write(input, scalars[index]);
    input.style.backgroundColor = css(theme.weights, scalars[index], -FULL_COLOUR, FULL_COLOUR);
    setAttribute(input, "aria-invalid", state.refused === index);
    input.parentElement?.classList.toggle("gs-edited", edited.includes(index));
  }
  const { words } = view;
  const epoch = Math.round(state.epoch);
  setText(view.origin, fill(edited.length ? words.edited : words.as_trained, { count: edited.length, epoch }));
  view.undo.disabled = !state.past.length;
  view.reset.disabled = !edited.length;
  setText(view.refusal, refusalOf(view, state, scalars));
  view.hint.hidden = state.refused !== null;
}

/** @param {HTMLInputElement} input @param {number} value */
function write(input, value) {
  const text = plain(value).replace("\u2212", "-"); // fields want the keyboard's minus
  if (input.value !== text) input.value = text;
}

/**
 * @param {ScalarsView} view @param {import("./one_unit.js").State} state
 * @param {import("./one_unit.js").Scalars} scalars
 */
function refusalOf({ fields, words }, { refused }, scalars) {
  if (refused === null) return "";
  const label = fields.find(({ index }) => index === refused)?.label ?? "";
  return fill(words.refused, { label, largest: LARGEST, value: plain(scalars[refused]) });
}
