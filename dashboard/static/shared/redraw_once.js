/** Draws a part anew only when something that it depends on differs from what is on the screen. */

/**
 * @param {Record<string, string>} keys of what was drawn last, by part
 * @param {string} part @param {any[]} dependencies all that it hangs on @param {() => void} draw
 */
export function once(keys, part, dependencies, draw) {
  const key = JSON.stringify(dependencies);
  if (keys[part] === key) return;
  keys[part] = key;
  draw();
}
