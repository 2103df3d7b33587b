"""A CSV file of anybody's: which column holds the dates, which hold numbers, and the series they make."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from lstm_core.checks import one_of
from lstm_core.data.cleaning import Columns, Notes, adjusted, tidy
from lstm_core.data.csv.dates import LEAST_SHARE, Dates, is_name_of_date, plain, to_dates
from lstm_core.data.csv.numbers import Numbers, decimal_sign, to_numbers
from lstm_core.data.csv.text import UNNAMED, Table, read_table
from lstm_core.data.series import Series
from lstm_core.errors import InvalidArgument, InvalidFile
from lstm_core.phrases import Phrase

LARGEST_NUMBER = 1e15
_LISTED = 8  # columns that a note names

# Role -> names of columns as `plain` makes them.
ROLES: Mapping[str, tuple[str, ...]] = {
    "adjusted_close": ("adj close", "adjclose", "adjusted close", "close adj", "close adjusted"),
    "close": ("close", "close last", "closing price"),
    "open": ("open",),
    "high": ("high",),
    "low": ("low",),
    "volume": ("volume", "vol"),
}
USUAL_NAMES = ("price", "last", "value")  # what to forecast where there is no close


@dataclass(frozen=True, eq=False)
class CsvFile:
    """A file, parsed once. dates: (N,) datetime64[s], NaT where a row has none; lines: where each row is in the file.

    columns: name in the file -> its numbers, (N,). roles: open, high, low, close, volume, adjusted_close -> name.
    """

    dates: np.ndarray
    columns: Mapping[str, Numbers]
    lines: tuple[int, ...]
    roles: Mapping[str, str]
    notes: Notes

    @property
    def numeric_columns(self) -> tuple[str, ...]:
        """The columns that can be forecast, as the file names them, in its order."""
        return tuple(self.columns)

    @property
    def default_column(self) -> str:
        """The adjusted close, else the close, else a usual name, else the first column of numbers."""
        usual = _by_plain_name(self.columns)
        closes = (self.roles.get(role) for role in ("adjusted_close", "close"))
        choices = (*closes, *(usual.get(name) for name in USUAL_NAMES))
        named = (name for name in self.columns if not name.startswith(UNNAMED))  # the others often just count rows
        return next((name for name in (*choices, *named) if name), next(iter(self.columns)))

    def series(self, name: str, column: str | None = None) -> Series:
        """`column` (a name in the file) as a series called `name`, cleaned, and what was cleaned in its notes.

        Prices, where the file has them, come along as open, high, low, close and volume; with an adjusted close to
        forecast they are adjusted by its ratio to the close, which is kept as raw_close.
        Raises `InvalidArgument` for a column without numbers, `InvalidFile` when the numbers cannot be used.
        """
        chosen = self.default_column if column is None else column
        if chosen not in self.columns:
            raise InvalidArgument("column", one_of(self.columns), chosen)
        self._refuse_unusable(chosen)
        key, columns, notes = self._prices(chosen)
        known = ~np.isnat(self.dates)
        dates, columns, cleaned = tidy(self.dates[known], {n: v[known] for n, v in columns.items()}, key)
        if len(dates) < 2:
            raise InvalidFile(Phrase("file_too_few_rows", rows=len(dates), column=chosen))
        return Series(
            name=name,
            title=f"{name}: {chosen}",
            dates=dates,
            columns=columns,
            unit="",
            source=Phrase("csv", file=name),
            column=key,
            notes=(*self.notes, *self._said_about(chosen, column), *notes, *cleaned),
        )

    def _refuse_unusable(self, column: str) -> None:
        values = self.columns[column].values
        beyond = np.flatnonzero(np.abs(values) > LARGEST_NUMBER)
        if beyond.size:
            value, line = float(values[beyond[0]]), self.lines[beyond[0]]
            known = Phrase("number_beyond", number=value, largest=LARGEST_NUMBER)
            came = Phrase("infinite_number") if np.isinf(value) else known
            raise InvalidFile(Phrase("file_number_unusable", column=column, came=came, line=line))

    def _prices(self, chosen: str) -> tuple[str, Columns, Notes]:
        """(key of the column to forecast, columns by key, notes)."""
        by_role = {role: self._usable(name) for role, name in self.roles.items()}
        adjusted_close = by_role.pop("adjusted_close", None)
        if adjusted_close is None or chosen != self.roles["adjusted_close"]:
            role = next((role for role, name in self.roles.items() if name == chosen), chosen)
            return role, by_role | {role: self._usable(chosen)}, ()
        volume = {"volume": by_role.pop("volume")} if "volume" in by_role else {}
        raw_close = by_role.pop("close", None)
        if raw_close is None:  # nothing to adjust by
            return "close", {"close": adjusted_close} | volume, ()
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):  # these become holes, which `tidy` finds
            columns = adjusted(by_role, raw_close, adjusted_close) | volume
        return "close", columns, (Phrase("adjusted_like_close"),)

    def _usable(self, name: str) -> np.ndarray:
        """Numbers beyond all bounds count as missing; in the column to forecast there are none."""
        values = self.columns[name].values
        return np.where(np.abs(values) <= LARGEST_NUMBER, values, np.nan)

    def _said_about(self, chosen: str, asked: str | None) -> Notes:
        notes = ()
        if asked is None and len(self.columns) > 1:
            notes = (_taken(chosen, [name for name in self.columns if name != chosen]),)
        unreadable = self.columns[chosen].unreadable
        if not unreadable:
            return notes
        rows, line = len(unreadable), self.lines[unreadable[0]]
        return (*notes, Phrase("text_instead_of_numbers", column=chosen, rows=rows, line=line))


def open_csv(content: bytes) -> CsvFile:
    """Parse a file of at most 10 MB and 200,000 rows. Raises `InvalidFile` for anything without dates and numbers."""
    table = read_table(content)
    _refuse_missing_header(table)
    cells = (cell for column in table.columns.values() for cell in column)
    decimal, guessed = decimal_sign(cells, table.separator)
    name_of_dates, dates = _dates(table, decimal)
    others = {name: to_numbers(column, decimal) for name, column in table.columns.items() if name != name_of_dates}
    columns = {name: numbers for name, numbers in others.items() if _is_numeric(numbers)}
    if not columns:
        raise InvalidFile(_no_numbers(table, name_of_dates, others))
    notes = table.notes + guessed + dates.notes + _said_about_undated(dates, table.lines)
    return CsvFile(dates.values, columns, tuple(table.lines), _roles(columns), notes)


def read_csv(content: bytes, name: str, column: str | None = None) -> Series:
    """The series in a CSV file called `name`; see `CsvFile.series`, and `open_csv`, which parses once for several."""
    return open_csv(content).series(name, column)


def _dates(table: Table, decimal: str) -> tuple[str, Dates]:
    """Of the columns with a name for dates the one with most different dates, else the first that reads as dates."""
    for by_name in (True, False):
        candidates = {name: cells for name, cells in table.columns.items() if is_name_of_date(name) == by_name}
        read = ((name, to_dates(cells, by_name, day_first=decimal == ",")) for name, cells in candidates.items())
        found = [(name, dates) for name, dates in read if dates]
        if found:
            return max(found, key=lambda each: len(np.unique(each[1].values)) if by_name else 0)
    name = next(filter(is_name_of_date, table.columns), next(iter(table.columns)))
    example = next((cell for cell in table.columns[name] if cell), "")
    raise InvalidFile(Phrase("file_without_dates", column=_cut(name), example=repr(_cut(example))))


def _is_numeric(numbers: Numbers) -> bool:
    return numbers.readable_share >= LEAST_SHARE and int((~np.isnan(numbers.values)).sum()) >= 2


def _no_numbers(table: Table, name_of_dates: str, others: Mapping[str, Numbers]) -> Phrase:
    texts = ((name, table.columns[name][rows.unreadable[0]]) for name, rows in others.items() if rows.unreadable)
    told = (Phrase("column_of_text", column=_cut(name), text=repr(_cut(text))) for name, text in texts)
    return Phrase("file_without_numbers", dates=_cut(name_of_dates), example=next(told, Phrase("nothing")))


def _refuse_missing_header(table: Table) -> None:
    if all(map(_is_value, table.header)):
        raise InvalidFile(Phrase("file_without_header", line=_cut(", ".join(table.header))))


def _is_value(cell: str) -> bool:
    """Blank, a number or a date: nothing that a column would be called."""
    numbers = (to_numbers([cell], sign) for sign in ".,")
    return any(not each.unreadable for each in numbers) or to_dates([cell], by_name=False, day_first=False) is not None


def _roles(columns: Mapping[str, Numbers]) -> dict[str, str]:
    named = _by_plain_name(columns)
    found = {role: next((named[name] for name in names if name in named), None) for role, names in ROLES.items()}
    return {role: name for role, name in found.items() if name is not None}


def _by_plain_name(columns: Mapping[str, Numbers]) -> dict[str, str]:
    """Plain name -> name in the file; of several the first."""
    return {plain(name): name for name in reversed(tuple(columns))}


def _said_about_undated(dates: Dates, lines: list[int]) -> Notes:
    undated = np.flatnonzero(np.isnat(dates.values))
    if not undated.size:
        return ()
    return (Phrase("rows_without_date", rows=undated.size, line=lines[undated[0]]),)


def _taken(column: str, others: list[str]) -> Phrase:
    listed, more = tuple(others[:_LISTED]), len(others) - _LISTED
    if more <= 0:
        return Phrase("column_taken", column=column, others=listed)
    return Phrase("column_taken_of_many", column=column, others=listed, more=more)


def _cut(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."
