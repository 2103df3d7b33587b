import assert from "node:assert/strict";
import { test } from "node:test";
import { words } from "./samples.mjs";
import { installDocument, partOf, readIn } from "./tiny_dom.mjs";
import { timestepsOf } from "../../dashboard/static/player/timesteps.js";
import { arrangeTransport, boundChoices, createTransport, updateTransport } from "../../dashboard/static/player/transport.js";

installDocument();

const days = timestepsOf(words);
/** @type {import("../../dashboard/static/player/transport.js").Beside} */
const WHOLE = { choices: ["speed", "layer", "unit", "epoch"], buttons: ["large", "keys"], menu: true };
const epochs = { id: "e", hands: {}, scrubber: "Epoch", position: ({ t }) => `epoch ${t}`, counter: ({ t, T }) => `${t} of ${T - 1}` };

/** @param {typeof days} track @param {typeof WHOLE} [beside] */
function made(track, beside) {
  /** @type {object[]} */ const asked = [];
  const view = createTransport((action) => asked.push(action), words, track, beside);
  /** any: as much of an element as there is. @param {string} name @returns {any} */
  const part = (name) => partOf(view.node, name, track.id);
  return { asked, view, part };
}

test("hands ask for what they say, and are named by the track", () => {
  const { asked, part } = made(days);
  for (const name of ["start", "back", "play", "on"]) part(name).fire("click");
  assert.deepEqual(asked, [{ type: "start" }, { type: "step", by: -1 }, { type: "toggle" }, { type: "step", by: 1 }]);
  assert.deepEqual(part("back").attributes["aria-label"], "One day back");
  part("scrubber").value = "7";
  part("scrubber").fire("input");
  assert.deepEqual(asked.at(-1), { type: "seek", value: 7 });
});

test("of hands that a track does not name there are none, and play stands alone", () => {
  const { part } = made(epochs);
  assert.deepEqual(["start", "back", "on"].map(part), [undefined, undefined, undefined]);
  assert.ok(part("play"));
});

test("it says where it stands, in the track's words, and how far that is", () => {
  const { view, part } = made(days);
  updateTransport(view, { t: 2, T: 60, date: "1 Feb", playing: false });
  const { attributes, value } = part("scrubber");
  assert.deepEqual([attributes.max, value, attributes["aria-valuetext"]], ["59", "2", "Day 3 of 60, 1 Feb"]);
  assert.equal(part("counter").textContent, "day 3 of 60");
  arrangeTransport(view, true);
  updateTransport(view, { t: 2, T: 60, date: "1 Feb", playing: false });
  assert.equal(part("counter").textContent, "3/60");
  const other = made(epochs);
  updateTransport(other.view, { t: 30, T: 501, playing: false });
  assert.deepEqual([other.part("scrubber").attributes.max, other.part("counter").textContent], ["500", "30 of 500"]);
});

test("the play button says what a press would do", () => {
  const { view, part } = made(days);
  const label = () => part("play").attributes["aria-label"];
  updateTransport(view, { t: 0, T: 2, playing: true });
  assert.equal(label(), words.pause);
  updateTransport(view, { t: 0, T: 2, playing: false });
  assert.equal(label(), words.play);
});

test("what can be chosen is there where the page says so, and shows what is chosen", () => {
  const { asked, view, part } = made(days, WHOLE);
  boundChoices(view, { layers: 2, hidden: 8, epochs: [1, 5] , shown: 5 });
  updateTransport(view, { t: 0, T: 2, playing: false }, { speed: 2, layer: 1, unit: 3, epoch: 5, large: true });
  assert.deepEqual(["speed", "layer", "unit", "epoch"].map((name) => part(name).value), ["2", "1", "3", "5"]);
  assert.equal(view.worded.large.getAttribute("aria-pressed"), "true");
  part("menu").fire("click");
  part("keys").fire("click");
  assert.deepEqual(asked, [{ type: "keys" }]);
  assert.deepEqual(readIn(made(epochs).view.node).filter((text) => [words.speed, words.large].includes(text)), []);
});

test("on a phone what can be chosen stands in another place, and comes back", () => {
  const { view, part } = made(days, WHOLE);
  const place = document.createElement("div");
  arrangeTransport(view, true, place);
  assert.deepEqual([part("speed"), partOf(place, "speed") !== undefined], [undefined, true]);
  arrangeTransport(view, false, place);
  assert.deepEqual([part("speed") !== undefined, place.children.length], [true, 0]);
});
