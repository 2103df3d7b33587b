"""The README's table of figures: read, renewed and written between two marks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.figures import NOT_TAKEN, Figure

START, END = "<!-- figures -->", "<!-- end of figures -->"
HEADER = ("what", "measured", "before", "to reach")
NEVER = "–"
_BEFORE = "Before: "


@dataclass(frozen=True)
class Row:
    what: str
    measured: str
    before: str
    goal: str


@dataclass(frozen=True)
class Table:
    """taken, before: one line each on when and with what the two columns were measured."""

    taken: str
    before: str
    rows: tuple[Row, ...]


def renewed(old: Table, figures: Sequence[Figure], taken: str) -> Table:
    """What was measured becomes what was before; one that was not taken the last time keeps the one before that."""
    last = {row.what: row.before if row.measured.startswith(NOT_TAKEN) else row.measured for row in old.rows}
    rows = [Row(each.what, each.cell, last.get(each.what, NEVER), each.goal) for each in figures]
    is_first = all(row.measured.startswith(NOT_TAKEN) for row in old.rows)
    return Table(taken, old.before if is_first else old.taken, tuple(rows))


def declared(old: Table, figures: Sequence[Figure]) -> Table:
    """The rows that are declared now; what was measured of them stays."""
    known = {row.what: row for row in old.rows}
    rows = [known.get(each.what, Row(each.what, NOT_TAKEN, NEVER, "")) for each in figures]
    in_line = (Row(row.what, row.measured, row.before, each.goal) for row, each in zip(rows, figures, strict=True))
    return Table(old.taken, old.before, tuple(in_line))


def markdown(table: Table) -> str:
    lines = [HEADER, ("---",) * len(HEADER), *((row.what, row.measured, row.before, row.goal) for row in table.rows)]
    body = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return f"{table.taken}\n\n{body}\n\n{_BEFORE}{table.before}"


def read(readme: str) -> Table:
    """Raises `ValueError` where it does not hold one table between the marks."""
    _, between, _ = _parted(readme)
    head, *lines = between.strip().splitlines()
    cells = [tuple(line.strip("| ").split(" | ")) for line in lines if line.startswith("|")]
    if cells[:1] != [HEADER] or not all(len(row) == len(HEADER) for row in cells):
        raise ValueError(f"the table between {START} and {END} does not have the columns {HEADER}")
    before = next((line.removeprefix(_BEFORE) for line in lines if line.startswith(_BEFORE)), NEVER)
    return Table(head, before, tuple(Row(*row) for row in cells[2:]))


def written(readme: str, table: Table) -> str:
    """The README with the table in the place of its own. Raises `ValueError` where the marks are missing."""
    above, _, below = _parted(readme)
    return f"{above}{START}\n{markdown(table)}\n{END}{below}"


def _parted(readme: str) -> tuple[str, str, str]:
    parts = re.fullmatch(f"(.*){START}\n(.*){END}(.*)", readme, re.DOTALL)
    if parts is None or readme.count(START) != 1 or readme.count(END) != 1:
        raise ValueError(f"the README has to hold {START} and, after it, {END}, each once on a line of its own")
    above, between, below = parts.groups()
    return above, between, below
