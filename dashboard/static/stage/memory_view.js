/** The tools "memory" and "what mattered": how long what was written lasts, and which days the forecast hangs on. */

import { el, setText } from "./dom.js";
import { amount, date, fill, plain, signed } from "./format.js";
import { priceSlope } from "./ledger_price.js";

const LISTED = 6;

export function createMemoryView(hands, words) {
  const sentence = el("p", { class: "gs-answer", "data-testid": "stage-memory" });
  const pin = el("button", { type: "button", class: "gs-chip", "data-testid": "stage-written" });
  const list = el("div", { class: "gs-terms", role: "list", "aria-label": words.half_lives });
  const view = { sentence, pin, list, hands, words, t: 0 };
  pin.addEventListener("click", () => hands.dispatch({ type: "written", value: view.t }));
  const hint = el("p", { class: "gs-hint" }, words.memory_hint);
  return { ...view, node: el("div", {}, hint, sentence, pin, el("h4", {}, words.half_lives), list), view };
}

/** @param {any} tool @param {any} stage @param {import("./moment.js").Moment} moment */
export function updateMemory(tool, { scene, memory }, moment) {
  const { words, view } = tool;
  view.t = moment.t;
  tool.pin.hidden = tool.list.hidden = !memory;
  setText(tool.pin, fill(words.written_here, { date: date(moment.date) }));
  if (!memory) return setText(tool.sentence, words.memory_lstm_only);
  const { hidden, unit } = moment;
  const { written, lives } = memory;
  const left = memory.left[moment.t * hidden + unit];
  const day = (t) => date(scene.chart.dates[scene.film.meta.window_start + t]);
  const values = {
    unit: unit + 1,
    from: day(written),
    to: day(moment.t),
    left: plain(100 * left, 1),
    steps: moment.t - written,
    life: lifeText(lives[unit], words),
    step: scene.chart.step,
  };
  setText(tool.sentence, fill(words[moment.t < written ? "memory_before" : "memory_left"], values));
  showLives(tool, memory, unit);
}

const lifeText = (life, words) => (Number.isFinite(life) ? plain(life, life < 10 ? 1 : 0) : words.for_ever);

/** The longest memories, and the chosen unit's among them. */
function showLives(tool, { lives, order }, unit) {
  const shown = order.slice(0, LISTED);
  if (!shown.includes(unit)) shown[LISTED - 1] = unit;
  const finite = shown.map((each) => lives[each]).filter(Number.isFinite);
  const longest = Math.max(...finite, 1e-9);
  tool.list.replaceChildren(...shown.map((each) => lifeNode(tool, each, lives[each], longest, each === unit)));
}

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

export function createMatteredView(hands, words) {
  const sentence = el("p", { class: "gs-answer", "data-testid": "stage-mattered" });
  const norms = el("p", { class: "gs-answer", "data-testid": "stage-norms" });
  const scale = el("div", { class: "gs-chips", role: "group", "aria-label": words.scale });
  for (const value of ["relative", "absolute"]) {
    const button = el(
      "button",
      { type: "button", class: "gs-chip", "data-scale": value, "data-testid": `stage-scale-${value}` },
      words[`scale_${value}`],
    );
    button.addEventListener("click", () => hands.dispatch({ type: "scale", value }));
    scale.append(button);
  }
  const list = el("div", { class: "gs-terms", role: "list", "aria-label": words.mattered_most });
  const hint = el("p", { class: "gs-hint" }, words.mattered_hint);
  const was = el("p", { class: "gs-hint" }, words.as_it_was);
  return {
    node: el("div", {}, hint, scale, sentence, list, norms, was),
    was,
    sentence,
    norms,
    scale,
    list,
    hands,
    words,
  };
}

/** @param {any} tool @param {any} stage @param {import("./moment.js").Moment} moment */
export function updateMattered(tool, stage, moment) {
  const { scene, explanation, held } = stage;
  const { words } = tool;
  for (const button of tool.scale.children)
    button.setAttribute("aria-pressed", String(button.dataset.scale === held.view.lab.scale));
  tool.list.hidden = tool.norms.hidden = !explanation;
  if (!explanation) return setText(tool.sentence, words.explanation_awaited);
  const { input_gradients: gradients, gradient_norms: norms } = explanation;
  const width = gradients.shape[1];
  const at = (t) => gradients[t * width];
  const day = (t) => date(scene.chart.dates[scene.film.meta.window_start + t]);
  setText(
    tool.sentence,
    fill(words.mattered, {
      date: day(moment.t),
      gradient: signed(at(moment.t), 4),
      price: priceOf(at(moment.t), scene, moment),
      step: scene.chart.step,
      input: scene.film.meta.input_names[0],
    }),
  );
  tool.was.hidden = stage.frame === stage.original;
  const norm = (t) => norms[moment.layer * moment.T + t];
  setText(
    tool.norms,
    fill(words.norms, {
      date: day(moment.t),
      layer: moment.layer + 1,
      norm: norm(moment.t).toExponential(2),
      first: norm(0).toExponential(2),
      last: norm(moment.T - 1).toExponential(2),
    }),
  );
  showDays(tool, gradients, width, moment.T, day);
}

/** What one deviation more of the input would do to the forecast after the last day, to first order. */
function priceOf(gradient, { network, chart, film }, { T }) {
  if (!network) return "–";
  const [first, last] = [0, T - 1].map((t) => chart.price[film.meta.window_start + t]);
  const { prediction } = film.frames.get(network.epoch);
  const slope = priceSlope(network, prediction[T - 1], { today: last, first });
  const text = amount(gradient * slope, chart.unit);
  return gradient * slope >= 0 ? `+${text}` : text;
}

function showDays(tool, gradients, width, timesteps, day) {
  const order = Array.from({ length: timesteps }, (_, t) => t).sort(
    (a, b) => Math.abs(gradients[b * width]) - Math.abs(gradients[a * width]),
  );
  const largest = Math.abs(gradients[order[0] * width]) || 1;
  const total = order.reduce((sum, t) => sum + Math.abs(gradients[t * width]), 0) || 1;
  tool.list.replaceChildren(
    ...order.slice(0, LISTED).map((t) => {
      const value = gradients[t * width];
      const share = (Math.abs(value) / largest) * 50;
      const style = `width:${share.toFixed(1)}%;left:${(value < 0 ? 50 - share : 50).toFixed(1)}%`;
      const bar = el("span", { class: "gs-ledger-bar", "data-sign": value < 0 ? "minus" : "plus", style });
      const number = `${signed(value, 4)} · ${plain((100 * Math.abs(value)) / total, 0)} %`;
      const pieces = [
        el("span", { class: "gs-ledger-name" }, day(t)),
        el("span", { class: "gs-ledger-track" }, bar),
        el("span", { class: "gs-ledger-number" }, number),
      ];
      const button = el("button", { type: "button", class: "gs-ledger-row gs-day-row" }, ...pieces);
      button.addEventListener("click", () => tool.hands.dispatch({ type: "seek", value: t }));
      return el("div", { role: "listitem" }, button);
    }),
  );
}
