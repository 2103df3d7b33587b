"""From raw rows to what a `Series` accepts; every change is said in a phrase."""

from collections.abc import Mapping

import numpy as np

from lstm_core.phrases import Phrase

Columns = dict[str, np.ndarray]
Notes = tuple[Phrase, ...]

# A hole in the calendar is worth a sentence when it is this many usual steps long, and longer than a week:
# weekends and holidays are none.
FAR = 4
WEEK = np.timedelta64(7, "D")


def adjusted(prices: Mapping[str, np.ndarray], raw_close: np.ndarray, close: np.ndarray) -> Columns:
    """Open, high and low moved to the scale of the adjusted close, by its ratio to the raw one; all (N,)."""
    ratio = close / raw_close
    return {name: values * ratio for name, values in prices.items()} | {"close": close, "raw_close": raw_close}


def tidy(dates: np.ndarray, columns: Columns, column: str) -> tuple[np.ndarray, Columns, Notes]:
    """Rows in the order of their dates, without holes in `column`, each date once; and a phrase per change.

    dates: (N,) datetime64[s]; columns: name -> (N,) float64, where NaN and infinity mean that there is no number.
    Rows without a number in `column` are left out; of rows with the same date the last one stays; another column
    with a hole left is left out whole. Gaps in the calendar are said, not filled.
    """
    dates, columns, notes = _without_holes(dates, columns, column)
    for step in (_in_order, _each_date_once):
        kept, said = step(dates)
        dates, columns = dates[kept], {name: values[kept] for name, values in columns.items()}
        notes += said
    columns, said = _whole_columns(columns)
    return dates, columns, (*notes, *said, *_gaps(dates))


def _without_holes(dates: np.ndarray, columns: Columns, column: str) -> tuple[np.ndarray, Columns, Notes]:
    known = np.isfinite(columns[column])
    holes = int((~known).sum())
    kept = {name: values[known] for name, values in columns.items()}
    return dates[known], kept, (Phrase("rows_without_value", rows=holes, column=column),) if holes else ()


def _in_order(dates: np.ndarray) -> tuple[np.ndarray, Notes]:
    kept = np.argsort(dates, kind="stable")
    if (np.diff(dates) >= np.timedelta64(0)).all():
        return kept, ()
    return kept, (Phrase("rows_sorted"),)


def _each_date_once(dates: np.ndarray) -> tuple[np.ndarray, Notes]:
    """Mask of the last row of every date; the dates are in order."""
    kept = np.append(np.diff(dates) > np.timedelta64(0), True)[: len(dates)]
    repeated = int((~kept).sum())
    if not repeated:
        return kept, ()
    note = Phrase("dates_repeated", rows=repeated)
    several = repeated > len(kept) / 2
    return kept, (note, Phrase("several_series")) if several else (note,)


def _whole_columns(columns: Columns) -> tuple[Columns, Notes]:
    holes = {name: int((~np.isfinite(values)).sum()) for name, values in columns.items()}
    kept = {name: values for name, values in columns.items() if not holes[name]}
    return kept, tuple(
        Phrase("column_left_out", column=name, missing=number) for name, number in holes.items() if number
    )


def _gaps(dates: np.ndarray) -> Notes:
    steps = np.diff(dates)
    if not steps.size:
        return ()
    usual = np.median(steps.astype(np.int64))
    far = np.flatnonzero((steps.astype(np.int64) > FAR * usual) & (steps > WEEK))
    if not far.size:
        return ()
    longest = far[np.argmax(steps[far])]
    days = int(steps[longest] // np.timedelta64(1, "D"))
    start, end = dates[longest : longest + 2].astype("datetime64[D]")
    return (Phrase("gaps", gaps=far.size, days=days, start=start, end=end),)
