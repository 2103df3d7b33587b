"""Cells of CSV files: forms of dates and of numbers."""

import pytest

from lstm_core.errors import InvalidFile
from tests.helpers.csv_files import days, read
from tests.helpers.series import told


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
        ("2020-Jan", "2020-Feb", "2020-01-01T00:00:00"),
        ("2020-Jan-05", "2020-Jan-06", "2020-01-05T00:00:00"),
        ("2020.0", "2021.0", "2020-01-01T00:00:00"),
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
    assert f"Dates like {dates[0]} leave open which number is the month" in str(series.notes[0])


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


@pytest.mark.parametrize(
    ("dates", "note"),
    [
        (("25.01.20", "26.01.20"), "years of two digits were read as day/month/year, the years as 1969 to 2068"),
        (("2020-01-05 09:30:00.250", "2020-01-05 09:30:01.250"), "Fractions of a second were cut"),
        (("1577836800", "1577923200"), "read as seconds since 1970"),
    ],
)
def test_what_was_made_of_dates_is_said(dates, note):
    (said,) = read("Date,Close\n" + "".join(f"{date},1\n" for date in dates)).notes
    assert note in str(said)


def test_offsets_of_time_zones_are_dropped_and_said():
    """As yfinance writes them: midnight in New York, before and after the change to summer time."""
    series = read("Date,Close\n2020-03-06 00:00:00-05:00,1\n2020-03-09 00:00:00-04:00,2\n")
    assert days(series) == ["2020-03-06", "2020-03-09"]
    assert told(series.notes) == ("Time zones were left out of the dates: times stay as they are written.",)


def test_a_file_as_yfinance_writes_it():
    rows = "".join(f"2020-01-{day:02},{day}.5,{day}\n" for day in range(1, 31))
    series = read("Price,Close,Volume\nTicker,AAPL,AAPL\nDate,,\n" + rows)
    assert len(series) == 30
    assert series.values[0] == 1.5
    assert told(series.notes) == (
        "2 rows without a readable date left out, first in line 2.",
        "Column Close was taken; there are also: Volume.",
        "Column Close holds text instead of a number in 1 row, first in line 2.",
    )


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
    assert told(european.notes) == ("Numbers like 1,234 were read with a decimal comma.",)
    assert told(american.notes) == ("Numbers like 1,234 were read with a comma between thousands.",)


@pytest.mark.parametrize("blank", ["", "NA", "n/a", "NaN", "null", "-", ".", "#N/A"])
def test_blanks_are_left_out_and_counted(blank):
    series = read(f"Date,Close\n2020-01-01,1\n2020-01-02,{blank}\n2020-01-03,3\n")
    assert series.values.tolist() == [1, 3]
    assert told(series.notes) == ("1 row without a value of close left out.",)


def test_text_among_numbers_is_left_out_and_shown():
    rows = "".join(f"2020-01-{day:02},{'halted' if day == 5 else day}\n" for day in range(1, 21))
    series = read("Date,Close\n" + rows)
    assert 5 not in series.values
    assert told(series.notes) == (
        "Column Close holds text instead of a number in 1 row, first in line 6.",
        "1 row without a value of close left out.",
    )
