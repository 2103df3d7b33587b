/** Arithmetic as on paper, with the digits that stand on the screen and no others: whole numbers and a count of decimals. */

/** @typedef {{digits: bigint, decimals: number}} Decimal */

/** @param {string} text a number as the screen prints it: +1,234.50, −0.25, (−0.25), $3.20 @returns {Decimal} */
export function decimal(text) {
  const bare = text.replace(/[()$+,\s\u2060]/g, "").replace("\u2212", "-");
  if (!/^-?\d+(\.\d+)?$/.test(bare)) throw new Error(`no number: ${text}`);
  const [whole, fraction = ""] = bare.split(".");
  return { digits: BigInt(whole.replace("-", "") + fraction) * (bare.startsWith("-") ? -1n : 1n), decimals: fraction.length };
}

const scaled = ({ digits, decimals }, to) => digits * 10n ** BigInt(to - decimals);

/** @param {Decimal[]} all */
export function added(...all) {
  const decimals = Math.max(...all.map((each) => each.decimals));
  return { digits: all.reduce((total, each) => total + scaled(each, decimals), 0n), decimals };
}

/** @param {Decimal[]} all */
export const multiplied = (...all) =>
  all.reduce((one, other) => ({ digits: one.digits * other.digits, decimals: one.decimals + other.decimals }));

/** Whether a number, cut to the digits of another, is that other: less than half of its last place away. */
export function roundsTo(exact, shown) {
  const decimals = Math.max(exact.decimals, shown.decimals) + 1;
  const apart = scaled(exact, decimals) - scaled(shown, decimals);
  const half = 5n * 10n ** BigInt(decimals - shown.decimals - 1);
  return (apart < 0n ? -apart : apart) < half;
}

/** "0.478·0.416 + 0.064·(−0.962)": products, added. @param {string} text */
export const workedOut = (text) => added(...text.split(" + ").map((term) => multiplied(...term.split("·").map(decimal))));

export const numberOf = (text) => Number(decimal(text).digits) / 10 ** decimal(text).decimals;
