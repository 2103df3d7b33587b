import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { createExchange, hear, say, stop } from "../../dashboard/static/shared/exchange.js";
import { createStore, receive } from "../../dashboard/static/shared/store.js";

let now = 0;

beforeEach(() => {
  now = 0;
  mock.timers.enable({ apis: ["setTimeout"] });
  mock.method(performance, "now", () => now);
});
afterEach(() => {
  mock.timers.reset();
  mock.restoreAll();
});

function pass(milliseconds) {
  for (let each = 0; each < milliseconds; each += 50) {
    now += 50;
    mock.timers.tick(50);
  }
}

const header = (parts) => ({ number: 1, digest: "d", asks: false, choices: 0, ...parts });

/** An app that hears what is told. */
function listener() {
  const told = [];
  return { told, send: (name, value) => told.push({ name, ...value, at: now }) };
}

test("what is lacking is told again and again, ever later, without an end", () => {
  const [exchange, { told, send }] = [createExchange(), listener()];
  hear(exchange, header({ asks: true }), ["chart:a", "film:f:3"], send);
  assert.deepEqual(told, []); // never at once: a mount may be under way
  pass(50);
  assert.deepEqual([told[0].name, told[0].number, told[0].lacks], ["held", 1, ["chart:a", "film:f:3"]]);
  assert.equal(told[0].digest, undefined);
  pass(10 * 60_000);
  const gaps = told.slice(1).map((each, index) => each.at - told[index].at);
  assert.ok(told.length > 100 && Math.max(...gaps) <= 5100, `${told.length} in ten minutes`);
  assert.deepEqual(told.at(-1).lacks, ["all"]); // names that lead to nothing are no longer trusted
  hear(exchange, header({ number: 2 }), [], send);
  const count = told.length;
  pass(60_000);
  assert.equal(told.length, count);
});

test("messages that still lack something do not hurry the reports", () => {
  const [exchange, { told, send }] = [createExchange(), listener()];
  for (let number = 1; number <= 40; number++) {
    hear(exchange, header({ number }), ["film:f:3"], send);
    pass(250);
  }
  assert.ok(told.length >= 4 && told.length <= 6, `${told.length} in ten seconds`);
});

test("where the app asks, the digest is told: once if it is heard, again if it is not", () => {
  const [exchange, { told, send }] = [createExchange(), listener()];
  hear(exchange, header({ asks: true }), [], send);
  pass(50);
  assert.deepEqual([told.length, told[0].digest, told[0].lacks], [1, "d", undefined]);
  hear(exchange, header({ number: 2, asks: true }), [], send); // on its way before the app could hear
  pass(500);
  assert.equal(told.length, 1);
  pass(1500);
  assert.deepEqual([told.length, told[1].number], [2, 2]);
  hear(exchange, header({ number: 3 }), [], send);
  pass(60_000);
  assert.equal(told.length, 2);
});

test("while nobody asks and nothing is lacking nothing is told", () => {
  const [exchange, { told, send }] = [createExchange(), listener()];
  for (let number = 1; number < 99; number++) hear(exchange, header({ number, digest: `${number}` }), [], send);
  pass(60_000);
  assert.deepEqual(told, []);
});

test("a choice is told at once, and again until a message says that it was heard", () => {
  const [exchange, { told, send }] = [createExchange(), listener()];
  hear(exchange, header({ choices: 4 }), [], send);
  say(exchange, "epoch", { film: "f", epoch: 3 });
  assert.deepEqual(told, [{ name: "epoch", film: "f", epoch: 3, count: 5, at: 0 }]);
  pass(20_000);
  assert.ok(told.length > 3 && told.slice(1).every(({ name, count }) => name === "held" && count === 5));
  hear(exchange, header({ number: 2, choices: 5 }), [], send);
  const count = told.length;
  pass(60_000);
  assert.equal(told.length, count);
});

test("a choice that was heard and is not followed is chosen again", () => {
  const [exchange, { told, send }] = [createExchange(), listener()];
  const retell = () => say(exchange, "epoch", { epoch: 3 });
  hear(exchange, header(), [], send, retell);
  pass(50);
  assert.deepEqual([told.length, told[0].name, told[0].count], [1, "epoch", 1]);
  hear(exchange, header({ number: 2, choices: 1 }), [], send, retell);
  pass(500);
  assert.equal(told.length, 1); // not at the pace of the messages
  pass(30_000);
  assert.ok(told.length > 4);
  hear(exchange, header({ number: 3, choices: 99 }), [], send, null);
  const count = told.length;
  pass(30_000);
  assert.equal(told.length, count);
});

test("an element that is gone tells nothing", () => {
  const [exchange, { told, send }] = [createExchange(), listener()];
  hear(exchange, header(), ["chart:a"], send);
  stop(exchange);
  pass(60_000);
  assert.deepEqual(told, []);
});

/** An app as short as can be: it sends what it takes for lacking, and believes what it is told. */
function createApp(content) {
  const held = new Map();
  let number = 0;
  return {
    message() {
      number += 1;
      const message = { number, digest: "d", asks: true, choices: 0, film: null };
      for (const [name, revision] of Object.entries(content)) {
        const known = held.has(name);
        if (!known) held.set(name, number);
        message[name] = known ? { revision } : { revision, body: { revision } };
      }
      return message;
    },
    hear({ number: told, lacks = [] }) {
      for (const name of lacks.includes("all") ? [...held.keys()] : lacks.map((each) => each.split(":")[0]))
        if (held.get(name) <= told) held.delete(name);
    },
  };
}

test("whatever is dropped on either way, both agree once messages pass", () => {
  let seed = 7;
  const chance = () => ((seed = (seed * 16807) % 2147483647) / 2147483647);
  for (let round = 0; round < 40; round++) {
    const content = { words: "w", chart: "c", losses: "l", status: "s" };
    const [app, store, exchange] = [createApp(content), createStore(), createExchange()];
    let loss = 0.6;
    const up = (name, value) => chance() >= loss && app.hear(value);
    for (let tick = 0; tick < 60; tick++) {
      if (tick === 40) loss = 0;
      const message = app.message();
      if (chance() >= loss) hear(exchange, message, receive(store, message).lacks, up);
      pass(500);
    }
    assert.deepEqual(exchange.lacks, [], `round ${round}`);
    for (const [name, revision] of Object.entries(content)) assert.equal(store.sections[name].revision, revision);
    stop(exchange);
  }
});
