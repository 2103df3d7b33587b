"""Series: dated observations with a name, a unit and a source."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from lstm_core.checks import one_of
from lstm_core.errors import InvalidArgument
from lstm_core.phrases import Phrase


@dataclass(frozen=True, eq=False)
class Series:
    """Dated observations, oldest first; N is their number.

    dates: (N,) datetime64[s], strictly increasing.
    columns: name -> (N,) float64, finite; ``column`` names the one to forecast (prices: ``close``, adjusted for
    splits and dividends). source: its kind says where they come from (texts/en/series.json has all kinds). Whatever was
    cleaned on the way here is said in ``notes``.
    The arrays are copies and read-only.
    """

    name: str
    title: str
    dates: np.ndarray = field(repr=False)
    columns: Mapping[str, np.ndarray] = field(repr=False)
    unit: str
    source: Phrase
    column: str = "close"
    notes: tuple[Phrase, ...] = ()

    def __post_init__(self) -> None:
        if self.column not in self.columns:
            raise InvalidArgument("column", one_of(self.columns), self.column)
        dates = np.array(self.dates, dtype="datetime64[s]")
        # Adding zero turns -0.0 into 0.0: equal observations must have equal bytes for the fingerprint.
        columns = {name: np.array(values, dtype=np.float64) + 0.0 for name, values in self.columns.items()}
        _check(dates, columns)
        for array in (dates, *columns.values()):
            array.setflags(write=False)
        object.__setattr__(self, "dates", dates)
        object.__setattr__(self, "columns", columns)

    def __len__(self) -> int:
        return len(self.dates)

    @property
    def values(self) -> np.ndarray:
        """The observations to forecast: (N,) float64, in ``unit``."""
        return self.columns[self.column]

    def of_its_values(self) -> "Series":
        """The dates and the observations to forecast, without the other columns and the notes."""
        return replace(self, columns={self.column: self.values}, notes=())

    @cached_property
    def fingerprint(self) -> str:
        """Hash of dates and observations: the same data give the same fingerprint, wherever they came from."""
        digest = hashlib.sha256(self.dates.astype("<i8").tobytes())
        digest.update(self.values.astype("<f8").tobytes())
        return digest.hexdigest()[:16]


def _check(dates: np.ndarray, columns: Mapping[str, np.ndarray]) -> None:
    if dates.ndim != 1 or len(dates) < 2:
        raise InvalidArgument("series", Phrase("long_enough", observations=2), dates.size)
    if np.isnat(dates).any():
        raise InvalidArgument("dates", Phrase("dates_known"), "a date that is missing")
    backwards = np.flatnonzero(np.diff(dates) <= np.timedelta64(0))
    if backwards.size:
        came = f"{dates[backwards[0] + 1]} after {dates[backwards[0]]}"
        raise InvalidArgument("dates", Phrase("dates_increasing"), came)
    for name, values in columns.items():
        if values.shape != dates.shape:
            raise InvalidArgument(name, Phrase("as_long_as_dates", observations=len(dates)), values.shape)
        if not np.isfinite(values).all():
            position = int(np.flatnonzero(~np.isfinite(values))[0])
            came = f"{values[position]} on {dates[position]}"
            raise InvalidArgument(name, Phrase("finite_on_every_date"), came)
