"""Figures: what a benchmark says it measures, and that it cannot get away without."""

import json
from dataclasses import asdict
from math import inf, nan
from pathlib import Path

import pytest

from benchmarks.figures import LIBRARIES, Figure, Size, take

SPEED = Figure("speed of a snail", "at least 1 mm/s", ".1f", "mm/s")
SHELLS = Figure("shells", "1", ".0f")


def test_a_figure_is_the_median_with_the_range():
    figure = SPEED.measured([3.0, 0.26, 1.04])
    assert (figure.value, figure.range) == ("1.0 mm/s", "0.3 to 3.0")
    assert figure.cell == "1.0 mm/s (0.3 to 3.0)"
    assert (figure.what, figure.goal) == (SPEED.what, SPEED.goal)


def test_a_single_one_has_no_range_but_may_have_a_note():
    assert SHELLS.measured([1]).cell == "1"
    assert SHELLS.measured([1], "a left one").cell == "1 (a left one)"


@pytest.mark.parametrize("values", [[], [nan], [1.0, inf]])
def test_what_is_no_finite_number_is_no_figure(values):
    with pytest.raises(ValueError, match="speed of a snail"):
        SPEED.measured(values)


@pytest.mark.parametrize("fields", [("", "1"), ("a", ""), ("a | b", "1"), ("a\nb", "1"), ("a", "1", "")])
def test_a_figure_fits_into_a_table(fields):
    with pytest.raises(ValueError, match="has to fit into a cell"):
        Figure(*fields)


def run(monkeypatch: pytest.MonkeyPatch, measure, *options: str) -> None:
    monkeypatch.setattr("sys.argv", ["snails", *options])
    take("Snails.", [SPEED, SHELLS], measure, repeats=Size(5, 1, "snails"), rates=Size((0.5, 0.25), (2.0,), "speeds"))


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ([], (5, (0.5, 0.25))),
        (["--quick"], (1, (2.0,))),
        (["--quick", "--repeats", "3", "--rates", "7", "8"], (3, [7.0, 8.0])),
    ],
)
def test_sizes_are_options(monkeypatch, options, expected):
    seen = []

    def measure(repeats: int, rates):
        seen.append((repeats, rates))
        return [SPEED.measured([1.0]), SHELLS.measured([1])]

    run(monkeypatch, measure, *options)
    assert seen == [expected]


def test_the_figures_are_printed_and_written_as_data(monkeypatch, tmp_path: Path, capsys):
    taken = [SPEED.measured([1.0, 2.0]), SHELLS.measured([1])]
    run(monkeypatch, lambda **_: taken, "--json", str(tmp_path / "figures.json"))
    assert json.loads((tmp_path / "figures.json").read_text()) == [asdict(figure) for figure in taken]
    assert "speed of a snail: 1.5 mm/s (1.0 to 2.0); to reach: at least 1 mm/s" in capsys.readouterr().out


@pytest.mark.parametrize(
    "taken",
    [
        [SPEED.measured([1.0])],
        [SPEED.measured([1.0]), SPEED.measured([1.0])],
        [SHELLS.measured([1]), SPEED.measured([1.0])],
        [SPEED.measured([1.0]), SHELLS.measured([1]), Figure("slime", "none").measured([1])],
    ],
)
def test_all_that_is_declared_is_taken_and_nothing_else(monkeypatch, taken):
    with pytest.raises(ValueError, match="declared"):
        run(monkeypatch, lambda **_: taken)


def test_a_figure_may_be_left_out_with_a_word_only(monkeypatch):
    left_out = Figure("shells", "1", left_out=LIBRARIES)
    run(monkeypatch, lambda **_: [SPEED.measured([1.0]), left_out])
    assert left_out.cell == "not taken: benchmarks/requirements.txt is not installed"
    with pytest.raises(ValueError, match="no word why"):
        run(monkeypatch, lambda **_: [SPEED.measured([1.0]), SHELLS])
