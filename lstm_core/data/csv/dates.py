"""Cells to dates: ISO, American and European forms, month names, Unix time; one form for a whole column."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain

import numpy as np

from lstm_core.phrases import Phrase

HALF_YEARS = (
    ("january", "february", "march", "april", "may", "june"),
    ("july", "august", "september", "october", "november", "december"),
)
# Every beginning of three letters and more -> 1 to 12.
MONTHS = {name[:n]: month for month, name in enumerate(chain(*HALF_YEARS), start=1) for n in range(3, len(name) + 1)}
TIME = (
    r"(?:(?:T|,? +)(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d+))?)?"
    r"(?: ?(?P<half>[AaPp])\.?[Mm]\.?)?(?P<zone> ?(?:Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?))?)?"
)
NAME = r"(?P<name>[A-Za-z]{3,9})\.?"
YEAR = r"(?P<year>\d{4}|\d{2})"

ISO = "year-month-day"
DAY_FIRST = "day/month/year"
MONTH_FIRST = "month/day/year"
FORMS = {
    ISO: r"(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})" + TIME,
    DAY_FIRST: r"(?P<day>\d{1,2})([-/.])(?P<month>\d{1,2})\2" + YEAR + TIME,
    MONTH_FIRST: r"(?P<month>\d{1,2})([-/.])(?P<day>\d{1,2})\2" + YEAR + TIME,
    "day month year": rf"(?P<day>\d{{1,2}})[-. /]{{1,2}}{NAME}[-, /]{{1,2}}{YEAR}{TIME}",
    "month day, year": rf"{NAME} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}}){TIME}",
    "month year": rf"{NAME}[- /](?P<year>\d{{4}})",
    "year month day": rf"(?P<year>\d{{4}})[- /]{NAME}(?:[- /](?P<day>\d{{1,2}}){TIME})?",
    "year-month": r"(?P<year>\d{4})[-/](?P<month>\d{1,2})",
}
UNIX_TIMES = ("seconds since 1970 (UTC)", "milliseconds since 1970 (UTC)")
# These look like any other number: only a column with the name of a date may hold them.
FORMS_BY_NAME = {
    "year month day in eight digits": r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?:\.0*)?",
    "year": r"(?P<year>\d{4})(?:\.0*)?",
    UNIX_TIMES[0]: r"(?P<seconds>\d{9,10})(?:\.0*)?",
    UNIX_TIMES[1]: r"(?P<seconds>\d{9,10})(?P<fraction>\d{3})(?:\.0*)?",
}
NAMES_OF_DATES = re.compile(
    "date|datetime|date time|time|timestamp|day|month|year|period|time period|(trade|trading|observation) date"
    "|datum|tag|zeit|fecha|data|dato"
)
LEAST_SHARE = 0.9  # of the cells that are not blank must be dates


@dataclass(frozen=True, eq=False)
class Dates:
    """One column. values: (N,) datetime64[s], NaT where there is none; unreadable: rows whose cell is no date."""

    values: np.ndarray
    unreadable: tuple[int, ...]
    notes: tuple[Phrase, ...]


def plain(name: str) -> str:
    """The name of a column in lower case, letters and single blanks only: ``<DATE>`` and ``date`` are one."""
    return re.sub(r"[^a-z]+", " ", name.casefold()).strip()


def is_name_of_date(name: str) -> bool:
    return NAMES_OF_DATES.fullmatch(plain(name)) is not None


def to_dates(cells: Sequence[str], by_name: bool, day_first: bool) -> Dates | None:
    """Read a column in the one form that fits most of its cells; None where fewer than nine in ten are dates.

    by_name: its header says that these are dates, so that bare digits count. day_first: what to take where day and
    month cannot be told apart. Times keep the clock that they are written in; fractions of a second are cut.
    """
    filled = [row for row, cell in enumerate(cells) if cell]
    patterns = FORMS | FORMS_BY_NAME if by_name else FORMS
    readings = {form: reading for form, text in patterns.items() if (reading := _reading(cells, filled, text))}
    if not readings:
        return None
    form = max(readings, key=lambda form: len(readings[form]))
    chosen, notes = readings[form], ()
    if form in (DAY_FIRST, MONTH_FIRST):
        form, notes = _order_of_day_and_month(readings, cells, day_first)
        chosen = readings[form]
    if len(chosen) < LEAST_SHARE * len(filled):
        return None
    values = np.full(len(cells), np.datetime64("NaT"), dtype="datetime64[s]")
    values[list(chosen)] = [moment for moment, _ in chosen.values()]
    unreadable = tuple(row for row in filled if row not in chosen)
    return Dates(values, unreadable, notes + _said(form, chosen))


Parts = dict[str, str | None]  # of a date, as its form names them
Reading = dict[int, tuple[datetime, Parts]]


def _reading(cells: Sequence[str], filled: list[int], text: str) -> Reading:
    """Row -> date of the cells that have this form; empty where hardly any of the first cells has it."""
    pattern = re.compile(text, re.ASCII)
    if sum(pattern.fullmatch(cells[row]) is not None for row in filled[:20]) * 2 < len(filled[:20]):
        return {}
    matches = ((row, pattern.fullmatch(cells[row])) for row in filled)
    all_parts = ((row, match.groupdict()) for row, match in matches if match)
    return {row: (moment, parts) for row, parts in all_parts if (moment := _moment(parts))}


def _moment(parts: Parts) -> datetime | None:
    """None where the calendar or the clock has no such thing, like 30 February."""
    try:
        if seconds := parts.get("seconds"):
            return datetime(1970, 1, 1) + timedelta(seconds=int(seconds))
        day = datetime(_year(parts["year"] or ""), _month(parts), int(parts.get("day") or 1))
        return day + _clock(parts) if parts.get("hour") else day
    except (ValueError, KeyError):
        return None


def _year(digits: str) -> int:
    """Two digits mean 1969 to 2068, as in POSIX."""
    year = int(digits)
    return year if len(digits) == 4 else year + (1900 if year >= 69 else 2000)


def _month(parts: Parts) -> int:
    name = parts.get("name")
    return MONTHS[name.casefold()] if name else int(parts.get("month") or 1)


def _clock(parts: Parts) -> timedelta:
    hour, minute, second = (int(parts[name] or 0) for name in ("hour", "minute", "second"))
    if half := parts["half"]:
        if not 1 <= hour <= 12:
            raise ValueError(f"no hour {hour} on a clock of twelve")
        hour = hour % 12 + (12 if half in "Pp" else 0)
    if hour > 23 or minute > 59 or second > 59:
        raise ValueError(f"no time {hour}:{minute}:{second}")
    return timedelta(hours=hour, minutes=minute, seconds=second)


def _order_of_day_and_month(
    readings: dict[str, Reading], cells: Sequence[str], day_first: bool
) -> tuple[str, tuple[Phrase, ...]]:
    """The order that reads more cells; else the one with far more even steps; else the one usual with that sign."""
    sizes = {form: len(readings.get(form, ())) for form in (DAY_FIRST, MONTH_FIRST)}
    if sizes[DAY_FIRST] != sizes[MONTH_FIRST]:
        return max(sizes, key=lambda form: sizes[form]), ()
    example = cells[next(iter(readings[DAY_FIRST]))]
    usual = DAY_FIRST if day_first or "/" not in example else MONTH_FIRST
    other = MONTH_FIRST if usual == DAY_FIRST else DAY_FIRST
    form = other if 2 * _unevenness(readings[other]) < _unevenness(readings[usual]) else usual
    return form, (Phrase("day_or_month", example=example, form=form),)


def _unevenness(reading: Reading) -> float:
    """Longest step over usual step."""
    moments = np.array(sorted({moment for moment, _ in reading.values()}), dtype="datetime64[s]")
    steps = np.diff(moments).astype(np.int64)
    return float(steps.max() / np.median(steps)) if steps.size else 1.0


def _said(form: str, reading: Reading) -> tuple[Phrase, ...]:
    notes = (Phrase("dates_read_as", form=form),) if form in UNIX_TIMES else ()
    if any(parts.get("zone") for _, parts in reading.values()):
        notes += (Phrase("time_zones_left_out"),)
    if any(len(parts.get("year") or "four") == 2 for _, parts in reading.values()):
        notes += (Phrase("years_of_two_digits", form=form),)
    if any((parts.get("fraction") or "").strip("0") for _, parts in reading.values()):
        notes += (Phrase("fractions_cut_off"),)
    return notes
