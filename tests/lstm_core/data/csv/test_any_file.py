"""Any frame comes back from any dialect, and any bytes are read or refused in one sentence."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lstm_core.data.bundled import stock
from lstm_core.data.csv.reading import open_csv
from lstm_core.errors import InvalidFile
from tests.helpers.csv_files import read

# The same numbers and dates, whatever the file looks like.

DIALECTS = [(",", "."), (";", ","), (";", "."), ("\t", "."), ("\t", ",")]
FORMATS = [
    "%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d %H:%M:%S-05:00",
    "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m/%d/%Y %I:%M:%S %p", "%d %b %Y", "%d-%b-%Y",
    "%b %d, %Y", "%B %d, %Y",
]  # fmt: skip
numbers = st.floats(-1e15, 1e15, allow_nan=False)
names = st.sampled_from(
    ["Close", "price", "a;b", "a,b", 'say "x"', "Größe", "x\ty", "two\nlines", "Vol. 2", "2020 est"]
)


@st.composite
def frames(draw: st.DrawFn) -> pd.DataFrame:
    """Dates in order, at least one past the 12th of its month, so that no day can be taken for a month."""
    offsets = draw(st.lists(st.integers(0, 60_000), min_size=2, max_size=20, unique=True))
    dates = pd.DatetimeIndex([pd.Timestamp("1950-03-01") + pd.Timedelta(days=each) for each in sorted(offsets)])
    assume((dates.day > 12).any())
    columns = draw(st.lists(names, min_size=1, max_size=3, unique=True))
    values = st.lists(numbers, min_size=len(dates), max_size=len(dates))
    return pd.DataFrame({name: draw(values) for name in columns}, index=pd.Index(dates, name="Date"))


@given(
    frame=frames(),
    dialect=st.sampled_from(DIALECTS),
    date_format=st.sampled_from(FORMATS),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
    quotes_all=st.booleans(),
)
@settings(max_examples=300, deadline=None, derandomize=True)
def test_any_frame_comes_back_from_any_dialect(frame, dialect, date_format, encoding, line_end, quotes_all):
    separator, decimal = dialect
    assume(not (separator == "\t" and decimal == "," and not _shows_its_decimal_comma(frame)))
    quoting = int(quotes_all or "two\nlines" in frame)  # pandas forgets these quotes beside other line ends
    text = frame.to_csv(
        sep=separator, decimal=decimal, date_format=date_format, lineterminator=line_end, quoting=quoting
    )
    file = open_csv(text.encode(encoding))
    for name in frame.columns:
        series = file.series("f", name)
        np.testing.assert_array_equal(series.dates, frame.index.to_numpy().astype("datetime64[s]"))
        np.testing.assert_array_equal(series.values, frame[name])
    assert set(file.numeric_columns) == set(frame.columns)


def _shows_its_decimal_comma(frame: pd.DataFrame) -> bool:
    """Whether some number cannot be taken for one with thousands; between tabs ``1,234`` is one."""
    texts = frame.astype(str).to_numpy().ravel()
    return any(len(text.partition(".")[2]) != 3 or "e" in text or text.lstrip("-").startswith("0.") for text in texts)


def test_a_sample_written_to_csv_is_the_same_series():
    """With pandas as writer and as second reader."""
    apple = stock("AAPL")
    columns = {
        "Open": apple.columns["open"] * apple.columns["raw_close"] / apple.values,
        "Close": apple.columns["raw_close"],
        "Adj Close": apple.values,
        "Volume": apple.columns["volume"],
    }
    table = pd.DataFrame(columns, index=pd.Index(apple.dates, name="Date"))
    series = read(table.to_csv())
    assert series.fingerprint == apple.fingerprint
    assert series.column == "close"
    for name in ("raw_close", "volume"):
        np.testing.assert_array_equal(series.columns[name], apple.columns[name])
    np.testing.assert_allclose(series.columns["open"], apple.columns["open"], rtol=1e-12)


# Whatever the bytes are.

CELLS = st.sampled_from(
    [
        *("2020-01-01", "2020-01-02", "1/2/2020", "31.12.99", "9999-12-31", "0000-00-00", "Jan 1, 2020", "1577836800"),
        *("1.5", "1,5", "1,234", "1.234,5", "1_000", "0x10", "-0", "0", "nan", "inf", "-inf", "1e999", "1e-999"),
        *("abc", '"', '"x"', "'", "$", "%", "--", "+", "１２", "²", "", " ", "\u2028", "\x85", "\x0b"),
        *("Date", "Close", "Open", "Adj Close"),
    ]
)
SIGNS = st.sampled_from([",", ";", "\t", "|", "\n", "\r\n", "\r", "\n\n"])
VALID = (
    "Date,Close\n2020-01-01,1.5\n2020-01-02,2.5\n2020-01-03,3\n",
    "Datum;Schluss\n31.01.2020;1,5\n01.02.2020;1.234,5\n",
    "Date\tOpen\tClose\tAdj Close\n2020-01-01\t1\t2\t1\n2020-01-02\t3\t0\t3\n2020-01-03\t3\t4\t3\n",
)


@st.composite
def patchworks(draw: st.DrawFn) -> bytes:
    """Cells and signs in any order: more often a table than bytes from nowhere."""
    pieces = draw(st.lists(st.tuples(CELLS, SIGNS), max_size=40))
    return draw(st.sampled_from(["", "Date,Close\n"])).encode() + "".join(map("".join, pieces)).encode()


@st.composite
def mangled_files(draw: st.DrawFn) -> bytes:
    """A good file, with pieces lost, doubled or replaced."""
    content = draw(st.sampled_from(VALID)).encode(draw(st.sampled_from(["utf-8", "utf-16", "utf-8-sig"])))
    for _ in range(draw(st.integers(1, 4))):
        start, end = sorted(draw(st.tuples(*[st.integers(0, len(content))] * 2)))
        instead = draw(st.one_of(st.binary(max_size=4), st.just(content[start:end] * 2), CELLS.map(str.encode)))
        content = content[:start] + instead + content[end:]
    return content


def check(content: bytes) -> None:
    """Either a good series or a sentence; pytest turns every warning into an error besides."""
    file = unless_refused(lambda: open_csv(content))
    for column in (None, *file.numeric_columns) if file else ():
        series = unless_refused(lambda column=column: file.series("f", column))
        if series:
            assert all(earlier < later for earlier, later in pairwise(series.dates))
            assert all(np.isfinite(values).all() for values in series.columns.values())
            assert np.abs(series.values).max() <= 1e15


def unless_refused(read: Callable[[], Any]) -> Any:
    """What it gives, or None when it refuses; anything but a sentence comes through as the error that it is."""
    try:
        return read()
    except InvalidFile as refusal:
        sentence = str(refusal)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return None


@given(st.binary(max_size=400))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_arbitrary_bytes(content):
    check(content)


@given(patchworks())
@settings(max_examples=500, deadline=None, derandomize=True)
def test_patchworks(content):
    check(content)


@given(mangled_files())
@settings(max_examples=500, deadline=None, derandomize=True)
def test_mangled_files(content):
    check(content)
