/**
 * Asks the app for what the browser lacks. The app may begin anew meanwhile and lose the request, so it is repeated a
 * few times, ever later, until nothing is lacking.
 */

const AGAIN = [0, 700, 1500, 4000, ...Array(6).fill(10000)]; // milliseconds: a minute in all; never during a mount

/**
 * @param {{lacks: boolean}} store @param {string | null} missing null: nothing to ask for
 * @param {(missing: string) => void} send @param {number} [attempt]
 */
export function ask(store, missing, send, attempt = 0) {
  if (missing === null || attempt >= AGAIN.length) return;
  setTimeout(() => {
    if (!store.lacks) return;
    send(missing);
    ask(store, missing, send, attempt + 1);
  }, AGAIN[attempt]);
}
