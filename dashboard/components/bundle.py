"""One file of an entry's ES modules, one of its style sheets: a browser asks twice, not eighty times.

The sources stay ES modules and need no build step. In the bundle each module is a function that hands back its exports,
in the order in which a browser would run them. It knows the forms of import and export that the stage's modules are
written in; whatever else it meets it refuses in a sentence, when the server starts and not in somebody's browser.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import normpath

PUBLISHED = "vendor"  # the folder beside the sources that the bundles are written to
_NAME = r"[A-Za-z_$][\w$]*"
_IMPORT = re.compile(r'^import\s+(?:(\{[^}]*\}|\*\s+as\s+[\w$]+)\s+from\s+)?"(\.{1,2}/[\w./-]+)";[ \t]*$', re.M)
_PASSED_ON = re.compile(r'^export\s+(\{[^}]*\})\s+from\s+"(\.{1,2}/[\w./-]+)";[ \t]*$', re.M)
_LISTED = re.compile(r"^export\s+(\{[^}]*\});[ \t]*$", re.M)
_DECLARED = re.compile(rf"^export\s+((?:const|class|async function\*?|function\*?)\s+({_NAME}))", re.M)
_UNKNOWN = re.compile(r"^(?:import|export)\b.*|\bimport\s*\(.*|\bimport\.meta\b.*", re.M)
_COMMENT = re.compile(r"/\*\*(?:(?!\*/)[\s\S])*\*/|^[ \t]*//.*\n", re.M)  # what JSDoc says, and whole lines
_SHEET_IMPORT = re.compile(r'^@import\s+"(\.{1,2}/[\w./-]+)";[ \t]*\n', re.M)


class NotBundled(Exception):
    """A source is written in a way that the bundle cannot carry."""


@dataclass(frozen=True)
class Module:
    """imports: the modules it runs after, in order, each with the names it takes. body: its text as a function's.

    exports: name outside -> inside.
    """

    name: str
    imports: tuple[tuple[str, tuple[str, ...]], ...]
    body: str
    exports: dict[str, str]


def modules(folder: Path) -> list[str]:
    """All that were written by hand: "stage/stage" for stage/stage.js."""
    names = sorted(path.relative_to(folder).with_suffix("") for path in folder.rglob("*.js"))
    return [name.as_posix() for name in names if name.parts[0] != PUBLISHED]


def entries(folder: Path) -> list[str]:
    """The modules that a component can be made of: they export `mount`."""
    texts = {name: _text(folder / f"{name}.js") for name in modules(folder)}
    return [name for name, text in texts.items() if re.search(r"^export const mount\b", text, re.M)]


def bundle(folder: Path, entry: str) -> str:
    """``entry``.js with all it imports as one ES module of the same exports."""
    order = list(_in_order(folder, f"{entry}.js", _Walk()))
    exports = ", ".join(order[-1].exports)
    return "\n".join([*map(_function, order), f"export const {{ {exports} }} = {_variable(order[-1].name)};", ""])


def style_sheet(folder: Path, entry: str) -> str:
    """``entry``.css with all it imports in place, each once."""
    return _sheet(folder, f"{entry}.css", set())


@dataclass
class _Walk:
    """done: the modules met. way: those on the way to the one being read; to meet one of them is a circle."""

    done: dict[str, Module] = field(default_factory=dict)
    way: list[str] = field(default_factory=list)


def _in_order(folder: Path, name: str, walk: _Walk) -> Iterator[Module]:
    if name in walk.way:
        circle = " -> ".join([*walk.way[walk.way.index(name) :], name])
        raise NotBundled(f"The modules {circle} import each other: the bundle cannot tell which runs first.")
    if name in walk.done:
        return
    walk.way.append(name)
    module = walk.done[name] = read(folder, name)
    for source, names in module.imports:
        yield from _in_order(folder, source, walk)
        _check_names(module, walk.done[source], names)
    walk.way.pop()
    yield module


def read(folder: Path, name: str) -> Module:
    """One module. Comments go first: what is only talked about is no import."""
    text = _COMMENT.sub("", _text(folder / name))
    imports, exports = [], {}

    def imported(found: re.Match[str]) -> str:
        names, source = found[1] or "", _inside(name, found[2])
        pairs = [] if names.startswith("*") else _pairs(names)
        imports.append((source, tuple(inner for inner, _ in pairs)))
        return _declaration(names, pairs, source)

    def passed_on(found: re.Match[str]) -> str:
        pairs, source = _pairs(found[1]), _inside(name, found[2])
        imports.append((source, tuple(inner for inner, _ in pairs)))
        exports.update({outer: f"{_variable(source)}.{inner}" for inner, outer in pairs})
        return ""

    def listed(found: re.Match[str]) -> str:
        exports.update({outer: inner for inner, outer in _pairs(found[1])})
        return ""

    def declared(found: re.Match[str]) -> str:
        exports[found[2]] = found[2]
        return found[1]

    for form, take in ((_IMPORT, imported), (_PASSED_ON, passed_on), (_LISTED, listed), (_DECLARED, declared)):
        text = form.sub(take, text)
    unknown = _UNKNOWN.search(text)
    if unknown:
        raise NotBundled(f"{name}: the bundle does not know how to carry `{unknown[0].strip()}`.")
    return Module(name, tuple(imports), text.strip(), exports)


def _check_names(module: Module, source: Module, names: tuple[str, ...]) -> None:
    """A name that nobody exports is an error in a browser; as a property of an object it would be undefined."""
    for name in names:
        if name not in source.exports:
            raise NotBundled(f"{module.name} imports `{name}` from {source.name}, which does not export it.")


def _declaration(names: str, pairs: list[tuple[str, str]], source: str) -> str:
    """An import as a function says it; nothing for a module that is only to be run."""
    if names.startswith("*"):
        return f"const {names.split()[-1]} = {_variable(source)};"
    inside = ", ".join(outer if inner == outer else f"{inner}: {outer}" for inner, outer in pairs)
    return f"const {{ {inside} }} = {_variable(source)};" if pairs else ""


def _pairs(names: str) -> list[tuple[str, str]]:
    """``{ a, b as c }`` -> (a, a), (b, c)."""
    split = [each.split() for each in names.strip("{} \n").split(",") if each.strip()]
    return [(words[0], words[-1]) for words in split]


def _function(module: Module) -> str:
    pairs = ", ".join(outer if outer == inner else f"{outer}: {inner}" for outer, inner in module.exports.items())
    returned = f"return {{ {pairs} }};"
    return f"const {_variable(module.name)} = (() => {{ // {module.name}\n{module.body}\n{returned}\n}})();"


def _variable(name: str) -> str:
    """No source may use a name with this beginning: nothing hides the modules from one another."""
    return "module$" + re.sub(r"\W", "$", name.removesuffix(".js"))


def _inside(name: str, address: str) -> str:
    """``../shared/dom.js``, as ``name`` says it, from the folder."""
    return normpath(Path(name).parent / address)


def _sheet(folder: Path, name: str, seen: set[str]) -> str:
    seen.add(name)
    text = re.sub(r"/\*.*?\*/\n*", "", _text(folder / name), flags=re.S)
    wanted = [each for address in _SHEET_IMPORT.findall(text) if (each := _inside(name, address)) not in seen]
    rest = _SHEET_IMPORT.sub("", text)
    if "@import" in rest or "url(" in rest:
        raise NotBundled(
            f"{name}: the style sheet may import `./name.css` and the like alone, and fetch nothing by url()."
        )
    return "".join([*(_sheet(folder, each, seen) for each in wanted), rest])


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise NotBundled(f"{path.name} is imported, but is not there.") from None
