"""No benchmark is forgotten, and no figure stands in the README without one."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import __main__ as everything
from benchmarks.__main__ import BENCHMARKS, README, ROOT, collect, declared
from benchmarks.table import read

FOLDER = ROOT / "benchmarks"


def test_the_readme_holds_exactly_the_figures_that_are_measured():
    rows = read(README.read_text(encoding="utf-8")).rows
    measured = [(figure.what, figure.goal) for figure in declared()]
    assert [(row.what, row.goal) for row in rows] == measured, "python -m benchmarks --declare brings them in line"


def test_no_two_figures_have_the_same_words():
    figures = declared()
    assert len({figure.what for figure in figures}) == len(figures) > 20


def imported_by(name: str) -> set[str]:
    """Modules of the folder that a module of the folder imports or runs."""
    text = (FOLDER / f"{name}.py").read_text(encoding="utf-8")
    imports = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ImportFrom)]
    whole = {node.module.partition(".")[2] for node in imports if node.module and node.module.startswith("benchmarks.")}
    named = {alias.name for node in imports if node.module == "benchmarks" for alias in node.names}
    return whole | named | ({"classroom"} if '"benchmarks.classroom"' in text else set())


def test_every_file_is_run_or_serves_one_that_is():
    """Whoever adds a file either adds it to BENCHMARKS, which .ci/run runs, or imports it there."""
    reached, left = set[str](), {"__main__", *BENCHMARKS}
    while left:
        reached |= left
        left = set().union(*map(imported_by, left)) - reached
    assert reached == {path.stem for path in FOLDER.glob("*.py")}


def test_what_declares_figures_is_a_benchmark():
    """A file with figures of its own that another one imports would not be run."""
    with_figures = {path.stem for path in FOLDER.glob("*.py") if "\nFIGURES = " in path.read_text(encoding="utf-8")}
    assert with_figures == set(BENCHMARKS)


def test_ci_runs_them_all():
    assert "python -m benchmarks --quick" in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()


def test_the_guide_names_each_of_them():
    guide = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert [name for name in BENCHMARKS if f"`python -m benchmarks.{name}`" not in guide] == []


ONE_THREAD = """
import torch
from benchmarks.{name} import measure
torch.set_num_threads(2)
next(iter(measure({sizes})))
assert torch.get_num_threads() == 1, torch.get_num_threads()
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "sizes"), [("trace", "repeats=1"), ("time_to_quality", "rates=[0.01], seeds=1, cap=0.0, slack=99.0")]
)
def test_what_counts_processor_seconds_has_one_thread(name, sizes):
    """Two that wait for each other on a busy machine would count the waiting."""
    done = subprocess.run([sys.executable, "-c", ONE_THREAD.format(name=name, sizes=sizes)], cwd=ROOT)
    assert done.returncode == 0


@pytest.mark.slow
def test_figures_come_home_from_a_process_of_their_own_and_a_failure_does_not_end_the_others(capfd):
    figures, failed = collect(("of_somebody_else", "trace"), quick=True)
    assert failed == ["of_somebody_else"]
    assert len(figures) == 3
    assert all(float(figure.value) > 0 for figure in figures)
    assert "No module named benchmarks.of_somebody_else" in capfd.readouterr().err


@pytest.fixture
def copy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Of the README, which is what is written into."""
    copy = tmp_path / "README.md"
    copy.write_text(README.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(everything, "README", copy)
    return copy


@pytest.mark.parametrize(
    ("options", "benchmarks", "code", "is_written"),
    [
        ([], (), 0, True),
        (["--quick"], (), 0, False),
        ([], ("of_somebody_else",), 1, False),
        (["--quick"], ("of_somebody_else",), 1, False),
    ],
)
def test_the_readme_is_written_into_when_all_was_measured_in_full(
    monkeypatch, copy, capsys, options, benchmarks, code, is_written
):
    before = copy.read_text(encoding="utf-8")
    monkeypatch.setattr(everything, "BENCHMARKS", benchmarks)
    monkeypatch.setattr("sys.argv", ["benchmarks", *options])
    assert everything.main() == code
    after = copy.read_text(encoding="utf-8")
    assert (after != before) == is_written
    assert read(after).taken.startswith("Taken on ") or not is_written
    assert all(name in capsys.readouterr().out for name in benchmarks)
