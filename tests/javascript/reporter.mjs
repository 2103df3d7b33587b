/** Tells each finished test as one line of JSON: its name, whether it passed or was skipped, and what failed. */

/** @param {AsyncIterable<{type: string, data: any}>} events any: Node has no types for what its test runner tells */
export default async function* report(events) {
  for await (const { type, data } of events) {
    if (type !== "test:pass" && type !== "test:fail") continue;
    const { error } = data.details;
    const failure = error ? String(error.cause?.stack ?? error.stack ?? error) : null;
    yield `${JSON.stringify({ name: data.name, skipped: Boolean(data.skip || data.todo), failure })}\n`;
  }
}
