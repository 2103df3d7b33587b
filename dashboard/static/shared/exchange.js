/**
 * What the browser tells the app: what it holds of the last message, and what a person chose. Either may be lost on its
 * way, as a message may. So each message says how many choices the app has heard of and whether it wants an answer, and
 * whatever is lacking, asked for or not heard is told again, ever later, for as long as it takes.
 *
 * All that one component tells travels together: a later report brings an earlier choice along.
 *
 * @import {Stamp} from "./message.js"
 *
 * @typedef {(name: string, value: unknown) => void} Send
 * @typedef {Object} Exchange
 * @property {number} number of the last message @property {string} digest of all that it names
 * @property {boolean} asks whether the app wants to know that all of it is here
 * @property {string[]} lacks names of what it names and the browser does not hold
 * @property {(() => void) | null} retell tells again what the app has heard and does not follow
 * @property {number} said choices so far @property {number} heard of them
 * @property {number} saidAt milliseconds @property {number} toldAt of the last report
 * @property {string} told the digest last confirmed @property {number} attempt
 * @property {ReturnType<typeof setTimeout>} [timer] @property {Send} send
 */

const AGAIN = [700, 1500, 3000, 5000]; // milliseconds between reports that led to nothing
const HEARD_WITHIN = 1500; // what a choice usually takes to the app and back
const MOST_NAMES = 60;

/** @returns {Exchange} */
export function createExchange() {
  const never = -Infinity;
  const message = { number: 0, digest: "", asks: false, lacks: [], retell: null };
  return { ...message, said: 0, heard: 0, saidAt: never, toldAt: never, told: "", attempt: 0, send: () => {} };
}

/**
 * A message came. Nothing is told at once: the component may be in the midst of its mount.
 * @param {Exchange} exchange @param {Stamp} header @param {string[]} lacks @param {Send} send
 * @param {(() => void) | null} [retell]
 */
export function hear(exchange, { number, digest, asks, choices }, lacks, send, retell = null) {
  const said = Math.max(exchange.said, choices); // one that was mounted anew goes on counting
  Object.assign(exchange, { number, digest, asks, lacks, send, retell, said, heard: choices });
  if (!isOwed(exchange)) exchange.attempt = 0;
  schedule(exchange);
}

/** A choice: told at once. @param {Exchange} exchange @param {string} name @param {Record<string, unknown>} value */
export function say(exchange, name, value) {
  exchange.said += 1;
  exchange.saidAt = performance.now();
  exchange.send(name, { ...value, count: exchange.said });
  schedule(exchange);
}

/** Nothing more is told. @param {Exchange} exchange */
export function stop(exchange) {
  clearTimeout(exchange.timer);
  exchange.send = () => {};
}

/** @param {Exchange} exchange */
const isOwed = ({ lacks, said, heard, retell }) => lacks.length > 0 || said > heard || retell !== null;

/** Milliseconds until the next report, null where none is due. @param {Exchange} exchange @param {number} now */
export function due(exchange, now) {
  const { lacks, said, heard, retell, asks, digest, told, attempt, saidAt, toldAt } = exchange;
  const again = toldAt + AGAIN[Math.min(attempt, AGAIN.length) - 1];
  const moments = [];
  if (lacks.length || retell) moments.push(attempt ? again : now);
  if (said > heard) moments.push(Math.max(saidAt + HEARD_WITHIN, attempt ? again : now));
  if (asks && !lacks.length) moments.push(told === digest ? toldAt + HEARD_WITHIN : now);
  return moments.length ? Math.max(0, Math.min(...moments) - now) : null;
}

/** @param {Exchange} exchange */
function schedule(exchange) {
  clearTimeout(exchange.timer);
  const wait = due(exchange, performance.now());
  if (wait !== null) exchange.timer = setTimeout(() => report(exchange), wait);
}

/** @param {Exchange} exchange */
function report(exchange) {
  const { number, digest, lacks, said, retell, send } = exchange;
  if (isOwed(exchange)) exchange.attempt += 1;
  Object.assign(exchange, { toldAt: performance.now(), told: lacks.length ? "" : digest });
  if (retell) return retell();
  const names = lacks.length > MOST_NAMES || exchange.attempt > AGAIN.length ? ["all"] : lacks;
  const told = lacks.length ? { lacks: names } : { digest };
  send("held", { number, ...told, count: said });
  schedule(exchange);
}
