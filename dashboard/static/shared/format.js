/**
 * Numbers, amounts, dates and sentences as people read them; the minus is a real one. The one place that writes them:
 * lstm_core/formatting.py does the same for the page around the stage and for the command line.
 *
 * @import {Unit} from "./message.js"
 */

const MINUS = "\u2212";
const MOST_DECIMALS = 12;
const SMALLEST_IN_FULL = 1e-6;
const ERROR_DIGITS = 4; // so that a share of a percent can be worked out of two errors

/** What rounds to nothing has no minus. @param {number} value @param {number} [decimals] */
export function plain(value, decimals = 3) {
  if (!Number.isFinite(value)) return "–";
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? text.replace("-", "") : text.replace("-", MINUS);
}

/** With its sign, also where it is positive. @param {number} value @param {number} [decimals] */
export function signed(value, decimals = 3) {
  const text = plain(value, decimals);
  return text.startsWith(MINUS) || !Number.isFinite(value) ? text : `+${text}`;
}

/** In brackets if it carries a minus: a factor inside a product. @param {number} value @param {number} [decimals] */
export function factor(value, decimals = 3) {
  const text = plain(value, decimals);
  return text.startsWith(MINUS) ? `(${text})` : text;
}

/** 15 %, and the space never breaks. @param {number} share @param {number} [decimals] */
export function percent(share, decimals = 0) {
  return `${plain(share * 100, decimals)}\u00a0%`;
}

/** $26.86, −1,234.50p, 312.40 °C. @param {number} value @param {Unit} unit @param {number} [decimals] */
export function amount(value, unit, decimals = unit.decimals) {
  if (!Number.isFinite(value)) return "–";
  const digits = grouped(decimals).format(Math.abs(value));
  const minus = value < 0 && /[1-9]/.test(digits) ? MINUS : ""; // what rounds to nothing has none
  return `${minus}${unit.before}${digits}${unit.after}`;
}

/** Beside an axis: a sign, but no word. @param {number} value @param {Unit} unit @param {number} decimals */
export const tick = (value, unit, decimals) => amount(value, { ...unit, after: signAfter(unit) }, decimals);

/** What stands behind a number on an axis. @param {Unit} unit */
export const signAfter = ({ after }) => (after.startsWith("\u00a0") ? "" : after);

/**
 * Errors that are compared: four digits of the largest, and more where two that differ would read alike.
 * @param {number[]} values @param {Unit} unit @returns {string[]}
 */
export function errors(values, unit) {
  const largest = Math.max(0, ...values.filter(Number.isFinite).map(Math.abs));
  const fewest = Math.max(unit.decimals, decimalsFor(largest, ERROR_DIGITS));
  const apart = new Set(values).size;
  for (let decimals = fewest; decimals < fewest + ERROR_DIGITS; decimals++) {
    const written = values.map((value) => amount(value, unit, decimals));
    if (new Set(written).size === apart) return written;
  }
  return values.map((value) => amount(value, unit, fewest));
}

/** Decimals of what may be less than the last place of its unit: two digits of it. @param {number} value @param {Unit} unit */
export const finer = (value, unit) => Math.max(unit.decimals, decimalsFor(value, 2));

/** With which a number has so many significant digits; 0 for 0. @param {number} value @param {number} digits */
function decimalsFor(value, digits) {
  if (!value || !Number.isFinite(value)) return 0;
  return Math.min(MOST_DECIMALS, Math.max(0, digits - 1 - Math.floor(Math.log10(Math.abs(value)))));
}

/** 1,234: a number of things. @param {number} count */
export const whole = (count) => grouped(0).format(count);

/** @type {Record<number, Intl.NumberFormat>} */
const groupings = {};

/** Thousands apart, so many decimals. @param {number} decimals @returns {Intl.NumberFormat} */
function grouped(decimals) {
  const wanted = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return (groupings[decimals] ??= new Intl.NumberFormat("en-US", wanted));
}

/** With its sign, also where it is positive. @param {number} value @param {Unit} unit @param {number} [decimals] */
export function signedAmount(value, unit, decimals = unit.decimals) {
  const text = amount(value, unit, decimals);
  return text.startsWith(MINUS) || !Number.isFinite(value) ? text : `+${text}`;
}

/** Which form of a text a number asks for, as dashboard/texts/__init__.py tells it. @param {number} count */
export const form = (count) => (count === 1 ? "one" : "other");

/**
 * The text in the form for so many things, with their number and further values in it.
 * @param {Record<string, string>} words @param {string} name @param {number} count @param {Record<string, unknown>} [values]
 */
export const counted = (words, name, count, values = {}) =>
  // words: steps_one, steps_other
  fill(words[`${name}_${form(count)}`], { count: whole(count), ...values });

/** 1 day, 1,060 days. @param {number} count @param {Record<string, string>} words of the series' steps */
export const steps = (count, words) => counted(words, "steps", count);

/** Three significant digits, for losses. @param {number | null} value */
export const loss = (value) => significant(value ?? NaN, 3);

/** At most so many significant digits; what is very small as a power of ten. @param {number} value @param {number} digits */
export function significant(value, digits) {
  if (!Number.isFinite(value)) return "–";
  if (value !== 0 && Math.abs(value) < SMALLEST_IN_FULL) return scientific(value, digits - 1);
  return new Intl.NumberFormat("en-US", { maximumSignificantDigits: digits }).format(value + 0).replace("-", MINUS);
}

/** 6e−8: a power of ten, where the size matters and not the digits. @param {number} value @param {number} [decimals] */
export function scientific(value, decimals = 0) {
  if (!Number.isFinite(value)) return "–";
  return value === 0 ? "0" : value.toExponential(decimals).replace("+", "").replaceAll("-", MINUS);
}

/** 2012-02-17, with the time of day where there is one: for data and inputs. @param {number} milliseconds */
export function isoDate(milliseconds) {
  if (!Number.isFinite(milliseconds)) return "–";
  const iso = new Date(milliseconds).toISOString();
  return isMidnight(milliseconds) ? iso.slice(0, 10) : iso.slice(0, 16).replace("T", " ");
}

/** 24 Jul 2009, for labels and tables. @param {number} milliseconds */
export const date = (milliseconds) => written(milliseconds, { day: "numeric", month: "short", year: "numeric" });

/** 24 July 2009, for sentences. @param {number} milliseconds */
export const longDate = (milliseconds) => written(milliseconds, { day: "numeric", month: "long", year: "numeric" });

/** 24 Jul: on an axis whose year is told elsewhere. @param {number} milliseconds */
export const shortDate = (milliseconds) => written(milliseconds, { day: "numeric", month: "short" });

/**
 * 24 July, or Friday, 24 July: within a year that is told elsewhere.
 * @param {number} milliseconds @param {boolean} [weekday]
 */
export const dayOfYear = (milliseconds, weekday = false) =>
  written(milliseconds, { day: "numeric", month: "long", ...(weekday ? { weekday: "long" } : {}) });

/** @param {number} milliseconds */
const isMidnight = (milliseconds) => milliseconds % 864e5 === 0;

/** Whether any has a time of day. @param {ArrayLike<number>} dates milliseconds */
export const hasTimes = (dates) => !Array.prototype.every.call(dates, isMidnight);

/** @type {Record<string, Intl.DateTimeFormat>} */
const formats = {};

/**
 * The parts in British order; the time of day behind them where there is one.
 * @param {number} milliseconds @param {Intl.DateTimeFormatOptions} parts
 */
function written(milliseconds, parts) {
  if (!Number.isFinite(milliseconds)) return "–";
  const key = Object.values(parts).join();
  formats[key] ??= new Intl.DateTimeFormat("en-US", { ...parts, timeZone: "UTC" });
  const found = Object.fromEntries(formats[key].formatToParts(milliseconds).map(({ type, value }) => [type, value]));
  const day = [found.day, found.month, found.year].filter(Boolean).join(" ");
  const time = isMidnight(milliseconds) ? "" : `, ${new Date(milliseconds).toISOString().slice(11, 16)}`;
  return `${found.weekday ? `${found.weekday}, ` : ""}${day}${time}`;
}

/** Puts values into a template's {names}. @param {string} template @param {Record<string, unknown>} values */
export function fill(template, values) {
  return template.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/**
 * How far a network was trained: "epoch 25", or "during epoch 25" with 24.3 epochs done; "–" for none.
 * @param {number | null} epoch @param {Record<string, string>} words
 */
export function age(epoch, words) {
  if (epoch === null || !Number.isFinite(epoch)) return "–";
  return fill(words[Number.isInteger(epoch) ? "age_whole" : "age_within"], { epoch: Math.ceil(epoch) });
}

/**
 * The same in a list that is called "epoch" already.
 * @param {number} epoch @param {Record<string, string>} words
 */
export function ageInList(epoch, words) {
  return Number.isInteger(epoch) ? String(epoch) : fill(words.age_within_short, { epoch: Math.ceil(epoch) });
}

/** @param {string} text */
export function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
