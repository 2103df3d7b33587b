"""Series: what it accepts, what it refuses, and when two of them are the same data."""

import pickle
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.data.series import Series
from lstm_core.errors import InvalidArgument
from lstm_core.phrases import verbatim
from tests.helpers.series import series_of

DATES = np.array(["2020-01-01", "2020-01-02", "2020-01-05"], dtype="datetime64[s]")


CLOSE = np.array([1.0, 2.0, 3.0])


def made(dates: np.ndarray = DATES, columns: Mapping[str, Any] | None = None) -> Series:
    return Series("name", "title", dates, columns or {"close": CLOSE}, "USD", verbatim("test"))


def test_arrays_are_copies_and_read_only():
    dates, close = DATES.copy(), np.array([1.0, 2.0, 3.0])
    series = made(dates, {"close": close})
    close[0], dates[0] = 9.0, np.datetime64("1999-01-01")
    assert series.values[0] == 1.0
    assert series.dates[0] == DATES[0]
    for array in (series.values, series.dates):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = array[1]


@pytest.mark.parametrize(
    ("dates", "columns", "sentence"),
    [
        (
            DATES[[0, 2, 1]],
            None,
            "dates must be strictly increasing; got '2020-01-02T00:00:00 after 2020-01-05T00:00:00'",
        ),
        (DATES[[0, 0, 1]], None, "dates must be strictly increasing"),
        (np.array(["2020-01-01", "NaT", "2020-01-03"], dtype="datetime64[s]"), None, "dates must be known"),
        (DATES[:1], {"close": [1.0]}, "series must be at least 2 observations long; got 1"),
        (DATES, {"close": [1.0, np.nan, 3.0]}, "close must be finite on every date; got 'nan on 2020-01-02T00:00:00'"),
        (DATES, {"close": [1.0, 2.0, 3.0], "high": [1.0, np.inf, 3.0]}, "high must be finite on every date"),
        (DATES, {"close": [1.0, 2.0]}, r"close must be as long as the dates \(3\)"),
        (DATES, {"open": [1.0, 2.0, 3.0]}, "column must be one of open; got 'close'"),
    ],
)
def test_refused(dates, columns, sentence):
    with pytest.raises(InvalidArgument, match=sentence):
        made(dates, columns)


def test_the_fingerprint_is_of_dates_and_observations_alone():
    """Name, unit, source, notes, other columns, the precision of the dates and the sign of zero make no difference."""
    first = Series(
        "a", "A", DATES, {"close": np.array([1.0, 0.0, 3.0])}, "USD", verbatim("here"), notes=(verbatim("said"),)
    )
    close, high = np.array([1, -0.0, 3], dtype=np.float32), np.array([4.0, 5.0, 6.0])
    second = Series(
        "b", "B", DATES.astype("datetime64[ns]"), {"x": close, "high": high}, "", verbatim("there"), column="x"
    )
    assert first.fingerprint == second.fingerprint
    assert first.fingerprint == pickle.loads(pickle.dumps(first)).fingerprint
    assert len(first.fingerprint) == 16


@given(st.integers(0, 2), st.booleans())
def test_any_other_observation_or_date_is_another_fingerprint(at, is_date):
    dates, close = DATES.copy(), np.array([1.0, 2.0, 3.0])
    if is_date:
        dates[at] += np.timedelta64(1, "s")
    else:
        close[at] = np.nextafter(close[at], 9.0)
    assert made(dates, {"close": close}).fingerprint != made().fingerprint


def test_the_fingerprint_stays_from_version_to_version():
    """Saved runs are recognised by it: a change here makes every old run a stranger."""
    assert series_of([1.0, 2.0, 4.0]).fingerprint == "f5636ca93e75c0ab"


def test_another_process_gets_the_same_fingerprint():
    program = (
        "import numpy as np; from lstm_core.data.series import Series;"
        "from lstm_core.phrases import verbatim;"
        "dates = np.array(['2020-01-01', '2020-01-02', '2020-01-05'], dtype='datetime64[s]');"
        "print(Series('n', 't', dates, {'close': [1.0, 2.0, 3.0]}, '', verbatim('')).fingerprint)"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == made().fingerprint
