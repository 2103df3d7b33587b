/** The stage's regions, empty and in reading order. Everything that a view needs to find is named here. */

import { el, svg } from "../shared/dom.js";
import { term } from "../shared/words_view.js";

/** @param {Record<string, string>} words @param {Record<string, any>} nodes of the views; `rows` are those that open */
export function skeleton(words, nodes) {
  const refs = refsOf(words);
  refs.lanes.append(nodes.laneLabels, nodes.lanesCanvas, refs.laneHover, refs.laneRule, nodes.values);
  refs.chart.append(nodes.chartTools, nodes.about, nodes.windowChart, nodes.chartFoot, nodes.wideChart);
  refs.chart.append(refs.priceDrag, refs.badge);
  const theatre = el("div", { class: "gs-theatre" }, refs.chart, nodes.funnel, refs.empty, refs.lanes);
  const left = el("div", { class: "gs-left" }, theatre, refs.legends);
  const title = words.substep_none;
  const said = el("span", { class: "gs-substeps-word" }, words.substeps);
  const substeps = el("span", { class: "gs-substeps", title }, refs.substepBack, said, refs.substepOn);
  const cell = el(
    "section",
    { class: "gs-cell", "data-testid": "stage-cell" },
    el("header", {}, refs.cellTitle, substeps, refs.place),
    refs.diagram,
    refs.substep,
  );
  const rows = el("div", { class: "gs-rows" }, ...nodes.rows);
  const right = el("div", { class: "gs-right" }, nodes.status, cell, refs.readout, ...optional(nodes.tools), rows);
  const grid = el("div", { class: "gs-grid" }, left, right);
  const foot = el("div", { class: "gs-foot" }, nodes.places, nodes.transport);
  return { ...refs, grid, left, right, children: [grid, foot, nodes.tooltip, nodes.termTip, nodes.keys, refs.live] };
}

const optional = (node) => (node ? [node] : []);

function refsOf(words) {
  return {
    chart: el("figure", { class: "gs-chart", "data-testid": "stage-chart", role: "group" }),
    badge: el("div", { class: "gs-badge", "data-testid": "stage-date", "aria-hidden": "true" }),
    lanes: el("div", { class: "gs-lanes", "data-testid": "stage-lanes" }),
    laneRule: el("div", { class: "gs-rule gs-lane-rule", "aria-hidden": "true", "data-testid": "stage-playhead" }),
    laneHover: el("div", { class: "gs-lane-hover", "aria-hidden": "true", hidden: "" }),
    empty: el("p", { class: "gs-empty", "data-testid": "stage-empty" }),
    diagram: svg("svg", { class: "gs-diagram", role: "img", "data-testid": "stage-diagram" }),
    place: place(words),
    cellTitle: el("h3", { "data-testid": "stage-cell-title" }),
    readout: el("p", { class: "gs-readout", "data-testid": "stage-readout" }),
    live: el("p", { class: "gs-hidden", role: "status", "aria-live": "polite", "data-testid": "stage-live" }),
    priceDrag: el("div", { class: "gs-price-drag", "data-testid": "stage-price-drag", title: words.drag_hint, hidden: "" }),
    substep: el("p", { class: "gs-substep", "data-testid": "stage-substep" }),
    substepBack: substepButton("back", "‹", words),
    substepOn: substepButton("on", "›", words),
    legends: el("div", { class: "gs-legends", "data-testid": "stage-legends" }),
  };
}

/** Which unit: a term that says what a unit is. */
function place(words) {
  const node = term("unit", "", "", words);
  node.classList.add("gs-aside");
  node.dataset.testid = "stage-place";
  return node;
}

function substepButton(name, sign, words) {
  const title = words[`substep_${name}`];
  const attributes = { type: "button", class: "gs-chip", "data-testid": `stage-substep-${name}`, title };
  return el("button", { ...attributes, "aria-label": title }, sign);
}
