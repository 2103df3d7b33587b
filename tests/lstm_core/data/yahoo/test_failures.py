"""Each way in which Yahoo Finance fails, the search for tickers, and what must not leave a trace."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from lstm_core.data.yahoo import download as yahoo
from lstm_core.errors import DataUnavailable, InvalidArgument
from tests.helpers.yahoo_server import END, START, Listing, YahooServer, apple, plain

# yfinance uses what the newest pandas deprecates; its warnings are not ours to fix.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:yfinance.*")


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


def test_offline_in_a_fresh_process_nothing_is_printed(tmp_path: Path) -> None:
    """yfinance as it is, behind a proxy that does not answer; its warnings would reach standard error."""
    program = (
        "import datetime, pathlib; from lstm_core import errors; from lstm_core.data.yahoo import download as yahoo\n"
        "start, end = datetime.date(2005, 1, 3), datetime.date(2005, 12, 30)\n"
        f"try: yahoo.fetch('AAPL', start, end, pathlib.Path({str(tmp_path)!r}))\n"
        "except errors.DataUnavailable as error: print(error)"
    )
    proxies = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"), "http://127.0.0.1:1")
    environment = os.environ | proxies | {"NO_PROXY": "", "no_proxy": ""}
    answer = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env=environment, check=True
    )
    assert answer.stdout.startswith("Yahoo Finance is out of reach")
    assert answer.stderr == ""


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
