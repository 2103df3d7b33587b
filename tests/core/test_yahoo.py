"""Yahoo Finance: the real yfinance against a server on the loopback interface."""

import os
import time as clock
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, time, timedelta
from pathlib import Path

import numpy as np
import pytest

from lstm_core import yahoo
from lstm_core.errors import DataUnavailable, InvalidArgument
from lstm_core.samples import stock
from lstm_core.series import Series
from tests.core.yahoo_server import Listing, YahooServer, today

# yfinance uses what the newest pandas deprecates; its warnings are not ours to fix.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:yfinance.*")

START, END = date(2005, 1, 3), date(2005, 12, 30)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[YahooServer]:
    """A server that the real yfinance takes for Yahoo, as it would in a fresh process."""
    import yfinance
    from yfinance import cache, data

    server = YahooServer()
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    for module in ("base", "search", "scrapers.history"):
        monkeypatch.setattr(f"yfinance.{module}._BASE_URL_", server.address)
    monkeypatch.setattr("yfinance.scrapers.quote._QUERY1_URL_", server.address)
    monkeypatch.setattr("yfinance.scrapers.quote._QUOTE_SUMMARY_URL_", f"{server.address}/v10/finance/quoteSummary")
    monkeypatch.setitem(yfinance.config.network.data, "proxy", {"https": server.address})
    monkeypatch.setattr("yfinance.base._tz_info_fetch_ctr", 0)
    monkeypatch.setattr(data.SingletonMeta, "_instances", {})
    monkeypatch.setattr(cache._TzCacheManager, "_tz_cache", None)
    monkeypatch.setattr(cache._CookieCacheManager, "_Cookie_cache", None)
    yahoo._yfinance.cache_clear()
    yield server
    server.stop()
    cache._TzDBManager.close_db()
    cache._CookieDBManager.close_db()


def apple() -> Listing:
    """The sample series of Apple in 2005, as Yahoo would list it."""
    year = year_of(stock("AAPL"))
    ratio = year["raw_close"] / year["close"]
    raw = [year[name] * ratio for name in ("open", "high", "low")]
    columns = [*raw, year["raw_close"], year["volume"], year["close"]]
    return Listing(days_of(year), np.column_stack(columns).tolist())


def year_of(series: Series) -> dict[str, np.ndarray]:
    inside = (series.dates >= np.datetime64(START)) & (series.dates <= np.datetime64(END))
    return {name: values[inside] for name, values in series.columns.items()} | {"dates": series.dates[inside]}


def days_of(year: dict[str, np.ndarray]) -> list[date]:
    return year["dates"].astype("datetime64[D]").astype(object).tolist()


def plain(close: float | None, volume: float | None = 1000) -> list[float | None]:
    return [close, close, close, close, volume, close]


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
    sample = Series("sample", "", year["dates"], {"close": year["close"]}, "", "")
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
    assert got.notes == ("2 rows without a value of close left out.",)


def test_a_hole_beside_the_close_costs_that_column_alone(server: YahooServer, tmp_path: Path) -> None:
    days = [date(2020, 1, 6) + timedelta(days=n) for n in range(3)]
    server.listings["X"] = Listing(days, [plain(1.0), [None, 2.0, 2.0, 2.0, 5, 2.0], plain(3.0)])
    got = yahoo.fetch("X", days[0], days[-1], tmp_path)
    assert got.values.tolist() == [1.0, 2.0, 3.0]
    assert "open" not in got.columns
    assert "high" in got.columns
    assert got.notes == ("Column open left out: 1 value missing.",)


def test_a_day_that_still_lasts_is_said(server: YahooServer, tmp_path: Path) -> None:
    days = [today() - timedelta(days=2), today() - timedelta(days=1), today()]
    server.listings["BTC-USD"] = Listing(days, [plain(1.0), plain(2.0), plain(3.0)], "UTC", time(0, 0))
    got = yahoo.fetch("BTC-USD", days[0], days[-1], tmp_path)
    assert len(got) == 3
    assert any("may still change" in note for note in got.notes)


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
    assert "could not be kept" in got.notes[0]


def test_rate_limit(server: YahooServer, tmp_path: Path) -> None:
    server.listings["AAPL"] = apple()
    server.status, server.body = 429, "Too Many Requests"
    with pytest.raises(DataUnavailable, match="no more requests from here for now: wait"):
        yahoo.fetch("AAPL", START, END, tmp_path)
    server.status, server.body = 200, None
    assert len(yahoo.fetch("AAPL", START, END, tmp_path)) == 252


def test_unknown_ticker(server: YahooServer, tmp_path: Path) -> None:
    """Three in a row: yfinance asks a second page for the first two only."""
    for ticker in ("NOPE1", "NOPE2", "NOPE3"):
        with pytest.raises(DataUnavailable, match=f"knows no ticker {ticker}: check the spelling"):
            yahoo.fetch(ticker, START, END, tmp_path)
    assert not list(tmp_path.rglob("*.parquet"))


def test_ticker_that_went_away(server: YahooServer, tmp_path: Path) -> None:
    """yfinance remembers the time zone of a ticker that it has seen, so that this fails on another page."""
    server.listings["AAPL"] = apple()
    yahoo.fetch("AAPL", START, END, tmp_path)
    del server.listings["AAPL"]
    with pytest.raises(DataUnavailable, match="knows no ticker AAPL"):
        yahoo.fetch("AAPL", START, date(2005, 3, 1), tmp_path)


def test_unknown_isin(server: YahooServer, tmp_path: Path) -> None:
    with pytest.raises(DataUnavailable, match="knows no ticker US0000000000"):
        yahoo.fetch("US0000000000", START, END, tmp_path)


def test_nothing_answers(server: YahooServer, tmp_path: Path) -> None:
    server.stop()
    with pytest.raises(DataUnavailable, match="out of reach: check the connection"):
        yahoo.fetch("AAPL", START, END, tmp_path)


def test_yahoo_is_down_and_comes_back(server: YahooServer, tmp_path: Path) -> None:
    """yfinance would remember the failed answer for as long as the process lives."""
    server.listings["AAPL"] = apple()
    server.status, server.body = 503, "<html>Service Unavailable</html>"
    with pytest.raises(DataUnavailable, match="cannot be read"):
        yahoo.fetch("AAPL", START, END, tmp_path)
    server.status, server.body = 200, None
    assert len(yahoo.fetch("AAPL", START, END, tmp_path)) == 252


def test_no_prices_in_that_range(server: YahooServer, tmp_path: Path) -> None:
    server.listings["AAPL"] = apple()
    with pytest.raises(DataUnavailable, match="no prices for AAPL from 1970-01-01 to 1970-06-30: choose other dates"):
        yahoo.fetch("AAPL", date(1970, 1, 1), date(1970, 6, 30), tmp_path)
    with pytest.raises(DataUnavailable, match="fewer than 2 prices for AAPL"):
        yahoo.fetch("AAPL", START, START, tmp_path)
    assert not list(tmp_path.rglob("*.parquet"))


@pytest.mark.parametrize(
    "ticker", ["", " ", "A B", "../etc", "A/B", "A?b=c", "A%20B", "ß", "AAPL\n2", "A" * 25, "-A", "ＡＡ"]
)
def test_odd_tickers_are_refused_before_anybody_is_asked(server: YahooServer, tmp_path: Path, ticker: str) -> None:
    with pytest.raises(InvalidArgument, match=r"^ticker must be letters"):
        yahoo.fetch(ticker, START, END, tmp_path)
    assert server.asked == []


@pytest.mark.parametrize("ticker", ["BRK-B", "^GSPC", "EURUSD=X", "0700.HK", "M&M.NS", "GC=F"])
def test_tickers_of_all_markets_are_asked_for(server: YahooServer, tmp_path: Path, ticker: str) -> None:
    server.listings[ticker] = Listing([START, END], [plain(1.0), plain(2.0)])
    assert yahoo.fetch(ticker, START, END, tmp_path).values.tolist() == [1.0, 2.0]


def test_a_range_that_ends_before_it_starts(server: YahooServer, tmp_path: Path) -> None:
    with pytest.raises(InvalidArgument, match="end must be on or after the start"):
        yahoo.fetch("AAPL", END, START, tmp_path)
    assert server.asked == []


def test_search_completes_tickers(server: YahooServer, tmp_path: Path) -> None:
    apple = {"symbol": "AAPL", "longname": "Apple Inc.", "exchDisp": "NASDAQ", "typeDisp": "Equity"}
    server.quotes = [
        apple,
        {"symbol": "APLE", "shortname": "Apple Hospitality", "exchDisp": "NYSE"},
        {"name": "apple, private"},
    ]
    assert yahoo.search(" apple ", tmp_path) == (
        yahoo.Match("AAPL", "Apple Inc.", "NASDAQ", "Equity"),
        yahoo.Match("APLE", "Apple Hospitality", "NYSE", ""),
    )
    assert yahoo.search("zzz", tmp_path) == ()


@pytest.mark.parametrize(
    ("status", "body", "sentence"),
    [
        (429, "Too Many Requests", "no more requests"),
        (500, "<html>", "cannot be read"),
        (401, '{"finance": {"error": {"code": "Unauthorized"}}}', "cannot be read"),
        (200, "Will be right back", "out of reach"),
    ],
)
def test_search_fails_like_fetch(server: YahooServer, tmp_path: Path, status: int, body: str, sentence: str) -> None:
    server.status, server.body = status, body
    with pytest.raises(DataUnavailable, match=sentence):
        yahoo.search("apple", tmp_path)


@pytest.mark.parametrize("text", ["", "   ", "a" * 61, "a\x00b"])
def test_search_for_nothing(server: YahooServer, tmp_path: Path, text: str) -> None:
    with pytest.raises(InvalidArgument, match=r"^search must be"):
        yahoo.search(text, tmp_path)
    assert server.asked == []


def test_nothing_is_written_outside_the_cache(
    server: YahooServer, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Neither files elsewhere (yfinance has a cache of its own) nor words on the screen."""
    home = tmp_path / "home"
    server.listings["AAPL"] = apple()
    yahoo.fetch("AAPL", START, END, home)
    assert {path.name for path in home.iterdir()} == {"yahoo", "yfinance"}
    assert (home / "yfinance" / "tkr-tz.db").exists()
    assert capfd.readouterr() == ("", "")
