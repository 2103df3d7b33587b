"""Prices from Yahoo Finance: the real yfinance against a server on the loopback interface."""

import os
import time as clock
from concurrent.futures import ThreadPoolExecutor
from datetime import date, time, timedelta
from pathlib import Path

import numpy as np
import pytest

from lstm_core.data.bundled import stock
from lstm_core.data.series import Series
from lstm_core.data.yahoo import download as yahoo
from lstm_core.errors import DataUnavailable
from lstm_core.phrases import verbatim
from tests.helpers.series import told
from tests.helpers.yahoo_server import END, START, Listing, YahooServer, apple, plain, today, year_of

# yfinance uses what the newest pandas deprecates; its warnings are not ours to fix.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:yfinance.*")


def test_prices_are_adjusted_and_dated_by_the_exchange(server: YahooServer, tmp_path: Path) -> None:
    server.listings["AAPL"] = apple()
    got = yahoo.fetch("aapl", START, END, tmp_path)
    expected = year_of(stock("AAPL"))
    np.testing.assert_array_equal(got.dates, expected["dates"])
    np.testing.assert_array_equal(got.values, expected["close"])
    for name in ("open", "high", "low", "volume"):
        np.testing.assert_allclose(got.columns[name], expected[name], rtol=1e-12)
    assert (got.name, got.title, got.unit, got.notes) == ("AAPL", "Apple Inc.", "USD", ())


def test_the_same_data_have_the_fingerprint_of_the_sample(server: YahooServer, tmp_path: Path) -> None:
    server.listings["AAPL"] = apple()
    year = year_of(stock("AAPL"))
    sample = Series("sample", "", year["dates"], {"close": year["close"]}, "", verbatim(""))
    assert yahoo.fetch("AAPL", START, END, tmp_path).fingerprint == sample.fingerprint


def test_both_ends_of_the_range_are_included(server: YahooServer, tmp_path: Path) -> None:
    server.listings["AAPL"] = apple()
    got = yahoo.fetch("AAPL", date(2005, 2, 25), date(2005, 3, 1), tmp_path)
    assert got.dates.astype("datetime64[D]").astype(str).tolist() == ["2005-02-25", "2005-02-28", "2005-03-01"]


def test_days_east_of_greenwich_stay_their_own(server: YahooServer, tmp_path: Path) -> None:
    """The market in Sydney opens while the day before still lasts in UTC."""
    days = [date(2020, 1, 6) + timedelta(days=n) for n in range(3)]
    server.listings["BHP.AX"] = Listing(days, [plain(40.0 + n) for n in range(3)], "Australia/Sydney", time(10, 0))
    got = yahoo.fetch("BHP.AX", days[0], days[-1], tmp_path)
    assert got.dates.astype("datetime64[D]").tolist() == days


def test_days_without_a_price_are_left_out_and_said(server: YahooServer, tmp_path: Path) -> None:
    days = [date(2020, 1, 6) + timedelta(days=n) for n in range(5)]
    server.listings["X"] = Listing(days, [plain(1.0), plain(None), plain(3.0), plain(None, volume=None), plain(4.0)])
    got = yahoo.fetch("X", days[0], days[-1], tmp_path)
    assert got.values.tolist() == [1.0, 3.0, 4.0]
    assert told(got.notes) == ("2 rows without a value of close left out.",)


def test_a_hole_beside_the_close_costs_that_column_alone(server: YahooServer, tmp_path: Path) -> None:
    days = [date(2020, 1, 6) + timedelta(days=n) for n in range(3)]
    server.listings["X"] = Listing(days, [plain(1.0), [None, 2.0, 2.0, 2.0, 5, 2.0], plain(3.0)])
    got = yahoo.fetch("X", days[0], days[-1], tmp_path)
    assert got.values.tolist() == [1.0, 2.0, 3.0]
    assert "open" not in got.columns
    assert "high" in got.columns
    assert told(got.notes) == ("Column open left out: 1 value missing.",)


def test_a_day_that_still_lasts_is_said(server: YahooServer, tmp_path: Path) -> None:
    days = [today() - timedelta(days=2), today() - timedelta(days=1), today()]
    server.listings["BTC-USD"] = Listing(days, [plain(1.0), plain(2.0), plain(3.0)], "UTC", time(0, 0))
    got = yahoo.fetch("BTC-USD", days[0], days[-1], tmp_path)
    assert len(got) == 3
    assert any("may still change" in note for note in told(got.notes))


def test_a_second_look_asks_nobody(server: YahooServer, tmp_path: Path) -> None:
    server.listings["AAPL"] = apple()
    first = yahoo.fetch("AAPL", START, END, tmp_path)
    server.asked.clear()
    second = yahoo.fetch("AAPL", START, END, tmp_path)
    assert server.asked == []
    assert second.fingerprint == first.fingerprint
    assert (second.title, second.unit, second.source) == (first.title, first.unit, first.source)


def test_a_class_of_thirty_at_once(server: YahooServer, tmp_path: Path) -> None:
    """Threads of one server, in its first minute, some after the same ticker."""
    server.listings = {f"T{n}": Listing([START, END], [plain(1.0 + n), plain(2.0)]) for n in range(10)}
    with ThreadPoolExecutor(30) as pool:
        got = list(pool.map(lambda n: yahoo.fetch(f"T{n % 10}", START, END, tmp_path), range(30)))
    assert [series.values[0] for series in got] == [1.0 + n % 10 for n in range(30)]
    assert [series.notes for series in got] == [()] * 30
    assert len(server.asked) == 2 * 10  # the time zone and the prices of each ticker, once


def test_nobody_waits_for_ever(server: YahooServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server.listings["AAPL"] = apple()
    monkeypatch.setattr(yahoo, "PATIENCE", 0.01)
    with yahoo._turn, pytest.raises(DataUnavailable, match="try again in a minute"):
        yahoo.fetch("AAPL", START, END, tmp_path)
    assert len(yahoo.fetch("AAPL", START, END, tmp_path)) == 252


def test_another_range_is_another_question(server: YahooServer, tmp_path: Path) -> None:
    server.listings["AAPL"] = apple()
    yahoo.fetch("AAPL", START, END, tmp_path)
    assert len(yahoo.fetch("AAPL", START, date(2005, 6, 30), tmp_path)) == 125


@pytest.mark.parametrize(("age", "is_asked"), [(23 * 3600, False), (25 * 3600, True), (-7200, True)])
def test_prices_are_kept_for_a_day(server: YahooServer, tmp_path: Path, age: int, is_asked: bool) -> None:
    server.listings["AAPL"] = apple()
    yahoo.fetch("AAPL", START, END, tmp_path)
    (kept,) = tmp_path.rglob("*.parquet")
    os.utime(kept, (clock.time() - age, clock.time() - age))
    server.listings["AAPL"] = Listing([START, END], [plain(1.0), plain(2.0)])
    assert (len(yahoo.fetch("AAPL", START, END, tmp_path)) == 2) == is_asked


def test_what_is_older_than_a_day_is_dropped_from_disk(server: YahooServer, tmp_path: Path) -> None:
    server.listings["AAPL"] = apple()
    yahoo.fetch("AAPL", START, END, tmp_path)
    (old,) = tmp_path.rglob("*.parquet")
    os.utime(old, (0, 0))
    yahoo.fetch("AAPL", START, date(2005, 6, 30), tmp_path)
    assert not old.exists()
    assert len(list((tmp_path / "yahoo").iterdir())) == 1


@pytest.mark.parametrize("damage", ["empty", "cut", "flipped", "foreign"])
def test_a_broken_copy_is_fetched_again(server: YahooServer, tmp_path: Path, damage: str) -> None:
    server.listings["AAPL"] = apple()
    good = yahoo.fetch("AAPL", START, END, tmp_path)
    (kept,) = tmp_path.rglob("*.parquet")
    content = kept.read_bytes()
    middle = len(content) // 4
    kept.write_bytes(
        {
            "empty": b"",
            "cut": content[: len(content) // 2],
            "flipped": content[:middle] + bytes([content[middle] ^ 255]) + content[middle + 1 :],
            "foreign": b"Date,Close\n2020-01-01,1\n",
        }[damage]
    )
    server.asked.clear()
    again = yahoo.fetch("AAPL", START, END, tmp_path)
    assert server.asked
    assert again.fingerprint == good.fingerprint
    assert kept.read_bytes()[:4] == b"PAR1"


def test_a_folder_that_cannot_be_written_costs_a_note_only(server: YahooServer, tmp_path: Path) -> None:
    server.listings["AAPL"] = apple()
    (tmp_path / "yahoo").write_text("a file where the folder should be")
    got = yahoo.fetch("AAPL", START, END, tmp_path)
    assert len(got) == 252
    assert "could not be kept" in str(got.notes[0])
