"""The README's table of figures: written, read back, renewed."""

from dataclasses import replace

import pytest

from benchmarks.figures import Figure
from benchmarks.table import END, NEVER, START, Row, Table, declared, read, renewed, written

README = f"# Snails\n\n{START}\nold\n{END}\n\nThe end.\n"
SPEED, SHELLS, SLIME = Figure("speed", "at least 1", ".1f", "mm/s"), Figure("shells", "1", ".0f"), Figure("slime", "0")
OLD = Table(
    "Taken on 2026-01-01: a garden.",
    "in a wood.",
    (Row("speed", "0.9 mm/s (0.8 to 1.0)", "0.5 mm/s", "2"), Row("shells", "not taken: asleep", "1", "1")),
)


def test_what_is_written_can_be_read():
    readme = written(README, OLD)
    assert read(readme) == OLD
    assert readme.startswith(f"# Snails\n\n{START}\n")
    assert readme.endswith(f"\n{END}\n\nThe end.\n")
    assert "| speed | 0.9 mm/s (0.8 to 1.0) | 0.5 mm/s | 2 |" in readme.splitlines()
    assert written(readme, OLD) == readme


@pytest.mark.parametrize(
    "readme",
    [
        README.replace(START, ""),
        README.replace(END, ""),
        README.replace(START, "").replace(END, f"{END}\n{START}"),
        README + README,
    ],
)
def test_without_its_marks_nothing_is_written_or_read(readme):
    with pytest.raises(ValueError, match="each once"):
        written(readme, OLD)
    with pytest.raises(ValueError, match="each once"):
        read(readme)


def test_another_table_is_not_read():
    with pytest.raises(ValueError, match="columns"):
        read(README)


def test_what_was_measured_becomes_what_was_before():
    new = renewed(OLD, [SPEED.measured([1.5]), SHELLS.measured([1]), SLIME.measured([0])], "Taken on 2026-02-02.")
    assert new == Table(
        "Taken on 2026-02-02.",
        "Taken on 2026-01-01: a garden.",
        (
            Row("speed", "1.5 mm/s", "0.9 mm/s (0.8 to 1.0)", "at least 1"),
            Row("shells", "1", "1", "1"),  # the last time it was asleep
            Row("slime", "0.00", NEVER, "0"),
        ),
    )


def test_before_the_first_time_stays_what_was_before():
    untaken = replace(OLD, rows=tuple(replace(row, measured="not taken yet") for row in OLD.rows))
    new = renewed(untaken, [SPEED.measured([1.5])], "Taken on 2026-02-02.")
    assert (new.before, new.rows[0].before) == ("in a wood.", "0.5 mm/s")


def test_a_new_row_says_that_nobody_measured_it():
    new = declared(OLD, [SLIME, SPEED])
    assert new.rows == (Row("slime", "not taken", NEVER, "0"), replace(OLD.rows[0], goal="at least 1"))
    assert (new.taken, new.before) == (OLD.taken, OLD.before)
