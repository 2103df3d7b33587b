"""A figure is one row of the README's table. Each benchmark declares its figures and takes them with `take`."""

import argparse
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from math import isfinite
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.machine import machine

NOT_TAKEN = "not taken"
LIBRARIES = "benchmarks/requirements.txt is not installed"


@dataclass(frozen=True)
class Figure:
    """One row of the table.

    what: in words that no other row has. goal: what it is to reach. form, unit: how a number of it is printed.
    value, range: the median and the range over the repeats (or a note in its place), as printed; "" until `measured`.
    left_out: why it could not be taken here, such as `LIBRARIES`.
    """

    what: str
    goal: str
    form: str = ".2f"
    unit: str = ""
    value: str = ""
    range: str = ""
    left_out: str = ""

    def __post_init__(self) -> None:
        for name, text in asdict(self).items():
            if "|" in text or "\n" in text or (not text and name in ("what", "goal", "form")):
                raise ValueError(f"{name} has to fit into a cell of a table, not {text!r}")

    def measured(self, values: Sequence[float], note: str = "") -> "Figure":
        """With the median of the repeats, and their range or a note. Raises `ValueError` unless all are finite."""
        if not values or not all(isfinite(value) for value in values):
            raise ValueError(f"{self.what}: cannot be told from {values}")
        low, high = (f"{bound:{self.form}}" for bound in (min(values), max(values)))
        return replace(
            self,
            value=f"{median(values):{self.form}} {self.unit}".strip(),
            range=note or (f"{low} to {high}" if len(values) > 1 else ""),
        )

    @property
    def cell(self) -> str:
        """What the table says: the value, and the range in brackets."""
        if not self.value:
            return f"{NOT_TAKEN}: {self.left_out}"
        return f"{self.value} ({self.range})" if self.range else self.value


@dataclass(frozen=True)
class Size:
    """How much of something a benchmark does, in full and in the quick mode."""

    full: Any
    quick: Any
    words: str


def take(doc: str | None, figures: Sequence[Figure], measure: Callable[..., Iterable[Figure]], **sizes: Size) -> None:
    """The command line of a benchmark: each size is an option and an argument of ``measure``.

    Raises `ValueError` unless ``measure`` gives exactly the figures that are declared.
    """
    options = _parser(doc, sizes).parse_args()
    chosen = {name: _chosen(getattr(options, name), size, options.quick) for name, size in sizes.items()}
    print(f"{machine()}\n", flush=True)
    taken = []
    for figure in measure(**chosen):
        print(f"{figure.what}: {figure.cell}; to reach: {figure.goal}", flush=True)
        taken.append(figure)
    check(figures, taken)
    if options.json:
        options.json.write_text(json.dumps([asdict(figure) for figure in taken]), encoding="utf-8")


def check(declared: Sequence[Figure], taken: Sequence[Figure]) -> None:
    """That each declared figure was taken once or left out with a word, and that no other was."""
    if [figure.what for figure in taken] != [figure.what for figure in declared]:
        raise ValueError(f"declared {[each.what for each in declared]}, taken {[each.what for each in taken]}")
    for figure in taken:
        if not (figure.value or figure.left_out):
            raise ValueError(f"{figure.what}: no value, and no word why")


def _parser(doc: str | None, sizes: dict[str, Size]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="smallest sizes: shows that it works; no figure to quote")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there as well")
    for name, size in sizes.items():
        several = isinstance(size.full, tuple)
        kind, default = type(size.full[0] if several else size.full), _words(size.full)
        about = f"{size.words} (default {default}; quick {_words(size.quick)})"
        parser.add_argument(f"--{name}", type=kind, nargs="+" if several else None, help=about)
    return parser


def _chosen(given: Any, size: Size, quick: bool) -> Any:
    if given is not None:
        return given
    return size.quick if quick else size.full


def _words(value: Any) -> str:
    return " ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def print_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """The first column to the left, the others to the right, each as wide as it must be."""
    widths = [max(len(row[column]) for row in (header, *rows)) for column in range(len(header))]
    for row in (header, *rows):
        first, *others = (f"{cell:>{width}}" for cell, width in zip(row, widths, strict=True))
        print("  ".join([f"{first.strip():<{widths[0]}}", *others]), flush=True)
    print()
