import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";

const folder = new URL("../../dashboard/static/", import.meta.url);
const source = (file) => readFileSync(new URL(file, folder), "utf8");
const files = readdirSync(folder, { encoding: "utf8", recursive: true }).filter((name) => name.endsWith(".js") && !name.startsWith("vendor/"));
const IMPORT = /import \{([^}]*)\} from "[^"]*";/g;
const withoutComments = (text) => text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
const exported = (file) =>
  new Set([...source(file).matchAll(/export (?:async )?(?:function|const|class|let) (\w+)/g)].map(([, name]) => name));

test("every name that a module takes from another is there: a missing one would leave an empty page", () => {
  const lacking = [];
  for (const file of files) {
    for (const [, names, from] of withoutComments(source(file)).matchAll(/import \{([^}]*)\} from "(\.[\w./]+)"/g)) {
      const known = exported(join(dirname(file), from));
      const taken = names.split(",").map((name) => name.trim().split(" as ")[0]);
      lacking.push(...taken.filter((name) => name && !known.has(name)).map((name) => `${file}: ${name} of ${from}`));
    }
  }
  assert.deepEqual(lacking, []);
});

test("every name that a module takes it uses", () => {
  const idle = [];
  for (const file of files) {
    const code = withoutComments(source(file));
    const rest = code.replace(IMPORT, "");
    const taken = [...code.matchAll(IMPORT)].flatMap(([, names]) => names.split(","));
    const names = taken.map((name) => name.trim().split(" as ").at(-1)).filter(Boolean);
    idle.push(...names.filter((name) => !new RegExp(`\\b${name}\\b`).test(rest)).map((name) => `${file}: ${name}`));
  }
  assert.deepEqual(idle, []);
});

test("every function of another module that a module calls it takes from there", () => {
  const shared = new Set(files.flatMap((file) => [...exported(file)]));
  const unknown = [];
  for (const file of files) {
    const code = withoutComments(source(file));
    for (const name of shared) {
      const all = code.match(new RegExp(`(?<![\\w.$])${name}(?!\\w)`, "g")) ?? [];
      const calls = code.match(new RegExp(`(?<![\\w.$])${name}\\((?![^()]*\\) \\{)`, "g")) ?? [];
      if (all.length && all.length === calls.length) unknown.push(`${file}: ${name}`);
    }
  }
  assert.deepEqual(unknown, []);
});
