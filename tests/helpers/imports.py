"""Who imports whom in the two packages, read from the source by `ast`."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tests.helpers.places import ROOT

PACKAGES = ("lstm_core", "dashboard")


class Arrow(NamedTuple):
    """``source`` imports ``target`` in ``line``; at_import: when it is imported itself, not in a function later."""

    source: str
    target: str
    line: int
    at_import: bool

    def __str__(self) -> str:
        return f"{path_of(self.source).relative_to(ROOT)}:{self.line} imports {self.target}"


@cache
def modules() -> dict[str, Path]:
    """Dotted name -> file of everything in the two packages."""
    files = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    return {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in files}


def path_of(module: str) -> Path:
    return modules()[module]


@cache
def tree_of(module: str) -> ast.Module:
    return ast.parse(path_of(module).read_text(encoding="utf-8"))


@cache
def arrows() -> tuple[Arrow, ...]:
    """Every import but those under TYPE_CHECKING, which never run."""
    return tuple(arrow for module in modules() for arrow in imports_in(module, tree_of(module).body, True))


def imports_in(module: str, body: list[ast.stmt], at_import: bool) -> Iterator[Arrow]:
    for node in body:
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            yield from imports_in(module, node.orelse, at_import)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            yield from (Arrow(module, target, node.lineno, at_import) for target in targets_of(module, node))
        else:
            inside = at_import and not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            yield from imports_in(module, list(statements_in(node)), inside)


def statements_in(node: ast.AST) -> Iterator[ast.stmt]:
    """Statements below, through handlers and cases, which are none themselves."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.stmt):
            yield child
        elif isinstance(child, ast.ExceptHandler | ast.match_case):
            yield from statements_in(child)


def targets_of(module: str, node: ast.Import | ast.ImportFrom) -> list[str]:
    """Modules, not names: `from dashboard import charts` means dashboard.panels.charts."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    package = module if path_of(module).name == "__init__.py" else module.rpartition(".")[0]
    above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
    base = ".".join([*above, *([node.module] if node.module else [])])
    named = [f"{base}.{alias.name}" for alias in node.names]
    return sorted({name if name in modules() else base for name in named})


def within(package: str) -> list[Arrow]:
    return [arrow for arrow in arrows() if belongs(arrow.source, package)]


def belongs(module: str, package: str) -> bool:
    return module == package or module.startswith(package + ".")


def route(source: str, goal: str, at_import: bool = False) -> list[Arrow]:
    """The shortest way of imports from a module to a package, or nothing.

    A module brings its packages along: `import a.b.c` runs a and a.b too.
    """
    ways: dict[str, list[Arrow]] = {source: []}
    queue = [source]
    for module in queue:
        for arrow in arrows():
            if arrow.source != module or (at_import and not arrow.at_import):
                continue
            way = [*ways[module], arrow]
            if belongs(arrow.target, goal):
                return way
            for reached in with_packages(arrow.target) - ways.keys():
                ways[reached] = way
                queue.append(reached)
    return []


def with_packages(module: str) -> set[str]:
    parts = module.split(".")
    return {".".join(parts[: end + 1]) for end in range(len(parts))} & modules().keys()


def told(wrong: list[Arrow], rule: str) -> str:
    return f"{rule}: " + "; ".join(map(str, wrong))
