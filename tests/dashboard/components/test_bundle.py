"""One script and one sheet an entry say what modules and sheets say; what cannot be carried is refused."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from dashboard.components.bundle import NotBundled, bundle, entries, modules, style_sheet
from dashboard.components.publish import STATIC

# What the modules ask a browser for when they are read, and no more.
BROWSER = "globalThis.window = { matchMedia: () => ({ matches: true }) };"
# Every module's exports, as Node reads the module and its bundle: names, kinds, numbers of arguments, values.
COMPARE = """
const told = (module) => Object.entries(module).map(([name, value]) => [
  name, typeof value, typeof value === "function" ? [value.length, value.toString().replace(COMMENT, "").trim()] :
  JSON.stringify(value, (_, inner) => typeof inner === "function" ? inner.toString() : inner),
]).sort();
const COMMENT = /\\/\\*\\*[^]*?\\*\\/|^[ \\t]*\\/\\/.*\\n/gm;
const [modules, bundles, ...names] = process.argv.slice(1);
for (const name of names) {
  const [one, other] = [await import(`${modules}/${name}`), await import(`${bundles}/${name}`)];
  if (JSON.stringify(told(one)) !== JSON.stringify(told(other))) console.log(name, told(one), told(other));
}
console.log("compared", names.length);
"""


@pytest.fixture
def node() -> str:
    found = shutil.which("node")
    if found is None:
        pytest.skip("needs Node")
    return found


def folder_of(path: Path, **sources: str) -> Path:
    for name, text in sources.items():
        stem, kind = name.rsplit("_", 1)
        (path / f"{stem}.{kind}").write_text(text)
    return path


def run(node: str, folder: Path, entry: str) -> str:
    """What the bundle of an entry says when it is read."""
    (folder / "out").mkdir()
    (folder / "out" / "bundle.mjs").write_text(bundle(folder, entry))
    done = subprocess.run([node, str(folder / "out" / "bundle.mjs")], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_module_bundled_exports_what_the_module_exports(node, tmp_path):
    """Each of them as if it were an entry: all that it imports goes with it."""
    names = modules(STATIC)
    assert len(names) > 80
    (tmp_path / "package.json").write_text('{"type": "module"}')
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / f"{name}.js").write_text(bundle(STATIC, name))
    command = [node, "--input-type=module", "-e", BROWSER + COMPARE, str(STATIC), str(tmp_path)]
    done = subprocess.run([*command, *(f"{name}.js" for name in names)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"compared {len(names)}\n"


def test_the_pages_components_are_entries():
    pages = ["compare/compare_page", "one_unit/one_unit_page", "sequences/sequences_page", "stage/stage"]
    assert entries(STATIC) == pages


def test_nothing_is_left_to_be_asked_for():
    """An import that survived would be a request, and an address that is not there."""
    assert entries(STATIC)
    for entry in entries(STATIC):
        script, sheet = bundle(STATIC, entry), style_sheet(STATIC, entry)
        assert not re.search(r"^\s*import\b|\bimport\s*\(|\bfrom\s+\"\.", script, re.M)
        assert "@import" not in sheet


def test_modules_run_in_the_order_of_their_imports_each_once(node, tmp_path):
    said = 'console.log("{0}");\n'
    first = 'import "./second.js";\nimport { three as drei } from "./third.js";\nconsole.log("first", drei);\n'
    second = 'import * as third from "./third.js";\nconsole.log("second", third.three);\n'
    folder = folder_of(
        tmp_path, first_js=first, second_js=second, third_js=said.format("third") + "export const three = 3;\n"
    )
    assert run(node, folder, "first").split("\n") == ["third", "second 3", "first 3", ""]


def test_all_forms_of_export_are_carried(node, tmp_path):
    forms = """
export const one = 1;
export function two() { return 2; }
export async function three() { return 3; }
export function* four() { yield 4; }
export class Five {}
const six = 6;
export { six, six as sechs };
export { inner as outer } from "./inner.js";
"""
    view = """
import * as all from "./forms.js";
import {
  one,
  sechs as six,
} from "./forms.js";
console.log(Object.keys(all).sort().join(" "), one, six, all.outer, [...all.four()]);
"""
    folder = folder_of(tmp_path, forms_js=forms, look_js=view, inner_js='export const inner = "inside";\n')
    assert run(node, folder, "look") == "Five four one outer sechs six three two 1 6 inside [ 4 ]\n"


def test_what_comments_say_is_no_import(node, tmp_path):
    text = '/** @type {import("./nowhere.js").None} */ const one = 1;\n// import "./no.js";\nconsole.log(one);\n'
    assert run(node, folder_of(tmp_path, talk_js=text), "talk") == "1\n"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('export * from "./inner.js";\n', r"here\.js: .* `export \* from"),
        ("export default 1;\n", r"here\.js: .* `export default 1;`"),
        ("export let counter = 0;\n", r"here\.js: .* `export let"),
        ("export const { a, b } = { a: 1, b: 2 };\n", r"here\.js: .* `export const \{"),
        ('import inner from "./inner.js";\n', r"here\.js: .* `import inner"),
        ('const late = () => import("./inner.js");\n', r"here\.js: .* `import\("),
        ("const here = import.meta.url;\n", r"here\.js: .* `import\.meta"),
        ('import { inner } from "lodash";\n', r"here\.js: .* `import \{ inner \} from \"lodash\""),
        ('import { outer } from "./inner.js";\n', r"here\.js imports `outer` from inner\.js, which does not export it"),
        ('export { outer } from "./inner.js";\n', r"here\.js imports `outer` from inner\.js, which does not export it"),
        ('import { a } from "./nowhere.js";\n', r"nowhere\.js is imported, but is not there"),
        ('import { back } from "./circle.js";\n', r"here\.js -> circle\.js -> here\.js import each other"),
    ],
)
def test_what_it_cannot_carry_it_refuses_in_a_sentence(tmp_path, text, sentence):
    circle = 'import { a } from "./here.js";\nexport const back = () => a;\n'
    folder = folder_of(tmp_path, here_js=text, inner_js="export const inner = 1;\n", circle_js=circle)
    with pytest.raises(NotBundled, match=sentence):
        bundle(folder, "here")


def test_sheets_stand_in_the_order_of_their_imports_each_once(tmp_path):
    folder = folder_of(
        tmp_path,
        page_css='/* one address */\n@import "./base.css";\n@import "./cell.css";\n.page {}\n',
        base_css="/* what all share */\n.base {}\n",
        cell_css='@import "./base.css";\n.cell {}\n',
    )
    assert style_sheet(folder, "page") == ".base {}\n.cell {}\n.page {}\n"


@pytest.mark.parametrize(
    "text", ['@import "./base.css" print;\n', '@import url("base.css");\n', ".a { background: url(a.png) }\n"]
)
def test_a_sheet_that_would_ask_for_more_is_refused(tmp_path, text):
    with pytest.raises(NotBundled, match=r"page\.css"):
        style_sheet(folder_of(tmp_path, page_css=text, base_css=""), "page")
