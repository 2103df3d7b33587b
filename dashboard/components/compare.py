"""The page Compare as a component: one to four networks, one window, one clock.

Films and sections travel as the stage's do, each once and only where the browser lacks it; columns name their film.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from dashboard.components.buffer import Buffer, finite, whole_epoch
from dashboard.components.cell_row import cell_row
from dashboard.components.component import Component
from dashboard.components.film import Film
from dashboard.components.from_browser import fields, is_large, is_number
from dashboard.components.payload import entry, film_entry, status_body
from dashboard.components.stage_content import Chart, Losses, Status
from dashboard.texts import words
from lstm_core.errors import InvalidArgument
from lstm_core.phrases import verbatim

FEWEST, MOST = 1, 4


@dataclass(frozen=True, eq=False, kw_only=True)
class Judged:
    """One-step errors over the test part at one age; never the network's without naive's. skill: 1 - RMSE / naive's.

    sure: could chance have made the difference from naive, in a few words; sure_first: from the first column's network,
    empty for that one and where it is not judged on the same days.
    """

    epoch: float
    days: int
    rmse: float
    naive: float
    skill: float
    sure: str
    sure_first: str = ""

    def __post_init__(self) -> None:
        if not np.isfinite(self.naive):
            raise InvalidArgument("naive", verbatim("a finite RMSE"), self.naive)


@dataclass(frozen=True, eq=False, kw_only=True)
class Column:
    """One network. ``id`` tells its place; epoch: the age to open on (None: the newest).

    losses: None before the first epoch; seconds: (E,) what each of its epochs took of a worker.
    parameters: how many numbers it learns; planned: epochs.
    """

    id: str
    name: str
    cell: str
    film: Film | None
    epoch: float | None
    losses: Losses | None
    seconds: np.ndarray
    parameters: int
    planned: int
    judged: Judged | None = None
    status: Status = field(default_factory=Status)

    def __post_init__(self) -> None:
        epochs = np.shape(self.losses.epochs) if self.losses else (0,)
        if np.shape(self.seconds) != epochs:
            raise InvalidArgument("seconds", verbatim(f"of shape {epochs}"), np.shape(self.seconds))


@dataclass(frozen=True, eq=False, kw_only=True)
class Comparison:
    """Columns that look at the same window of the same series."""

    chart: Chart
    columns: Sequence[Column]
    words: Mapping[str, str] = field(default_factory=lambda: words("steps", "stage", "moment", "terms", "compare"))

    def __post_init__(self) -> None:
        if not FEWEST <= len(self.columns) <= MOST:
            raise InvalidArgument("columns", verbatim(f"{FEWEST} to {MOST}"), len(self.columns))
        films = [column.film for column in self.columns if column.film]
        if len(windows := {(film.window_start, len(film.target_price)) for film in films}) > 1:
            raise InvalidArgument("columns", verbatim("films of one window"), sorted(windows))

    def opening(self) -> "Comparison":
        """With those frames of each film that its columns open on: two ages of one run share theirs."""
        ages: dict[str, list[float | None]] = {}
        for each in self.columns:
            if each.film:
                ages.setdefault(each.film.id, []).append(each.status.epoch if each.epoch is None else each.epoch)
        columns = [replace(each, film=each.film and each.film.opening_on(*ages[each.film.id])) for each in self.columns]
        return replace(self, columns=columns)


def _header(comparison: Comparison, held: Collection[str], buffer: Buffer) -> dict[str, Any]:
    films = {column.film.id: column.film for column in comparison.columns if column.film}
    return {
        "words": entry("words", comparison.words, held, buffer),
        "chart": entry("chart", comparison.chart, held, buffer),
        "films": [film_entry(film, held, buffer) for film in films.values()],
        "columns": [_column(column, buffer) for column in comparison.columns],
    }


def _ages(told: Any, _: Comparison) -> dict[str, float]:
    """Column id -> the epoch that a person chose; only numbers by name are taken."""
    ages = fields(fields(told).get("of"))
    return {name: age for name, age in ages.items() if is_number(age)}


def _column(column: Column, buffer: Buffer) -> dict[str, Any]:
    losses, none = column.losses, np.empty(0)
    return {
        "id": column.id,
        "name": column.name,
        **cell_row(column.cell),
        "film": column.film and column.film.id,
        "epoch": None if column.epoch is None else whole_epoch(column.epoch),
        "parameters": int(column.parameters),
        "epochs": buffer.put(losses.epochs if losses else none, "float64"),
        "train": buffer.put(losses.train if losses else none, "float64"),
        "validation": buffer.put(losses.validation if losses else none, "float64"),
        "seconds": buffer.put(column.seconds, "float64"),
        "naive": losses and finite(losses.naive),
        "planned": int(column.planned),
        "judged": column.judged and _judged(column.judged),
        "status": status_body(column.status),
    }


def _judged(judged: Judged) -> dict[str, Any]:
    errors = {name: finite(getattr(judged, name)) for name in ("rmse", "naive", "skill")}
    told = {"sure": judged.sure, "sure_first": judged.sure_first}
    return {"epoch": whole_epoch(judged.epoch), "days": int(judged.days), **errors, **told}


COMPARE = Component("compare_page", _header, Comparison.opening, {"ages": _ages, "large": is_large})
