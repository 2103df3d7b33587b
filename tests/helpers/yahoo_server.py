"""A small Yahoo Finance on the loopback interface, for the real yfinance to talk to."""

import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from lstm_core.data.bundled import stock
from lstm_core.data.series import Series
from lstm_core.data.yahoo import download as yahoo

START, END = date(2005, 1, 3), date(2005, 12, 30)
UNKNOWN = {
    "chart": {"result": None, "error": {"code": "Not Found", "description": "No data found, symbol may be delisted"}}
}


@dataclass
class Listing:
    """What the server knows of a ticker: per day open, high, low, close, volume, adjusted close (None: no trade)."""

    days: Sequence[date]
    rows: Sequence[Sequence[float | None]]
    zone: str = "America/New_York"
    opens: time = time(9, 30)
    about: Mapping[str, Any] = field(default_factory=lambda: {"currency": "USD", "longName": "Apple Inc."})

    def stamps(self) -> list[int]:
        zone = ZoneInfo(self.zone)
        return [int(datetime.combine(day, self.opens, zone).timestamp()) for day in self.days]

    def chart(self, first: int, last: int) -> dict[str, Any]:
        """The answer of the chart page for first <= time < last."""
        shown = [(at, row) for at, row in zip(self.stamps(), self.rows, strict=True) if first <= at < last]
        meta = {"instrumentType": "EQUITY", "exchangeTimezoneName": self.zone, "priceHint": 2, "validRanges": ["1d"]}
        result: dict[str, Any] = {"meta": meta | dict(self.about), "indicators": {"quote": [{}], "adjclose": [{}]}}
        if shown:
            columns = [list(column) for column in zip(*(row for _, row in shown), strict=True)]
            quote = dict(zip(("open", "high", "low", "close", "volume"), columns, strict=False))
            result["timestamp"] = [at for at, _ in shown]
            result["indicators"] = {"quote": [quote], "adjclose": [{"adjclose": columns[5]}]}
        return {"chart": {"result": [result], "error": None}}


class YahooServer(ThreadingHTTPServer):
    """Answers charts and searches, and refuses to be a proxy, which cuts off the pages for cookies and crumbs.

    listings: ticker -> what is known of it. status, body: where set, this is the answer to everything.
    """

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.listings: dict[str, Listing] = {}
        self.quotes: list[dict[str, str]] = []
        self.status = 200
        self.body: str | None = None
        self.asked: list[str] = []
        self.thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01})
        self.thread.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def stop(self) -> None:
        self.shutdown()
        self.thread.join()
        self.server_close()

    def answer(self, path: str, query: Mapping[str, list[str]]) -> tuple[int, str]:
        if self.body is not None or self.status != 200:
            return self.status, self.body or ""
        if path == "/v1/finance/search":
            wanted = query["q"][0].casefold()
            found = [quote for quote in self.quotes if wanted in json.dumps(quote).casefold()]
            return 200, json.dumps({"quotes": found[: int(query["quotesCount"][0])], "news": []})
        kind, _, ticker = path.removeprefix("/").rpartition("/")
        if kind != "v8/finance/chart" or ticker not in self.listings:
            return 404, json.dumps(UNKNOWN)
        first, last = (
            int(query.get(name, [default])[0]) for name, default in (("period1", "0"), ("period2", str(2**40)))
        )
        return 200, json.dumps(self.listings[ticker].chart(first, last))


class _Handler(BaseHTTPRequestHandler):
    server: YahooServer

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        self.server.asked.append(parts.path)
        status, body = self.server.answer(unquote(parts.path), parse_qs(parts.query))
        self._send(status, body.encode())

    def do_CONNECT(self) -> None:
        self._send(502, b"")

    def _send(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """The requests are kept in ``asked``; standard error stays quiet."""


def today() -> date:
    return datetime.now(UTC).date()


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


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[YahooServer]:
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
