"""The arrows of the house: who may import whom. Read from the source by `ast`; where torch comes in, by running it."""

import ast
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter

import pytest

import lstm_core
from tests.helpers.imports import PACKAGES, arrows, belongs, modules, route, told, tree_of, within
from tests.helpers.places import ROOT

# The core's rooms, lower to higher: a module imports from its own room and from lower ones. Rooms in one row are
# neighbours, and know nothing of each other.
ROOMS = (
    ("formatting",),
    ("phrases",),
    ("errors",),
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
    "phrases",
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
    assert [arrow.target for arrow in route("lstm_core.work.judging", "lstm_core.network.recurrent")][-1:] == [
        "lstm_core.network.recurrent"
    ]
    assert route("lstm_core.network.recurrent", "torch", at_import=True)


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
    ("style", "texts"),
    ("components",),
    ("session", "run_view"),
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
    users = {
        module
        for module in modules()
        if belongs(module, "dashboard")
        for node in ast.walk(tree_of(module))
        if {"session_state", "cache_data", "cache_resource"} & {*names_in(node)}
    }
    assert users == {"dashboard.session.current"}


def names_in(node: ast.AST) -> list[str]:
    """Names that a node takes out of something: ``st.cache_data``, ``from streamlit import cache_data``."""
    if isinstance(node, ast.Attribute):
        return [node.attr]
    if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "streamlit":
        return [alias.name for alias in node.names]
    return []


def test_the_core_prints_nothing():
    printers = {module for module in modules() if belongs(module, "lstm_core") and prints(tree_of(module))}
    assert printers == {"lstm_core.__main__"}


def prints(tree: ast.Module) -> bool:
    return any(
        (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print")
        or (isinstance(node, ast.Attribute) and ast.unparse(node) in ("sys.stdout", "sys.stderr"))
        for node in ast.walk(tree)
    )


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
