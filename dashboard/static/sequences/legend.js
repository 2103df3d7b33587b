/** What the lanes' colours and marks mean; only those that this way has. */

import { hatch } from "./sequence_lanes.js";
import { el, sized } from "../shared/dom.js";

const SIZE = { width: 30, height: 16 };

/** @param {import("./sequences.js").Batch} batch @param {import("./sequences.js").Way} way @param {import("../shared/theme.js").Theme} theme */
export function batchLegend(batch, way, theme) {
  const { words, rows, kind } = batch;
  const item = (name, swatch) => el("div", { class: "gs-batch-key" }, swatch, words[`legend_${name}`]);
  const drawn = (name, draw) => {
    const canvas = el("canvas", { style: `width:${SIZE.width}px;height:${SIZE.height}px` });
    draw(sized(canvas, SIZE.width, SIZE.height));
    return item(name, canvas);
  };
  const line = (name, colour, dash, thickness) => drawn(name, (context) => stroke(context, colour, dash, thickness));
  const { price, lstm, text } = theme.colour;
  const items = [item("hidden", scale(theme)), line("value", price, [], 1.4), line("output", lstm, [], 2)];
  if (rows.some((row) => row.target !== null)) items.push(line("target", price, [1.5, 3.5], 1.6));
  if (kind === "chunks") {
    const cut = drawn("restarted", (context) => {
      for (const x of [12, 18]) upright(context, x, text, []);
    });
    return [...items, drawn("carried", (context) => upright(context, 15, text, [3, 4])), cut];
  }
  items.push(drawn("read", (context) => snapshot(context, lstm)));
  if (rows.some((row) => row.length < way.outputs.shape[1])) items.push(drawn(...ground(way, theme)));
  return items;
}

/** @returns {[string, (context: any) => void]} */
function ground(way, theme) {
  const absent = way.outputs.some(Number.isNaN);
  const box = { left: 1, top: 1, width: SIZE.width - 2, height: SIZE.height - 2 };
  return [
    absent ? "absent" : "padding",
    (context) => {
      context.fillStyle = `rgb(${theme.signed.rgb[90].join(" ")})`;
      if (!absent) context.fillRect(box.left, box.top, box.width, box.height);
      hatch(context, box, theme.colour[absent ? "muted" : "text"]);
    },
  ];
}

function scale(theme) {
  const stops = theme.signed.rgb.filter((_, index) => index % 51 === 0).map((rgb) => `rgb(${rgb.join(" ")})`);
  const bar = el("span", { class: "gs-batch-scale", style: `background:linear-gradient(90deg, ${stops.join(",")})` });
  return el("span", { class: "gs-batch-ends" }, "−1", bar, "+1");
}

function stroke(context, colour, dash, thickness) {
  Object.assign(context, { strokeStyle: colour, lineWidth: thickness });
  context.setLineDash(dash);
  context.beginPath();
  context.moveTo(0, SIZE.height / 2);
  context.lineTo(SIZE.width, SIZE.height / 2);
  context.stroke();
}

function upright(context, x, colour, dash) {
  Object.assign(context, { strokeStyle: colour, lineWidth: 1.2 });
  context.setLineDash(dash);
  context.beginPath();
  context.moveTo(x, 0);
  context.lineTo(x, SIZE.height);
  context.stroke();
}

function snapshot(context, colour) {
  Object.assign(context, { strokeStyle: colour, lineWidth: 2.5 });
  context.strokeRect(10, 1.5, 10, SIZE.height - 3);
}
