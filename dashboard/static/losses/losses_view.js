/** The loss strip and, along it, the epoch scrubber: the same window at an earlier age of the network. */

/**
 * @import {Losses, Words} from "../shared/message.js"
 *
 * @typedef {ReturnType<typeof createLossesView>} LossesView
 * @typedef {ReturnType<typeof shapeOf>} LossShape
 * @typedef {{width: number, height: number, em: number}} Size
 */

import { el, px, setAttribute, svg } from "../shared/dom.js";
import { age, fill, loss } from "../shared/format.js";
import { bounds, place, spread, ticks } from "./losses.js";

const MARGIN = { top: 8, bottom: 20 };
const BEST = { left: 4.6, right: 5.4 }; // em from the axis' ends to the middle of the best epoch's name

/** @param {(epoch: number, done: boolean) => void} onEpoch @param {Record<string, string>} words */
export function createLossesView(onEpoch, words) {
  const picture = svg("svg", { class: "gs-loss-picture", role: "img", "data-testid": "stage-loss-picture" });
  const handle = el("div", {
    class: "gs-epoch-handle",
    role: "slider",
    tabindex: "0",
    "data-testid": "stage-epoch-scrubber",
    "aria-label": words.epoch_scrubber,
  });
  const node = el("div", { class: "gs-loss-body" }, picture, handle);
  const view = {
    node,
    picture,
    handle,
    words,
    onEpoch,
    shape: /** @type {LossShape | null} */ (null),
    epochs: /** @type {number[]} */ ([]),
    shown: /** @type {number | null} */ (null),
  };
  listen(view);
  return view;
}

/** @param {LossesView} view */
function listen(view) {
  /** @param {PointerEvent} event @param {boolean} done */
  const drag = (event, done) => view.shape && view.onEpoch(nearest(view, event), done);
  view.node.addEventListener("pointerdown", (event) => {
    view.node.setPointerCapture(event.pointerId);
    drag(event, false);
  });
  view.node.addEventListener(
    "pointermove",
    (event) => event.buttons && view.node.hasPointerCapture(event.pointerId) && drag(event, false),
  );
  view.node.addEventListener("pointerup", (event) => drag(event, true));
  view.handle.addEventListener("keydown", (event) => onKey(view, event));
}

/** @param {LossesView} view @param {KeyboardEvent} event */
function onKey(view, event) {
  const index = view.epochs.findIndex((epoch) => epoch === view.shown);
  const last = view.epochs.length - 1;
  /** @type {Record<string, number>} */
  const targets = {
    ArrowLeft: index - 1,
    ArrowDown: index - 1,
    ArrowRight: index + 1,
    ArrowUp: index + 1,
    Home: 0,
    End: last,
    PageUp: index + 5,
    PageDown: index - 5,
  };
  const target = targets[event.key];
  if (target === undefined || last < 0) return;
  event.preventDefault();
  view.onEpoch(view.epochs[Math.max(0, Math.min(last, target))], true);
}

/** @param {LossesView} view @param {PointerEvent} event */
function nearest(view, event) {
  const x = event.clientX - view.node.getBoundingClientRect().left;
  const wanted = view.shape?.epochAt(x) ?? 0;
  return view.epochs.reduce(
    (best, each) => (Math.abs(each - wanted) < Math.abs(best - wanted) ? each : best),
    view.epochs[0],
  );
}

/**
 * @param {ReturnType<typeof createLossesView>} view
 * @param {Losses} losses @param {number[]} epochs held @param {number | null} shown
 * @param {{width: number, height: number, em: number}} size
 */
export function updateLosses(view, losses, epochs, shown, size) {
  Object.assign(view, { epochs, shown });
  const shape = shapeOf(losses, size);
  view.shape = shape;
  setAttribute(view.picture, "viewBox", `0 0 ${size.width} ${size.height}`);
  view.picture.replaceChildren(
    ...grid(shape, size),
    ...curves(losses, shape),
    ...marks(losses, epochs, shape, view.words),
    ...endLabels(losses, shown, shape, size, view.words),
  );
  placeHandle(view, losses, shape, size);
  setAttribute(
    view.picture,
    "aria-label",
    fill(view.words.alt_losses, {
      train: loss(losses.train.at(-1) ?? null),
      validation: loss(losses.validation.at(-1) ?? null),
      naive: loss(losses.naive),
    }),
  );
}

/** @param {Losses} losses @param {Size} size */
function shapeOf(losses, size) {
  const { epochs, train, validation, naive } = losses;
  const [left, right] = [size.em * 3, size.width - size.em * 8.9];
  const width = right - left;
  const height = size.height - MARGIN.top - MARGIN.bottom;
  const scale = bounds([...train, ...validation, naive ?? NaN, losses.best_loss ?? NaN]);
  const first = Math.min(epochs[0] ?? 0, 0);
  const span = Math.max(1, losses.planned_epochs - first, (epochs.at(-1) ?? 0) - first);
  return {
    ...{ scale, left, right, height, em: size.em },
    /** @param {number} epoch */
    x: (epoch) => left + ((epoch - first) / span) * width,
    /** @param {number} value */
    y: (value) => MARGIN.top + place(value, scale, height),
    /** @param {number} x */
    epochAt: (x) => first + ((x - left) / width) * span,
    last: first + span,
    first,
  };
}

/** @param {LossShape} shape @param {Size} size */
function grid(shape, size) {
  const { left, right } = shape;
  const lines = ticks(shape.scale).flatMap((tick) => [
    svg("line", { class: "gs-grid-line", x1: left, x2: right, y1: px(shape.y(tick)), y2: px(shape.y(tick)) }),
    svg("text", { class: "gs-tick", x: left - 6, y: px(shape.y(tick) + 4), "text-anchor": "end" }, String(tick)),
  ]);
  const base = size.height - MARGIN.bottom;
  /** @param {number} epoch @param {string} anchor */
  const tick = (epoch, anchor) =>
    svg("text", { class: "gs-tick", x: px(shape.x(epoch)), y: base + 14, "text-anchor": anchor }, String(epoch));
  return [...lines, tick(shape.first, "start"), tick(shape.last, "end")];
}

/** @param {Losses} losses @param {LossShape} shape */
function curves({ epochs, train, validation, naive }, shape) {
  /** @param {Float64Array} values */
  const path = (values) => {
    const points = Array.from(values, (value, index) => [shape.x(epochs[index]), shape.y(value)]).filter(([, y]) =>
      Number.isFinite(y),
    );
    return points.map(([x, y], index) => `${index ? "L" : "M"}${px(x)} ${px(y)}`).join("");
  };
  const y = px(shape.y(naive ?? NaN));
  return [
    svg("line", { class: "gs-naive-line", x1: shape.left, x2: shape.right, y1: y, y2: y }),
    svg("path", { class: "gs-train-line", d: path(train) }),
    svg("path", { class: "gs-validation-line", d: path(validation) }),
  ];
}

/**
 * Short strokes where the window's frames are kept; a diamond at the best epoch, with its name.
 * @param {Losses} losses @param {number[]} epochs @param {LossShape} shape @param {Words} words
 */
function marks(losses, epochs, shape, words) {
  const base = MARGIN.top + shape.height;
  const kept = svg("path", { class: "gs-kept", d: epochs.map((epoch) => `M${px(shape.x(epoch))} ${base}v4`).join("") });
  const { best_epoch: best, best_loss: least } = losses;
  if (best === null || least === null || !(least > 0)) return [kept];
  const [x, y] = [px(shape.x(best)), px(shape.y(least))];
  const diamond = svg("path", { class: "gs-best", d: `M${x} ${y - 5}l5 5l-5 5l-5 -5z`, "data-testid": "stage-best-epoch" });
  return [kept, diamond, bestLabel(best, shape, words)];
}

/**
 * "best: epoch 12" below the axis, where no curve is, between its two ends.
 * @param {number} epoch @param {LossShape} shape @param {Words} words
 */
function bestLabel(epoch, { x, left, right, height, em }, words) {
  const [from, to] = [left + em * BEST.left, right - em * BEST.right];
  const place = { x: px(Math.max(from, Math.min(to, x(epoch)))), y: MARGIN.top + height + 14, "text-anchor": "middle" };
  const text = fill(words.best_epoch, { age: age(epoch, words) });
  return svg("text", { class: "gs-best-label", ...place, "data-testid": "stage-best-label" }, text);
}

/**
 * Direct labels with the values at the epoch shown, never on top of each other.
 * @param {Losses} losses @param {number | null} shown @param {LossShape} shape @param {Size} size @param {Words} words
 */
function endLabels(losses, shown, shape, size, words) {
  const at = reportBy(losses, shown);
  const last = losses.epochs.length - 1;
  const series = [
    { name: "train", end: losses.train[last], value: losses.train[at] ?? NaN },
    { name: "validation", end: losses.validation[last], value: losses.validation[at] ?? NaN },
    { name: "naive", end: losses.naive ?? NaN, value: losses.naive ?? NaN },
  ];
  const middle = MARGIN.top + shape.height / 2;
  const wanted = series.map(({ end }) => (end > 0 ? shape.y(end) : middle));
  const placed = spread(wanted, size.em * 1.2, MARGIN.top + 6, size.height - MARGIN.bottom);
  return series.flatMap(({ name, value }, index) => [
    svg(
      "text",
      { class: `gs-end-label gs-end-${name}`, x: shape.right + 8, y: px(placed[index] + 4) },
      // words: train_loss, validation_loss, naive_loss
      words[`${name}_loss`],
    ),
    svg(
      "text",
      {
        class: "gs-end-value",
        x: size.width - 2,
        y: px(placed[index] + 4),
        "text-anchor": "end",
        "data-testid": `stage-loss-${name}`,
      },
      loss(value),
    ),
  ]);
}

/**
 * The last report up to an epoch, which may be a fraction (frames come from within too); -1 before the first.
 * @param {Losses} losses @param {number | null} shown
 */
function reportBy({ epochs }, shown) {
  return (shown === null ? epochs.length : epochs.findLastIndex((epoch) => epoch <= shown) + 1) - 1;
}

/** @param {LossesView} view @param {Losses} losses @param {LossShape} shape @param {Size} size */
function placeHandle(view, losses, shape, size) {
  const { handle, shown, epochs, words } = view;
  handle.hidden = shown === null;
  if (shown === null) return;
  const at = reportBy(losses, shown);
  const y = at >= 0 ? shape.y(losses.validation[at]) : NaN;
  handle.style.transform = `translateX(${px(shape.x(shown))}px)`;
  handle.style.height = `${size.height - MARGIN.bottom}px`;
  handle.style.setProperty("--gs-knob", `${px(Number.isFinite(y) ? y : MARGIN.top + shape.height)}px`);
  setAttribute(handle, "aria-valuemin", epochs[0]);
  setAttribute(handle, "aria-valuemax", epochs[epochs.length - 1]);
  setAttribute(handle, "aria-valuenow", shown);
  const values = { age: age(shown, words), validation: loss(at >= 0 ? losses.validation[at] : null), naive: loss(losses.naive) };
  setAttribute(handle, "aria-valuetext", fill(words.epoch_value, values));
}
