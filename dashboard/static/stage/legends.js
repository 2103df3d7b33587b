/** What the colours mean: one bar a scale, with its bounds; what lies beyond a bound is clamped, and said so. */

import { el } from "./dom.js";
import { plain, signed } from "./format.js";

/** @param {import("./lanes.js").Lane[]} lanes @param {any} theme @param {Record<string, string>} words */
export function legends(lanes, theme, words) {
  const groups = new Map();
  for (const lane of lanes) {
    const key = `${lane.signed}:${lane.high}:${lane.name === "cell_state"}`;
    groups.set(key, [...(groups.get(key) ?? []), lane]);
  }
  return [...groups.values()].map((group) => legend(group, theme, words));
}

function legend(group, theme, words) {
  const [lane] = group;
  const number = (value) => (lane.signed ? signed(value, lane.high === 1 ? 0 : 2) : plain(value, 0));
  const stops = (lane.signed ? theme.signed : theme.shares).rgb
    .filter((_, index) => index % 51 === 0)
    .map((rgb) => `rgb(${rgb.join(" ")})`);
  const bar = el("div", { class: "gs-legend-bar", style: `background:linear-gradient(90deg, ${stops.join(",")})` });
  const symbols = el("b", {}, group.map((each) => each.symbol).join(" "));
  const ends = el(
    "div",
    { class: "gs-legend-ends" },
    el("span", {}, number(lane.low)),
    symbols,
    el("span", {}, number(lane.high)),
  );
  const clamped = lane.name === "cell_state" ? [el("div", { class: "gs-legend-note" }, words.legend_clamped)] : [];
  return el("div", { class: "gs-legend", "data-testid": `stage-legend-${lane.name}` }, bar, ends, ...clamped);
}
