"""Where the sources use a text: the reader's calls in Python, by `ast`, and ``words`` in JavaScript, by its spelling.

A key that is put together is a pattern: what is filled in stands for anything. Where that says too little, or where the
key is a mere variable, a comment in the line or above it names the keys: ``words: train, test``; ``{activation}`` in it
is any activation's name, ``*`` anything.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from lstm_core.network.cells import BOUNDS, CELLS
from tests.helpers.places import ROOT

DASHBOARD = ROOT / "dashboard"
_DECLARED = re.compile(r"(?:#|//) words: (.*)$")
_CELL = f"(?:_(?:{'|'.join(CELLS)}))?"
_ANYTHING, _NAME = r"\w*", r"[a-z]\w*"
# A folder of static/ that one component has for itself -> what says which words that one sends.
OWN = {"inside": "stage_content.py", **{name: f"{name}.py" for name in ("compare", "sequences", "one_unit")}}
_OF_SECTION = ("body", "revision")  # of a message: what carries the words


@dataclass(frozen=True)
class Use:
    """keys: patterns of whole keys, of which it takes one. values: what the placeholders get, None where that cannot be
    told; is_all: nothing else goes into them."""

    where: str
    keys: tuple[str, ...]
    values: frozenset[str] | None = None
    is_all: bool = True

    def matches(self, key: str) -> bool:
        return any(_compiled(each).fullmatch(key) for each in self.keys)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@dataclass
class Found:
    """uses: in Python of "file.name", in JavaScript of "name". undeclared: keys that nobody can know."""

    uses: list[Use] = field(default_factory=list)
    undeclared: list[str] = field(default_factory=list)


def in_python() -> Found:
    found = Found()
    for path in sorted(DASHBOARD.rglob("*.py")):
        if path != DASHBOARD / "texts" / "__init__.py":
            python(path.read_text(encoding="utf-8"), str(path.relative_to(ROOT)), found)
    return found


def python(source: str, where: str, found: Found) -> None:
    lines = source.splitlines()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("say", "counted"):
            place = f"{where}:{node.lineno}"
            named = _declaration(lines, node.lineno - 1) or _declaration(lines, node.end_lineno - 1)  # pyright: ignore
            keys = [key for each in _branches(node.args[0]) for key in _python_keys(each, named)]
            if not keys:
                found.undeclared.append(place)
                continue
            ending = "_(?:one|other)" if node.func.id == "counted" else ""
            found.uses.append(Use(place, tuple(key + ending for key in keys), *_keywords(node)))


def _branches(key: ast.expr) -> Iterator[ast.expr]:
    if isinstance(key, ast.IfExp):
        yield from (*_branches(key.body), *_branches(key.orelse))
    else:
        yield key


def _python_keys(key: ast.expr, named: list[str]) -> list[str]:
    if isinstance(key, ast.Constant):
        return [re.escape(str(key.value))]
    if not isinstance(key, ast.JoinedStr):
        return []
    parts = [re.escape(str(each.value)) if isinstance(each, ast.Constant) else _ANYTHING for each in key.values]
    pattern = "".join(parts)
    file, _, name = pattern.partition(r"\.")
    return [rf"{file}\.{each}" for each in named] if name == _ANYTHING else [pattern]


def _keywords(call: ast.Call) -> tuple[frozenset[str], bool]:
    names = frozenset(each.arg for each in call.keywords if each.arg)
    return names | ({"count"} if call.func.id == "counted" else set()), all(each.arg for each in call.keywords)  # pyright: ignore


def files_sent(use: Use) -> set[str]:
    """What JavaScript in this folder finds in its message; what several components share, in any one's."""
    folder = use.where.split("/")[2]
    return set(_files(DASHBOARD / "components" / OWN[folder])) if folder in OWN else all_files_sent()


def all_files_sent() -> set[str]:
    """All others are Python's alone."""
    return {file for path in (DASHBOARD / "components").glob("*.py") for file in _files(path)}


def files_read_whole() -> set[str]:
    """Whose names are names of the code: of fields, parameters and their choices."""
    return {file for path in (DASHBOARD / "texts").glob("*.py") for file in _files(path)}


@cache
def _files(path: Path) -> list[str]:
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    calls = [node for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    said = [node.args for node in calls if node.func.id == "words"]  # pyright: ignore
    return [str(each.value) for args in said for each in args if isinstance(each, ast.Constant)]


def in_javascript() -> Found:
    found = Found()
    for path in sorted((DASHBOARD / "static").rglob("*.js")):
        name = str(path.relative_to(ROOT))
        if "/vendor/" not in name and path.name not in ("cells.js", "step_words.js"):  # they look words up for others
            javascript(path.read_text(encoding="utf-8"), name, found)
    return found


def javascript(source: str, where: str, found: Found) -> None:
    lines = source.splitlines()
    code = re.sub(r"/\*\*.*?\*/", lambda said: re.sub(r"[^\n]", " ", said[0]), source, flags=re.S)
    code = re.sub(r"//.*$", lambda said: " " * len(said[0]), code, flags=re.M)
    for match in re.finditer(r"\bwords\??(?:\.([a-z]\w*)|\[)|\b(wordOf|counted)\(", code):
        at = code.count("\n", 0, match.start())
        place = f"{where}:{at + 1}"
        if code[: match.start()].endswith("function "):
            continue
        if match[1] in _OF_SECTION:
            continue
        if match[1]:
            found.uses.append(_use(code, match, place, (match[1],)))
            continue
        inside = _until_closed(code, match.end())
        key = inside if match[2] is None else _second(inside)
        keys = _declaration(lines, at) or _javascript_keys(key)
        if not keys or any(re.fullmatch(r"(?:\\w\*|_)+", key) for key in keys):
            found.undeclared.append(place)
            continue
        ending = {"wordOf": _CELL, "counted": "_(?:one|other)"}.get(match[2] or "", "")
        found.uses.append(_use(code, match, place, tuple(each + ending for each in keys)))


def _javascript_keys(expression: str) -> list[str]:
    """Its strings and its templates; `steps`, of which there are two forms, is one of format.js."""
    keys = re.findall(rf'"({_NAME})"', re.sub(r"`.*?`|[=!]== \"\w+\"", "", expression))
    templates = re.findall(r"`(.*?)`", expression)
    return [*keys, *(re.sub(r"\$\{[^}]*\}", lambda _: _ANYTHING, each) for each in templates)]


def _use(code: str, match: re.Match[str], place: str, keys: tuple[str, ...]) -> Use:
    """With what `fill` puts in, where it is asked for right here by an object that names all of it."""
    before = code[: match.start()]
    called = re.search(r"\bfill\(\s*(?:\w+\.)*$", before)
    if not called or match[2]:
        return Use(place, keys)
    inside = _until_closed(code, called.start() + len(called[0].split("(")[0]) + 1)
    given = re.fullmatch(r"[^{]*?,\s*\{(.*)\}\s*,?\s*", re.sub(r"^[^,]*\]|^[^,{]*", "", inside), re.S)
    if not given or "..." in given[1]:
        return Use(place, keys)
    return Use(place, keys, frozenset(_property_names(given[1])))


def _property_names(inside: str) -> Iterator[str]:
    depth, start = 0, 0
    for at, sign in enumerate([*inside, ","]):
        depth += (sign in "([{") - (sign in ")]}")
        if sign == "," and not depth:
            name = re.match(r"\s*(\w+)", inside[start:at])
            if name:
                yield name[1]
            start = at + 1


def _until_closed(code: str, start: int) -> str:
    depth = 1
    for at in range(start, len(code)):
        depth += (code[at] in "([{") - (code[at] in ")]}")
        if not depth:
            return code[start:at]
    raise ValueError("a bracket is not closed")


def _second(arguments: str) -> str:
    """Of wordOf(words, key, cell), counted(words, key, count)."""
    return re.split(r",\s*", arguments)[1]


def _declaration(lines: list[str], at: int) -> list[str]:
    above = lines[at - 1].strip() if at else ""
    for line in (lines[at], above if above.startswith(("#", "//")) else ""):
        if said := _DECLARED.search(line):
            return [_pattern(each.strip()) for each in said[1].split(",")]
    return []


def _pattern(name: str) -> str:
    activation = f"(?:{'|'.join(BOUNDS)})"
    return re.escape(name).replace(r"\{activation\}", activation).replace(r"\*", _ANYTHING)
