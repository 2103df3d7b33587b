"""CSV files: what people have on their disks, read or refused in one clear sentence."""

import gzip
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lstm_core import csv_text
from lstm_core.csv_file import open_csv, read_csv
from lstm_core.errors import InvalidArgument, InvalidFile
from lstm_core.samples import stock
from lstm_core.series import Series


def read(text: str | bytes, column: str | None = None) -> Series:
    return read_csv(text if isinstance(text, bytes) else text.encode(), "prices", column)


def days(series: Series) -> list[str]:
    return np.datetime_as_string(series.dates, "D").tolist()


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
@settings(max_examples=300, deadline=None)
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


# Columns.


def test_prices_come_along_and_the_adjusted_close_is_forecast():
    text = "Date,Open,High,Low,Close,Adj Close,Volume\n2020-01-01,8,9,6,8,4,100\n2020-01-02,6,8,4,6,3,200\n"
    file = open_csv(text.encode())
    assert file.numeric_columns == ("Open", "High", "Low", "Close", "Adj Close", "Volume")
    series = file.series("f")
    assert {name: values.tolist() for name, values in series.columns.items()} == {
        "open": [4, 3], "high": [4.5, 4], "low": [3, 2], "close": [4, 3], "raw_close": [8, 6], "volume": [100, 200],
    }  # fmt: skip
    assert any("adjusted" in note for note in series.notes)
    assert any("Column Adj Close was taken" in note for note in series.notes)


def test_a_chosen_column_stays_as_it_is_in_the_file():
    text = "Date,Open,Close,Adj Close\n2020-01-01,8,8,4\n2020-01-02,6,6,3\n"
    series = read(text, "Close")
    assert series.values.tolist() == [8, 6]
    assert series.columns["open"].tolist() == [8, 6]
    assert series.notes == ()
    assert read(text, "Open").values.tolist() == [8, 6]


@pytest.mark.parametrize(
    ("header", "taken"),
    [
        ("Date,Open,Close", "Close"),
        ("date,open,close/last", "close/last"),
        ("Date,Open,Adj. Close", "Adj. Close"),
        ("Date,Open,Price", "Price"),
        ("Date,Rainfall,Sunshine", "Rainfall"),
        ("<DATE>,<OPEN>,<CLOSE>", "<CLOSE>"),
    ],
)
def test_the_column_taken_unless_told(header, taken):
    file = open_csv(f"{header}\n2020-01-01,1,2\n2020-01-02,3,4\n".encode())
    assert file.default_column == taken
    others = [name for name in file.numeric_columns if name != taken]
    assert file.series("f").notes[0] == f"Column {taken} was taken; there are also: {', '.join(others)}."


def test_an_unknown_column_is_answered_with_the_known_ones():
    with pytest.raises(InvalidArgument, match=r"^column must be one of Close, Volume; got 'Clsoe'"):
        read("Date,Close,Name,Volume\n2020-01-01,1,a,2\n2020-01-02,2,b,3\n", "Clsoe")


def test_twins_and_columns_without_a_name_get_one():
    file = open_csv(b"Date,x,x,,\n2020-01-01,1,2,3,4\n2020-01-02,1,2,3,4\n")
    assert file.numeric_columns == ("x", "x (2)", "column 4", "column 5")
    assert file.series("f", "x (2)").values.tolist() == [2, 2]


def test_dates_are_found_by_content_wherever_they_are():
    series = read("Volume,Close,when\n20200101,1,2020-01-01\n20200102,2,2020-01-02\n")
    assert days(series) == ["2020-01-01", "2020-01-02"]
    assert series.values.tolist() == [1, 2]


def test_of_two_columns_of_dates_the_finer_one_counts():
    assert len(read("Year,Date,Close\n2020,2020-01-01,1\n2020,2020-01-02,2\n2020,2020-01-03,3\n")) == 3


# Dates.


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("2020-1-5", "2020-1-6", "2020-01-05T00:00:00"),
        ("2020-01-05 16:30", "2020-01-06 16:30", "2020-01-05T16:30:00"),
        ("2020-01-05T16:30:15.000Z", "2020-01-06T16:30:15.000Z", "2020-01-05T16:30:15"),
        ("1/25/20", "1/26/20", "2020-01-25T00:00:00"),
        ("25.01.70", "26.01.70", "1970-01-25T00:00:00"),
        ("1/25/2020 12:05 AM", "1/25/2020 1:05 pm", "2020-01-25T00:05:00"),
        ("Jan 5, 2020", "Jan 6, 2020", "2020-01-05T00:00:00"),
        ("5 January 2020", "6 January 2020", "2020-01-05T00:00:00"),
        ("5-Sept-2020", "6-Sept-2020", "2020-09-05T00:00:00"),
        ("Jan 2020", "Feb 2020", "2020-01-01T00:00:00"),
        ("2020-01", "2020-02", "2020-01-01T00:00:00"),
        ("2020", "2021", "2020-01-01T00:00:00"),
        ("20200105", "20200106", "2020-01-05T00:00:00"),
        ("1577836800", "1577923200", "2020-01-01T00:00:00"),
        ("1577836800000", "1577923200000", "2020-01-01T00:00:00"),
    ],
)
def test_forms_of_dates(first, second, expected):
    series = read(f'Date,Close\n"{first}",1\n"{second}",2\n')
    assert str(series.dates[0]) == expected
    assert series.values.tolist() == [1, 2]


@pytest.mark.parametrize(
    "odd", ["2020-02-30", "2020-13-01", "1/25/2020 13:05 PM", "2020-01-05 24:30", "5 Juneteenth 2020"]
)
def test_what_is_in_no_calendar_is_no_date(odd):
    with pytest.raises(InvalidFile, match=r"^No column holds dates"):
        read(f"Date,Close\n{odd},1\n{odd},2\n")


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (["01/02/2020", "01/03/2020", "01/06/2020"], "2020-01-06"),  # a slash: American, unless the steps say otherwise
        (["01/02/2020", "01/03/2020", "01/04/2020", "01/05/2020", "01/01/2021"], "2021-01-01"),  # months, even steps
        (["01.02.2020", "02.02.2020", "05.02.2020"], "2020-02-05"),  # a dot: European
    ],
)
def test_an_order_that_cannot_be_known_is_said(dates, expected):
    series = read("Date,Close\n" + "".join(f"{date},1\n" for date in dates))
    assert days(series)[-1] == expected
    assert f"Dates like {dates[0]} leave open which number is the month" in series.notes[0]


def test_even_steps_tell_months_from_days():
    months = "".join(f"01/{month:02}/{year},1\n" for year in (2020, 2021) for month in range(1, 13))
    assert days(read("Date,Close\n" + months))[:3] == ["2020-01-01", "2020-02-01", "2020-03-01"]


def test_a_day_beyond_the_twelfth_settles_the_order():
    for text, expected in (
        ("13/02/2020,1\n01/03/2020,2\n", "2020-02-13"),
        ("02/13/2020,1\n03/01/2020,2\n", "2020-02-13"),
    ):
        series = read("Date,Close\n" + text)
        assert days(series)[0] == expected
        assert series.notes == ()


def test_offsets_of_time_zones_are_dropped_and_said():
    """As yfinance writes them: midnight in New York, before and after the change to summer time."""
    series = read("Date,Close\n2020-03-06 00:00:00-05:00,1\n2020-03-09 00:00:00-04:00,2\n")
    assert days(series) == ["2020-03-06", "2020-03-09"]
    assert series.notes == ("Time zones were left out of the dates: times stay as they are written.",)


def test_a_file_as_yfinance_writes_it():
    rows = "".join(f"2020-01-{day:02},{day}.5,{day}\n" for day in range(1, 31))
    series = read("Price,Close,Volume\nTicker,AAPL,AAPL\nDate,,\n" + rows)
    assert len(series) == 30
    assert series.values[0] == 1.5
    assert "2 rows without a readable date left out, first in line 2." in series.notes


# Numbers.


@pytest.mark.parametrize(
    ("cells", "separator", "expected"),
    [
        (["1,234.5", "1,000"], ",", [1234.5, 1000]),
        (["1.234,5", "1.000"], ";", [1234.5, 1000]),
        (["1 234,5", "1\u00a0000,25"], ";", [1234.5, 1000.25]),
        (["1'234.5", "1’000.5"], ",", [1234.5, 1000.5]),
        (["$1,234.50", "-$2"], ",", [1234.5, -2]),
        (["12,5 €", "3 €"], ";", [12.5, 3]),
        (["1,25", "2,5"], ",", [1.25, 2.5]),
        (["+1.5%", "−2%"], ",", [1.5, -2]),
        ([".5", "5."], ",", [0.5, 5]),
        (["1e3", "2.5E-2"], ",", [1000, 0.025]),
        (["1.234.567", "998.500"], ",", [1234567, 998500]),
        (["0,123", "0,456"], ",", [0.123, 0.456]),
    ],
)
def test_forms_of_numbers(cells, separator, expected):
    rows = "".join(f'2020-01-{day:02}{separator}"{cell}"\n' for day, cell in enumerate(cells, start=1))
    assert read(f"Date{separator}Close\n{rows}").values.tolist() == expected


def test_a_lone_comma_is_said():
    rows = '2020-01-13{0}"1,234"\n2020-01-14{0}"2,345"\n'
    european, american = (read(f"Date{sign}Close\n" + rows.format(sign)) for sign in ";,")
    assert (european.values[0], american.values[0]) == (1.234, 1234)
    assert european.notes == ("Numbers like 1,234 were read with a decimal comma.",)
    assert american.notes == ("Numbers like 1,234 were read with a comma between thousands.",)


@pytest.mark.parametrize("blank", ["", "NA", "n/a", "NaN", "null", "-", ".", "#N/A"])
def test_blanks_are_left_out_and_counted(blank):
    series = read(f"Date,Close\n2020-01-01,1\n2020-01-02,{blank}\n2020-01-03,3\n")
    assert series.values.tolist() == [1, 3]
    assert series.notes == ("1 row without a value of close left out.",)


def test_text_among_numbers_is_left_out_and_shown():
    rows = "".join(f"2020-01-{day:02},{'halted' if day == 5 else day}\n" for day in range(1, 21))
    series = read("Date,Close\n" + rows)
    assert 5 not in series.values
    assert series.notes == (
        "Column Close holds text instead of a number in 1 row, first in line 6.",
        "1 row without a value of close left out.",
    )


# Rows.


def test_rows_out_of_order_are_sorted_and_said():
    series = read("Date,Close\n2020-01-03,3\n2020-01-02,2\n2020-01-01,1\n")
    assert series.values.tolist() == [1, 2, 3]
    assert series.notes == ("Rows were sorted by date, oldest first.",)


def test_of_a_repeated_date_the_last_row_stays():
    series = read("Date,Close\n2020-01-02,2\n2020-01-01,1\n2020-01-02,5\n2020-01-02,4\n")
    assert series.values.tolist() == [1, 4]
    assert series.notes[1] == "2 rows with a repeated date left out: the last one of each date stays."


def test_gaps_are_said_and_stay():
    first, second = pd.bdate_range("2020-01-01", "2020-02-28"), pd.bdate_range("2020-04-01", "2020-04-30")
    both = [*first, *second]
    series = read("Date,Close\n" + "".join(f"{day:%Y-%m-%d},1\n" for day in both))
    assert len(series) == len(both)
    assert series.notes == ("1 gap in the dates not filled; the longest lasts 33 days, 2020-02-28 to 2020-04-01.",)


@pytest.mark.parametrize(
    ("start", "end", "freq"), [("2019-12-20", "2020-01-31", "B"), ("2019-01-01", "2021-01-01", "MS")]
)
def test_weekends_and_months_are_no_gaps(start, end, freq):
    dates = pd.date_range(start, end, freq=freq)
    assert read("Date,Close\n" + "".join(f"{day:%Y-%m-%d},1\n" for day in dates)).notes == ()


def test_a_hole_beside_the_chosen_column_costs_that_column():
    series = read("Date,Open,Close\n2020-01-01,,1\n2020-01-02,2,2\n2020-01-03,3,3\n", "Close")
    assert series.values.tolist() == [1, 2, 3]
    assert set(series.columns) == {"close"}
    assert series.notes == ("Column open left out: 1 value missing.",)


def test_encodings_other_than_utf_8_are_said():
    text = "Date,Größe\n2020-01-01,1\n2020-01-02,2\n"
    notes = {encoding: read(text.encode(encoding)).notes for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252")}
    assert notes["utf-8"] == notes["utf-8-sig"] == ()
    assert "UTF-16" in notes["utf-16"][0]
    assert "Windows-1252" in notes["cp1252"][0]


# Refused.

ROWS = "2020-01-01,1\n2020-01-02,2\n"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "^The file is empty"),
        (b"\xef\xbb\xbf \r\n\n", "^The file is empty"),
        (b"Date,Close\n", "no rows below"),
        (b"Date\n2020-01-01\n", "one column only"),
        (b"Date|Close\n2020-01-01|1\n", "one column only"),
        (ROWS.encode(), r"no header: its first line \(2020-01-01, 1\)"),
        (b"x,y\n1,2\n3,4\n", r"^No column holds dates .* column x begins with '1'"),
        (b"Date,Close\nsoon,1\nlater,2\n", r"^No column holds dates .* column Date begins with 'soon'"),
        (b"Date,Close\n2020-01-01,a\n2020-01-02,b\n", "^No column beside Date holds numbers .* like 'a'"),
        (b"Date,Close\n2020-01-01,1\n", "^No column beside Date holds numbers"),
        (b"Date,Close\n2020-01-01,1\n2020-01-01,2\n", "^Only 1 row with a date and a number of Close"),
        (b"Date,Close\n2020-01-01,1\n2020-01-02,inf\n", "^Column Close holds an infinite number in line 3"),
        (b"Date,Close\n2020-01-01,-Infinity\n2020-01-02,2\n", "^Column Close holds an infinite number in line 2"),
        (b"Date,Close\n2020-01-01,1e400\n2020-01-02,2\n", "^Column Close holds an infinite number in line 2"),
        (b"Date,Close\n2020-01-01,1\n2020-01-02,2e15\n", r"holds 2e\+15, which is beyond 1e\+15, in line 3"),
        (b"Date,Close\n2020-01-01,1,7\n2020-01-02,2\n", "^Line 2 has 3 cells, but the header has 2"),
        (b'Date,Close\n2020-01-01,"1\n2020-01-02,2\n', "cannot be read: unexpected end of data"),
        (b"Date,Close\n2020-01-01,1\n2020-01-02,\x002\n", r"line 3 holds the control character '\\x00'"),
        ("Date,Close\n".encode("utf-16-le"), r"control character '\\x00'"),
        (b"\xff\xfeD\x00a\x00t", "begins like UTF-16 text"),
        (b"\xff\xfe\x00\xd8\x00\x00", "begins like UTF-16 text"),
        (b"\xef\xbb\xbfDate,\xff", "begins like UTF-8 text"),
        (b"Date,\x81\n", "^The file is no text"),
        (b"PK\x03\x04rest", "Excel workbook"),
        (gzip.compress(b"Date,Close\n"), "compressed with gzip"),
        (b"%PDF-1.7", "PDF"),
        (b"Date," + b"x," * 600 + b"\n", "has 602 columns; at most 500"),
        (b"Date,Close\n2020-01-01," + b"1" * 200_000 + b"\n", "field larger than field limit"),
    ],
)
def test_refused_in_one_sentence(content, sentence):
    with pytest.raises(InvalidFile, match=sentence) as error:
        read(content)
    assert "\n" not in str(error.value)
    assert len(str(error.value)) < 300


def test_too_large_and_too_long():
    with pytest.raises(InvalidFile, match=r"^The file has 10\.0 MB; at most 10 MB are read"):
        read(b"x" * (10 * 2**20 + 1))
    with pytest.raises(InvalidFile, match="more than 200,000 rows"):
        csv_text.read_table(b"Date,Close\n" + b"2020-01-01,1\n" * 200_001)
    assert len(csv_text.read_table(b"Date,Close\n" + b"2020-01-01,1\n" * 200_000).lines) == 200_000


def test_blank_lines_and_trailing_separators_are_no_matter():
    series = read("\n\nDate,Close,\n\n2020-01-01,1,\n,,\n2020-01-02,2,,,\n\n")
    assert series.values.tolist() == [1, 2]


def test_line_numbers_are_those_of_an_editor():
    """A cell of several lines, and blank lines, count."""
    text = 'Date,Remark,Close\n\n2020-01-01,"two\nlines",1\n2020-01-02,,inf\n'
    with pytest.raises(InvalidFile, match="in line 5"):
        read(text)


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
@settings(max_examples=300, deadline=None)
def test_arbitrary_bytes(content):
    check(content)


@given(patchworks())
@settings(max_examples=500, deadline=None)
def test_patchworks(content):
    check(content)


@given(mangled_files())
@settings(max_examples=500, deadline=None)
def test_mangled_files(content):
    check(content)
