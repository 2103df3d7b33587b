/** The tools of "Inside the cell" as tabs of one panel: only the open one is drawn. */

/**
 * @import {Moment} from "../cells/moment.js"
 * @import {Words} from "../shared/message.js"
 * @import {Hands, ToolContext} from "../stage/parts.js"
 */

import { el, setAttribute } from "../shared/dom.js";
import { createFindView, updateFind } from "./find_view.js";
import { createGuessView, updateGuess } from "./guess_view.js";
import { TOOLS } from "./tool_state.js";
import { createLayersView, updateLayers } from "./layers_view.js";
import { createMatteredView, updateMattered } from "./gradients_view.js";
import { createMemoryView, updateMemory } from "./memory_view.js";
import { createWhatIfView, updateWhatIf } from "./what_if_view.js";
import { createWhyView, updateWhy } from "./why_view.js";

/**
 * How each is made, and shown: any: what one makes only its own second function takes.
 * @type {Record<string, [(hands: Hands, words: Words) => any, (view: any, context: ToolContext, moment: Moment) => void]>}
 */
const KINDS = {
  why: [createWhyView, updateWhy],
  what_if: [createWhatIfView, updateWhatIf],
  memory: [createMemoryView, updateMemory],
  mattered: [createMatteredView, updateMattered],
  find: [createFindView, updateFind],
  guess: [createGuessView, updateGuess],
  layers: [createLayersView, updateLayers],
};

/** @param {Hands} hands @param {Record<string, string>} words */
export function createToolsView(hands, words) {
  const tools = Object.fromEntries(TOOLS.map((name) => [name, KINDS[name][0](hands, words)]));
  const tabs = TOOLS.map((name) => tabFor(name, hands, words));
  const bar = el("div", { class: "gs-tabs", role: "tablist", "aria-label": words.tools }, ...tabs);
  bar.addEventListener("keydown", (event) => moveAlong(event, tabs));
  const bodies = TOOLS.map((name) =>
    el(
      "div",
      {
        role: "tabpanel",
        id: `gs-tool-${name}`,
        "aria-labelledby": `gs-tab-${name}`,
        "data-testid": `stage-tool-${name}`,
      },
      tools[name].node,
    ),
  );
  return {
    node: el("section", { class: "gs-panel gs-tools", "data-testid": "stage-tools" }, bar, ...bodies),
    tools,
    tabs,
    bodies,
  };
}

/** @param {string} name @param {Hands} hands @param {Words} words */
function tabFor(name, hands, words) {
  const attributes = { type: "button", role: "tab", id: `gs-tab-${name}`, "aria-controls": `gs-tool-${name}` };
  const tab = el(
    "button",
    { ...attributes, class: "gs-tab", "data-testid": `stage-tab-${name}` },
    words[`tool_${name}`],
  );
  tab.addEventListener("click", () => hands.dispatch({ type: "tool", value: name }));
  return tab;
}

/**
 * Left and right along the tabs, as tabs are used; the stage does not hear them.
 * @param {KeyboardEvent} event @param {HTMLElement[]} tabs
 */
function moveAlong(event, tabs) {
  const by = { ArrowLeft: -1, ArrowRight: 1 }[/** @type {"ArrowLeft" | "ArrowRight"} */ (event.key)];
  if (!by) return;
  event.preventDefault();
  event.stopPropagation();
  const next = tabs[(tabs.indexOf(/** @type {HTMLElement} */ (document.activeElement)) + by + tabs.length) % tabs.length];
  next.focus();
  next.click();
}

/** @param {ReturnType<typeof createToolsView>} view @param {ToolContext} stage @param {Moment} moment */
export function updateTools(view, stage, moment) {
  const open = stage.state.view.tools.tool;
  TOOLS.forEach((name, index) => {
    setAttribute(view.tabs[index], "aria-selected", String(name === open));
    setAttribute(view.tabs[index], "tabindex", name === open ? "0" : "-1");
    view.bodies[index].hidden = name !== open;
  });
  KINDS[open][1](view.tools[open], stage, moment);
}
