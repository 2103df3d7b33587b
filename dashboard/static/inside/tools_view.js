/** The tools of "Inside the cell" as tabs of one panel: only the open one is drawn. */

import { el, setAttribute } from "../shared/dom.js";
import { createFindView, updateFind } from "./find_view.js";
import { createGuessView, updateGuess } from "./guess_view.js";
import { TOOLS } from "./tool_state.js";
import { createLayersView, updateLayers } from "./layers_view.js";
import { createMatteredView, updateMattered } from "./gradients_view.js";
import { createMemoryView, updateMemory } from "./memory_view.js";
import { createWhatIfView, updateWhatIf } from "./what_if_view.js";
import { createWhyView, updateWhy } from "./why_view.js";

const KINDS = {
  why: [createWhyView, updateWhy],
  what_if: [createWhatIfView, updateWhatIf],
  memory: [createMemoryView, updateMemory],
  mattered: [createMatteredView, updateMattered],
  find: [createFindView, updateFind],
  guess: [createGuessView, updateGuess],
  layers: [createLayersView, updateLayers],
};

/** @param {any} hands what the tools may ask for @param {Record<string, string>} words */
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

/** Left and right along the tabs, as tabs are used; the stage does not hear them. */
function moveAlong(event, tabs) {
  const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (!by) return;
  event.preventDefault();
  event.stopPropagation();
  const next = tabs[(tabs.indexOf(document.activeElement) + by + tabs.length) % tabs.length];
  next.focus();
  next.click();
}

/** @param {ReturnType<typeof createToolsView>} view @param {any} stage @param {import("../cells/moment.js").Moment} moment */
export function updateTools(view, stage, moment) {
  const open = stage.state.view.tools.tool;
  TOOLS.forEach((name, index) => {
    setAttribute(view.tabs[index], "aria-selected", String(name === open));
    setAttribute(view.tabs[index], "tabindex", name === open ? "0" : "-1");
    view.bodies[index].hidden = name !== open;
  });
  KINDS[open][1](view.tools[open], stage, moment);
}
