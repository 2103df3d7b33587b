import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const folder = new URL("../../dashboard/static/stage/", import.meta.url);
const source = (file) => readFileSync(new URL(file, folder), "utf8");
const exported = (file) =>
  new Set([...source(file).matchAll(/export (?:async )?(?:function|const|class|let) (\w+)/g)].map(([, name]) => name));

test("every name that a module takes from another is there: a missing one would leave an empty page", () => {
  const lacking = [];
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".js"))) {
    for (const [, names, from] of source(file).matchAll(/import \{([^}]*)\} from "\.\/([\w.]+)"/g)) {
      const known = exported(from);
      const taken = names.split(",").map((name) => name.trim().split(" as ")[0]);
      lacking.push(...taken.filter((name) => name && !known.has(name)).map((name) => `${file}: ${name} of ${from}`));
    }
  }
  assert.deepEqual(lacking, []);
});
