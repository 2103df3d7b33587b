"""The arrows of the house: who may import whom. Read from the source by `ast`; where torch comes in, by running it."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import NamedTuple

import pytest

import lstm_core

ROOT = Path(__file__).parent.parent
PACKAGES = ("lstm_core", "dashboard")

# The core's rooms, lower to higher: a module imports from its own room and from lower ones. Rooms in one row are
# neighbours, and know nothing of each other.
ROOMS = (
    ("errors", "formatting"),
    ("checks",),
    ("hyperparameters",),
    ("pieces",),
    ("data",),
    ("network",),
    ("training",),
    ("forecasting", "explaining"),
    ("runs",),
    ("experiments", "export"),
    ("work",),
    ("engine",),
    ("jobs",),
    ("api",),
    ("__main__",),
)

# It imports nothing, and everybody may import it: the rules of the hyperparameters list its names.
TABLE = "lstm_core.network.cells"

# Inside a room, lower to higher: nothing may reach, through however many modules, what stands behind it in its row.
CHAINS = (
    ("data.series", "data.csv.reading", "data.catalogue"),
    ("network.weights", "network.equations", "network.recurrent", "network.forecaster"),
    ("training.checkpoint", "training.history"),
    ("training.checkpoint", "training.problem", "training.loop"),
    ("training.problem", "training.problems.forecasting.problem"),
    ("forecasting.predict", "forecasting.evaluation"),
    ("explaining.clamps", "explaining.patterns"),
    ("work.judging", "work.training"),
    ("experiments.settings", "experiments.sequences.task", "experiments.gap"),
    ("experiments.settings", "experiments.problem"),
)

SCREENS = {"streamlit", "plotly", "matplotlib", "bokeh", "altair", "IPython", "ipywidgets", "tkinter", "rich", "tqdm"}

# Reading these must not cost the app's process torch. The others of the core may be for workers alone.
WITHOUT_TORCH_ROOMS = ("data", "runs", "work", "engine", "export")
WITHOUT_TORCH = {
    "api",
    "checks",
    "errors",
    "hyperparameters",
    "pieces",
    "formatting",
    *(f"network.{name}" for name in ("cells", "trace", "weights", "size")),
    *(f"training.{name}" for name in ("windows", "checkpoint")),
    *(f"forecasting.{name}" for name in ("predict", "evaluation", "significance", "moves")),
    *(f"explaining.{name}" for name in ("clamps", "patterns")),
    *(f"experiments.{name}" for name in ("gap", "long_memory", "sine", "three_ways", "settings")),
    *(f"experiments.{name}" for name in ("one_unit", "sequences", "first_model", "variable_length")),
    *(f"training.{name}" for name in ("history", "problem", "problems.forecasting.task")),
}
NEEDS_TORCH = {"runs.train"}

# Its import runs the app: that is for the tests that open the app.
RUNS_AT_IMPORT = {"dashboard.server.navigation"}


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


def test_the_walk_sees_the_imports_that_are_there():
    """Or else all that follows would pass on nothing."""
    seen = {(arrow.source, arrow.target, arrow.at_import) for arrow in arrows()}
    assert ("lstm_core.network.recurrent", "lstm_core.network.equations", True) in seen
    assert ("lstm_core.network.recurrent", "torch", True) in seen
    assert ("lstm_core.work.judging", "lstm_core.forecasting.evaluation", False) in seen  # inside a function
    assert not any(
        arrow[:2] == ("lstm_core.forecasting.predict", "lstm_core.network.forecaster") for arrow in arrows()
    )  # types alone
    assert len(modules()) > 20


def test_the_core_knows_no_app_and_no_screen():
    wrong = [arrow for arrow in within("lstm_core") if arrow.target.split(".")[0] in {"dashboard"} | SCREENS]
    assert not wrong, told(wrong, "lstm_core knows no screen")


def room_of(module: str) -> str:
    """ "lstm_core.data.csv.text" -> "data"; the package itself has none."""
    return module.split(".")[1] if module.startswith("lstm_core.") else ""


def test_a_room_imports_lower_rooms_alone():
    height = {room: row for row, rooms in enumerate(ROOMS) for room in rooms}
    assert {room_of(module) for module in modules() if room_of(module)} == height.keys()
    inside = [arrow for arrow in within("lstm_core") if arrow.target.startswith("lstm_core.") and room_of(arrow.source)]
    assert not [arrow for arrow in arrows() if arrow.source == TABLE and arrow.target in modules()]
    inside = [arrow for arrow in inside if arrow.target != TABLE]
    crossing = [arrow for arrow in inside if room_of(arrow.source) != room_of(arrow.target)]
    wrong = [arrow for arrow in crossing if height[room_of(arrow.target)] >= height[room_of(arrow.source)]]
    assert crossing
    assert not wrong, told(wrong, "a room of the core imports from lower ones alone")


def test_nobody_inside_takes_the_public_face():
    """It stands above all rooms, and its package is there before any of them."""
    named = [f"lstm_core.{name}" for name in lstm_core.__all__]
    wrong = [arrow for arrow in arrows() if arrow.target == "lstm_core" or arrow.target in named]
    assert not wrong, told(wrong, "inside, a name is imported from the room where it lives")


@pytest.mark.parametrize("chain", CHAINS, ids=" -> ".join)
def test_lower_never_imports_higher(chain):
    names = [f"lstm_core.{name}" for name in chain]
    assert set(names) <= modules().keys()
    for position, lower in enumerate(names):
        for higher in names[position + 1 :]:
            way = route(lower, higher)
            assert not way, told(way, f"{lower} is below {higher} and must not reach it")


def test_no_two_modules_import_each_other():
    """In a circle, whoever is imported first finds the other half made.

    A task names its problem inside a function, where both are made long since: they are two halves of one thing, of
    which one needs torch.
    """
    once = [arrow for arrow in arrows() if arrow.at_import]
    below = {module: {arrow.target for arrow in once if arrow.source == module} for module in modules()}
    try:
        TopologicalSorter(below).prepare()
    except CycleError as error:
        pytest.fail("a circle of imports: " + " -> ".join(reversed(error.args[1])))


def test_pages_do_not_know_each_other():
    """A page is a file, or a folder whose files are its parts."""
    crossing = [
        arrow for arrow in within("dashboard.pages") if page_of(arrow.target) not in ("", page_of(arrow.source))
    ]
    assert page_of("dashboard.pages.experiments.sine") == "experiments"
    assert not crossing, told(crossing, "a page imports no other page")


def page_of(module: str) -> str:
    """ "dashboard.pages.experiments.sine" -> "experiments"; "" for what is no page."""
    return module.split(".")[2] if module.startswith("dashboard.pages.") else ""


# Lower to higher: what may be imported from anywhere in the app, and what only by pages and the server.
APP_ROOMS = (
    ("components", "texts", "session", "run_view"),
    ("panels",),
    ("pages",),
    ("server",),
    ("app",),
    ("__main__",),
)


def test_a_room_of_the_app_imports_lower_rooms_alone():
    height = {f"dashboard.{room}": row for row, rooms in enumerate(APP_ROOMS) for room in rooms}
    rooms = {module: ".".join(module.split(".")[:2]) for module in modules() if module.startswith("dashboard.")}
    assert set(rooms.values()) == height.keys()
    inside = [arrow for arrow in within("dashboard") if arrow.source in rooms and arrow.target in rooms]
    wrong = [arrow for arrow in inside if height[rooms[arrow.target]] > height[rooms[arrow.source]]]
    assert inside
    assert not wrong, told(wrong, "a room of the app imports from lower ones alone")


def test_the_app_imports_nothing_that_needs_torch():
    for arrow in within("dashboard"):
        if belongs(arrow.target, "torch"):
            raise AssertionError(told([arrow], "the app's process never imports torch"))
        if arrow.target in modules():
            way = route(arrow.target, "torch", at_import=True)
            assert not way, told([arrow, *way], "the app's process never imports torch")


def test_session_alone_touches_what_streamlit_keeps():
    wrong = [
        f"{path_of(module).relative_to(ROOT)} uses {name}"
        for module in modules()
        if belongs(module, "dashboard") and module != "dashboard.session.current"
        for node in ast.walk(tree_of(module))
        for name in names_in(node)
        if name in ("session_state", "cache_data", "cache_resource")
    ]
    assert not wrong, "only dashboard/session/current.py touches st.session_state and st.cache_*: " + "; ".join(wrong)


def names_in(node: ast.AST) -> list[str]:
    """Names that a node takes out of something: ``st.cache_data``, ``from streamlit import cache_data``."""
    if isinstance(node, ast.Attribute):
        return [node.attr]
    if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "streamlit":
        return [alias.name for alias in node.names]
    return []


def test_the_core_prints_nothing():
    wrong = [
        f"{path_of(module).relative_to(ROOT)}:{node.lineno}"
        for module in modules()
        if belongs(module, "lstm_core") and module != "lstm_core.__main__"
        for node in ast.walk(tree_of(module))
        if (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print")
        or (isinstance(node, ast.Attribute) and ast.unparse(node) in ("sys.stdout", "sys.stderr"))
    ]
    assert not wrong, "lstm_core prints nothing outside __main__.py: " + ", ".join(wrong)


CHECK = """
import importlib, sys
for name in sys.argv[1:]:
    importlib.import_module(name)
    if "torch" in sys.modules:
        sys.exit(f"importing {name} brought torch along")
"""


@pytest.mark.parametrize("package", PACKAGES)
def test_torch_stays_outside(package):
    """All in one process, which is what the app's server is."""
    wanted = free_of_torch() if package == "lstm_core" else {m for m in modules() if belongs(m, package)}
    wanted -= RUNS_AT_IMPORT
    assert wanted <= modules().keys()
    done = subprocess.run([sys.executable, "-c", CHECK, *sorted(wanted)], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def free_of_torch() -> set[str]:
    rooms = {module for module in modules() if room_of(module) in WITHOUT_TORCH_ROOMS}
    return {"lstm_core", *rooms, *(f"lstm_core.{name}" for name in WITHOUT_TORCH)} - {
        f"lstm_core.{name}" for name in NEEDS_TORCH
    }
