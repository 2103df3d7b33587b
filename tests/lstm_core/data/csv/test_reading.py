"""CSV files: which columns and rows are taken, what is said of the rest, and what is refused."""

import gzip

import pandas as pd
import pytest

from lstm_core.data.csv import text as csv_text
from lstm_core.data.csv.reading import open_csv
from lstm_core.errors import InvalidArgument, InvalidFile
from tests.helpers.csv_files import days, read
from tests.helpers.series import told


def test_prices_come_along_and_the_adjusted_close_is_forecast():
    text = "Date,Open,High,Low,Close,Adj Close,Volume\n2020-01-01,8,9,6,8,4,100\n2020-01-02,6,8,4,6,3,200\n"
    file = open_csv(text.encode())
    assert file.numeric_columns == ("Open", "High", "Low", "Close", "Adj Close", "Volume")
    series = file.series("f")
    assert {name: values.tolist() for name, values in series.columns.items()} == {
        "open": [4, 3], "high": [4.5, 4], "low": [3, 2], "close": [4, 3], "raw_close": [8, 6], "volume": [100, 200],
    }  # fmt: skip
    assert any("adjusted" in note for note in told(series.notes))
    assert any("Column Adj Close was taken" in note for note in told(series.notes))


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
    assert str(file.series("f").notes[0]) == f"Column {taken} was taken; there are also: {', '.join(others)}."


def test_an_unknown_column_is_answered_with_the_known_ones():
    with pytest.raises(InvalidArgument, match=r"^column must be one of Close, Volume; got 'Clsoe'"):
        read("Date,Close,Name,Volume\n2020-01-01,1,a,2\n2020-01-02,2,b,3\n", "Clsoe")


def test_of_columns_with_one_name_the_first_is_the_close():
    assert open_csv(b"Date,Close,CLOSE\n2020-01-01,1,2\n2020-01-02,3,4\n").default_column == "Close"


def test_a_comma_in_the_header_does_not_cut_a_file_with_semicolons():
    file = open_csv(b"Date;Price, EUR\n2020-01-01;1,5\n2020-01-02;2,5\n")
    assert file.numeric_columns == ("Price, EUR",)
    assert file.series("f").values.tolist() == [1.5, 2.5]


def test_a_column_without_a_name_is_not_what_is_forecast():
    """As pandas writes its row numbers."""
    file = open_csv(b",Date,Rainfall\n0,2020-01-01,1\n1,2020-01-02,3\n")
    assert file.numeric_columns == ("column 1", "Rainfall")
    assert file.default_column == "Rainfall"


def test_twins_and_columns_without_a_name_get_one():
    file = open_csv(b"Date,x,x,,\n2020-01-01,1,2,3,4\n2020-01-02,1,2,3,4\n")
    assert file.numeric_columns == ("x", "x (2)", "column 4", "column 5")
    assert file.series("f", "x (2)").values.tolist() == [2, 2]


def test_dates_are_found_by_content_wherever_they_are():
    series = read("Volume,Close,when\n19990101,1,2020-01-01\n19990102,2,2020-01-02\n")
    assert days(series) == ["2020-01-01", "2020-01-02"]
    assert series.values.tolist() == [1, 2]


def test_of_two_columns_of_dates_the_finer_one_counts():
    assert len(read("Year,Date,Close\n2020,2020-01-01,1\n2020,2020-01-02,2\n2020,2020-01-03,3\n")) == 3


# Rows.


def test_rows_out_of_order_are_sorted_and_said():
    series = read("Date,Close\n2020-01-03,3\n2020-01-02,2\n2020-01-01,1\n")
    assert series.values.tolist() == [1, 2, 3]
    assert told(series.notes) == ("Rows were sorted by date, oldest first.",)


def test_of_a_repeated_date_the_last_row_stays():
    series = read("Date,Close\n2020-01-02,2\n2020-01-01,1\n2020-01-02,5\n2020-01-02,4\n")
    assert series.values.tolist() == [1, 4]
    assert str(series.notes[1]) == "2 rows with a repeated date left out: the last one of each date stays."


def test_several_series_in_one_file_are_suspected():
    rows = "".join(f"2020-01-0{day},{name},{day}\n" for name in "ABC" for day in (1, 2))
    assert "several series" in str(read("Date,Name,Close\n" + rows).notes[-1])


def test_gaps_are_said_and_stay():
    first, second = pd.bdate_range("2020-01-01", "2020-02-28"), pd.bdate_range("2020-04-01", "2020-04-30")
    both = [*first, *second]
    series = read("Date,Close\n" + "".join(f"{day:%Y-%m-%d},1\n" for day in both))
    assert len(series) == len(both)
    assert told(series.notes) == (
        "1 gap in the dates not filled; the longest lasts 33 days, 2020-02-28 to 2020-04-01.",
    )


@pytest.mark.parametrize(
    ("start", "end", "freq"), [("2019-12-20", "2020-01-31", "B"), ("2019-01-01", "2021-01-01", "MS")]
)
def test_weekends_and_months_are_no_gaps(start, end, freq):
    dates = pd.date_range(start, end, freq=freq)
    assert read("Date,Close\n" + "".join(f"{day:%Y-%m-%d},1\n" for day in dates)).notes == ()


@pytest.mark.parametrize(("reopening", "notes"), [("2001-09-17", 0), ("2001-09-19", 1)])
def test_a_week_without_trade_is_no_gap(reopening, notes):
    """The exchanges of New York were closed from 11 to 16 September 2001."""
    dates = [f"{day:%Y-%m-%d}" for day in pd.bdate_range("2001-08-20", "2001-09-10")]
    assert len(read("Date,Close\n" + "".join(f"{date},1\n" for date in [*dates, reopening])).notes) == notes


def test_a_hole_beside_the_chosen_column_costs_that_column():
    series = read("Date,Open,Close\n2020-01-01,,1\n2020-01-02,2,2\n2020-01-03,3,3\n", "Close")
    assert series.values.tolist() == [1, 2, 3]
    assert set(series.columns) == {"close"}
    assert told(series.notes) == ("Column open left out: 1 value missing.",)


def test_a_number_beyond_all_bounds_beside_the_chosen_column_costs_that_column():
    series = read("Date,Open,Close\n2020-01-01,1e300,1\n2020-01-02,2,2\n", "Close")
    assert set(series.columns) == {"close"}
    assert told(series.notes) == ("Column open left out: 1 value missing.",)


def test_encodings_other_than_utf_8_are_said():
    text = "Date,Größe\n2020-01-01,1\n2020-01-02,2\n"
    notes = {encoding: read(text.encode(encoding)).notes for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252")}
    assert notes["utf-8"] == notes["utf-8-sig"] == ()
    assert "UTF-16" in str(notes["utf-16"][0])
    assert "Windows-1252" in str(notes["cp1252"][0])


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
        (gzip.compress(b"Date,Close\n", mtime=0), "compressed with gzip"),
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
