/** The stage's regions, empty and in reading order. Everything that a view needs to find is named here. */

import { el, svg } from "./dom.js";

/** @param {Record<string, string>} words @param {Record<string, Node>} nodes of the views */
export function skeleton(words, nodes) {
  const refs = {
    lanes: el("div", { class: "gs-lanes", "data-testid": "stage-lanes" }),
    laneRule: el("div", { class: "gs-rule gs-lane-rule", "aria-hidden": "true" }),
    laneHover: el("div", { class: "gs-lane-hover", "aria-hidden": "true", hidden: "" }),
    empty: el("p", { class: "gs-empty", "data-testid": "stage-empty" }),
    diagram: svg("svg", { class: "gs-diagram", role: "img", "data-testid": "stage-diagram" }),
    equations: el("div", { class: "gs-equations", "data-testid": "stage-equations" }),
    place: el("span", { class: "gs-aside", "data-testid": "stage-place" }),
    cellTitle: el("h3", {}),
    readout: el("p", { class: "gs-readout", "data-testid": "stage-readout" }),
    live: el("p", { class: "gs-hidden", role: "status", "aria-live": "polite", "data-testid": "stage-live" }),
    lossAside: el("span", { class: "gs-aside", "data-testid": "stage-epoch-label" }),
    follow: el("button", { type: "button", class: "gs-follow", "data-testid": "stage-follow" }, words.live),
    noLosses: el("p", { class: "gs-empty" }, words.no_losses),
    priceDrag: el("div", {
      class: "gs-price-drag",
      "data-testid": "stage-price-drag",
      title: words.drag_hint,
      hidden: "",
    }),
    substep: el("p", { class: "gs-substep", "data-testid": "stage-substep" }),
    substepBack: el(
      "button",
      { type: "button", class: "gs-chip", "data-testid": "stage-substep-back", title: words.substep_back },
      "‹",
    ),
    substepOn: el(
      "button",
      { type: "button", class: "gs-chip", "data-testid": "stage-substep-on", title: words.substep_on },
      "›",
    ),
    legends: el("div", { class: "gs-legends", "data-testid": "stage-legends" }),
  };
  const { laneRule, laneHover } = refs;
  for (const name of ["Back", "On"])
    refs[`substep${name}`].setAttribute("aria-label", words[`substep_${name.toLowerCase()}`]);
  refs.lanes.append(nodes.laneLabels, nodes.lanesCanvas, refs.priceDrag, laneHover, laneRule);
  const caption = el("p", { class: "gs-caption" }, words.caption);
  const panels = panelsOf(words, nodes, refs);
  const stacked = [nodes.funnel, nodes.chart, refs.empty, refs.lanes, refs.legends, caption];
  const left = el("div", { class: "gs-left" }, ...stacked, ...(nodes.tools ? [panels.ledger] : []));
  const { cell, losses, ledger } = panels;
  const below = nodes.tools ? [nodes.tools] : [losses, ledger]; // the tools take the room of the losses
  const right = el("div", { class: "gs-right" }, cell, refs.readout, ...below);
  const grid = el("div", { class: "gs-grid" }, left, right);
  return { ...refs, grid, left, right, children: [nodes.status, grid, nodes.transport, nodes.tooltip, refs.live] };
}

function panelsOf(words, nodes, refs) {
  const panel = (name, title, aside, ...children) =>
    el(
      "section",
      { class: `gs-panel gs-${name}`, "data-testid": `stage-${name}` },
      el("header", {}, title, ...aside),
      ...children,
    );
  const rule = el("span", { class: "gs-aside" }, words.ledger_rule);
  const substeps = el("div", { class: "gs-substeps" }, refs.substepBack, refs.substepOn, refs.substep);
  const lossPlace = el("div", { class: "gs-loss-place" }, nodes.losses, refs.follow);
  return {
    cell: panel("cell", refs.cellTitle, [refs.place], refs.diagram, refs.equations, substeps),
    losses: panel("losses", el("h3", {}, words.losses), [refs.lossAside], refs.noLosses, lossPlace),
    ledger: panel("ledger", el("h3", {}, words.ledger), [rule], nodes.ledger),
  };
}
