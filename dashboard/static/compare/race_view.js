/** Draws the race: a line a network, naive at 1, and a dot where the age shown stands. */

/**
 * @import {Column} from "./compare_column.js"
 * @import {Line, RaceShape} from "./race.js"
 * @import {Words} from "../shared/message.js"
 */

import { el, px, setAttribute, svg } from "../shared/dom.js";
import { inkOf } from "./compare.js";
import { fill, plain } from "../shared/format.js";
import { spread } from "../losses/losses.js";
import { raceLines, raceShape, shareTicks } from "./race.js";

const DASHES = ["", "7 4", "2 3", "9 3 2 3"];

/** @param {Record<string, string>} words @param {(against: string) => void} onAgainst */
export function createRace(words, onAgainst) {
  const picture = svg("svg", { class: "gs-race", role: "img", "data-testid": "race" });
  const buttons = ["epochs", "seconds"].map((against) => {
    const node = el("button", { type: "button", "data-testid": `race-${against}` }, words[`race_${against}`]);
    node.addEventListener("click", () => onAgainst(against));
    return Object.assign(node, { against });
  });
  const choice = el("div", { class: "gs-spans", role: "group", "aria-label": words.race_against }, ...buttons);
  const head = el("header", {}, el("h3", {}, words.race), choice);
  const empty = el("p", { class: "gs-empty" }, words.no_race);
  const node = el("section", { class: "gs-panel gs-race-panel" }, head, empty, picture);
  return { node, picture, buttons, empty, words };
}

/** @param {ReturnType<typeof createRace>} view @param {Column[]} columns @param {"epochs" | "seconds"} against */
export function updateRace(view, columns, against) {
  const told = columns.map((column) => column.told);
  const lines = raceLines(
    told,
    columns.map((column) => column.shown),
    against,
  );
  for (const button of view.buttons) setAttribute(button, "aria-pressed", String(button.against === against));
  view.empty.hidden = lines.some((line) => line.points.length);
  view.picture.toggleAttribute("hidden", !view.empty.hidden);
  const size = { width: view.picture.clientWidth, height: view.picture.clientHeight };
  if (!size.width) return;
  const em = parseFloat(getComputedStyle(view.picture).fontSize);
  const furthest = against === "epochs" ? Math.max(...told.map((each) => each.planned)) : 0;
  const box = { left: em * 3.2, right: size.width - em * labelRoom(lines), top: 8, bottom: size.height - em * 1.8 };
  const shape = raceShape(lines, furthest, box);
  setAttribute(view.picture, "viewBox", `0 0 ${size.width} ${size.height}`);
  view.picture.replaceChildren(
    ...grid(shape, view.words),
    ...lines.flatMap((line, at) => drawn(line, lines, at, shape)),
  );
  view.picture.append(...names(distinct(lines), shape, em, view.words));
  setAttribute(view.picture, "aria-label", alternative(view.words, lines, against));
}

/** Two ages of one run are one line with two dots. @param {Line[]} lines */
const distinct = (lines) => lines.filter((line, at) => lines.findIndex((other) => other.run === line.run) === at);

/** @param {Line[]} lines */
const labelRoom = (lines) => 2 + 0.62 * Math.min(26, Math.max(5, ...lines.map((line) => line.name.length)));

/** @param {string} cell or naive */
const ink = (cell) => ({ "data-cell": cell, ...(cell === "naive" ? {} : { style: `--gs-network:${inkOf(cell)}` }) });

/** @param {RaceShape} shape @param {Words} words */
function grid(shape, words) {
  const { left, right, bottom } = shape;
  /** @param {number} share */
  const level = (share) => px(shape.y(share));
  const rows = shareTicks(shape.scale).flatMap((tick) => [
    svg("line", { class: "gs-grid-line", x1: left, x2: right, y1: level(tick), y2: level(tick) }),
    svg("text", { class: "gs-tick", x: left - 6, y: level(tick) + 4, "text-anchor": "end" }, String(tick)),
  ]);
  /** @param {number} value @param {string} anchor */
  const end = (value, anchor) =>
    svg(
      "text",
      { class: "gs-tick", x: px(shape.x(value)), y: bottom + 15, "text-anchor": anchor },
      plain(value, shape.last < 10 && !Number.isInteger(value) ? 1 : 0),
    );
  const naive = svg("line", { class: "gs-naive-line", x1: left, x2: right, y1: level(1), y2: level(1) });
  naive.append(svg("title", {}, words.race_naive));
  return [...rows, naive, end(0, "start"), end(shape.last, "end")];
}

/** @param {Line} line @param {Line[]} lines @param {number} at @param {RaceShape} shape */
function drawn(line, lines, at, shape) {
  const twins = lines.filter((each, index) => each.cell === line.cell && index < at && each.run !== line.run).length;
  const d = line.points.map(([x, y], index) => `${index ? "L" : "M"}${px(shape.x(x))} ${px(shape.y(y))}`).join("");
  const path = svg("path", { class: "gs-race-line", d, ...ink(line.cell), "stroke-dasharray": DASHES[twins % 4] });
  if (!line.mark) return [path];
  const [cx, cy] = [px(shape.x(line.mark[0])), px(shape.y(line.mark[1]))];
  return [path, svg("circle", { class: "gs-race-dot", cx, cy, r: 4, ...ink(line.cell) })];
}

/**
 * Each line's name at its end, and naive's; none lies on another.
 * @param {Line[]} lines @param {RaceShape} shape @param {number} em @param {Words} words
 */
function names(lines, shape, em, words) {
  const ends = lines.filter((line) => line.points.length).map((line) => ({ ...line, end: line.points[line.points.length - 1][1] }));
  const all = [...ends, { name: words.race_naive, cell: "naive", end: 1 }];
  const wanted = all.map(({ end }) => shape.y(end));
  const placed = spread(wanted, em * 1.25, shape.top + 4, shape.bottom);
  return all.map(({ name, cell }, at) =>
    svg("text", { class: "gs-race-name", ...ink(cell), x: shape.right + 8, y: px(placed[at] + 4) }, name),
  );
}

/** @param {Words} words @param {Line[]} lines @param {string} against */
function alternative(words, lines, against) {
  const latest = distinct(lines).map((line) => `${line.name} ${plain(line.points.at(-1)?.[1] ?? NaN)}`);
  return fill(words.alt_race, { against: words[`race_${against}`], latest: latest.join(", ") });
}
