import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { installDocument } from "./tiny_dom.mjs";
import { say } from "../../dashboard/static/shared/exchange.js";

installDocument();
beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] })); // what is lacking is told again for as long as it takes
afterEach(() => mock.timers.reset());

const ASSETS = { css: "sheet.css", plotly: "plotly.js" };
/** any: as much of a browser as a mount asks for. @type {any} */
const browser = { observers: [], requested: null };
/** @type {any} */ const { document } = globalThis;
document.head = { append: (link) => queueMicrotask(() => link.fire("load")) };
Object.assign(globalThis, {
  requestAnimationFrame: (tick) => ((browser.requested = tick), 1),
  cancelAnimationFrame: () => (browser.requested = null),
  ResizeObserver: class {
    constructor(callback) {
      Object.assign(this, { callback, disconnect: () => browser.observers.splice(browser.observers.indexOf(this), 1) });
      browser.observers.push(this);
    }
    observe() {}
  },
});
const resize = () => browser.observers.forEach(({ callback }) => callback());
const { mounting } = await import("../../dashboard/static/shared/mounting.js");

/** A message as Python packs it. */
function packed(header) {
  const text = new TextEncoder().encode(JSON.stringify({ version: 1, ...header }));
  const size = Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(8 + size).fill(32);
  bytes.set([71, 65, 84, 69, size % 256, size >> 8, 0, 0]);
  bytes.set(text, 8);
  return bytes;
}

const STAMP = { key: "k", number: 1, digest: "", asks: false, choices: 0 };

/** A place on a page, and what came back from it. */
function aPlace() {
  const parentElement = document.createElement("div");
  parentElement.isConnected = true;
  const told = [];
  const tell = (name, value) => told.push([name, value]);
  return { parentElement, told, setStateValue: tell, setTriggerValue: tell };
}

/** A component that writes down what it was asked for. Any: it is a test's own. */
function aComponent() {
  /** @type {any[]} */ const did = [];
  /** @type {any} */ let view;
  const mount = mounting({
    root: { class: "gs" },
    begin: () => /** @type {any} */ ({ playing: false, messages: 0 }),
    create: (made) => ((view = made), { own: "mine" }),
    show: (page, { text }) => {
      page.state.messages += 1;
      if (text) page.state.text = text;
      if (page.state.text) page.update();
      return { lacks: page.state.text ? [] : ["text"] };
    },
    draw: (/** @type {any} */ { state, own }) => did.push(`draws ${own} ${state.text}`),
    moves: ({ state }) => state.playing,
    play: ({ state }, passed) => {
      did.push(`plays ${passed}`);
      state.playing = state.left-- > 0;
    },
    keys: new Set(["toggle", "step"]),
    act: (_, action) => did.push(action),
    leave: () => did.push("leaves"),
  });
  const shows = (place, header) => mount({ ...place, data: packed({ ...STAMP, ...header }) }, ASSETS);
  return { did, shows, view: () => view };
}

test("nothing is drawn before a message has brought something; then for each message and each size", async () => {
  const { did, shows } = aComponent();
  const place = aPlace();
  await shows(place, {});
  resize();
  assert.deepEqual(did, []);
  await shows(place, { text: "one" });
  resize();
  await shows(place, { text: "two" });
  assert.deepEqual(did, ["draws mine one", "draws mine one", "draws mine two"]);
  assert.equal(place.parentElement.children.length, 1, "it is created once");
});

test("in a hidden place nothing is drawn, and its clock rests", async () => {
  const { did, shows, view } = aComponent();
  await shows(aPlace(), { text: "one" });
  const { root, state, update } = view();
  state.playing = true;
  update();
  assert.ok(browser.requested);
  root.clientWidth = 0;
  update();
  assert.deepEqual([did.length, browser.requested], [2, null]);
});

test("the clock runs while it moves, and no frame is asked for after that", async () => {
  const { did, shows, view } = aComponent();
  await shows(aPlace(), { text: "one" });
  Object.assign(view().state, { playing: true, left: 1 });
  view().update();
  browser.requested(1000);
  browser.requested(1016);
  assert.deepEqual(did.slice(2), ["plays 0", "plays 16"]);
  assert.equal(browser.requested, null);
});

test("it takes those keys that it names, and none before there is anything", async () => {
  const { did, shows, view } = aComponent();
  const place = aPlace();
  await shows(place, {});
  const prevented = [];
  const press = (key, target = view().root) =>
    view().root.fire("keydown", { key, target, preventDefault: () => prevented.push(key) });
  press(" ");
  await shows(place, { text: "one" });
  ["ArrowRight", "ArrowUp", " ", "Tab"].forEach((key) => press(key));
  press("ArrowRight", document.createElement("select"));
  assert.deepEqual(did.slice(1), [{ type: "step", by: 1 }, { type: "toggle" }]);
  assert.deepEqual(prevented, ["ArrowRight", " "]);
});

test("what it holds outlives the mount, by key", async () => {
  const { shows, view } = aComponent();
  await shows(aPlace(), { text: "one" });
  await shows(aPlace(), {});
  assert.deepEqual([view().state.text, view().state.messages], ["one", 2]);
  await shows(aPlace(), { key: "other" });
  assert.deepEqual([view().state.text, view().state.messages], [undefined, 1]);
});

test("an element that moves stays; where it is gone, all of it ends", async () => {
  const { did, shows, view } = aComponent();
  const place = aPlace();
  const before = browser.observers.length;
  const unmount = await shows(place, { text: "one" });
  unmount();
  mock.timers.tick(1);
  assert.ok(!did.includes("leaves"));
  view().state.playing = true;
  view().update();
  place.parentElement.isConnected = false;
  unmount();
  mock.timers.tick(1);
  say(view().exchange, "ages", {});
  assert.deepEqual([did.at(-1), browser.observers.length, browser.requested, place.told], ["leaves", before, null, []]);
});

test("what is lacking is told, and what was chosen, by the newest message's ways", async () => {
  const { shows, view } = aComponent();
  const [first, second] = [aPlace(), aPlace()];
  await shows(first, {});
  await shows({ ...second, parentElement: first.parentElement }, { number: 2, digest: "d", asks: true, choices: 0 });
  mock.timers.tick(1);
  assert.deepEqual(second.told, [["held", { number: 2, lacks: ["text"], count: 0 }]]);
  view().trigger("large", true);
  say(view().exchange, "window", { end: 3 });
  assert.deepEqual(second.told.slice(1), [["large", true], ["window", { end: 3, count: 1 }]]);
  assert.deepEqual(first.told, []);
});
