"""Daily prices and tickers from Yahoo Finance, through yfinance. For personal, research and educational use."""

import logging
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from threading import Lock
from types import ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np
from platformdirs import user_cache_path

from lstm_core.data.cleaning import tidy
from lstm_core.data.series import Series
from lstm_core.data.yahoo.cache import keep, recall
from lstm_core.errors import DataUnavailable, InvalidArgument
from lstm_core.phrases import Phrase

if TYPE_CHECKING:
    import pandas as pd

TICKER = re.compile(r"[A-Z0-9^][A-Z0-9.^=&_-]{0,23}")
SEARCH_LENGTH = 60
PRICES = ("open", "high", "low", "close", "volume")

# One request at a time: yfinance has one session and one database per process, and a class that asks for the same
# prices at the same moment is one question.
_turn = Lock()
PATIENCE = 30.0  # seconds to wait for that turn

_OR_OTHERS = Phrase("or_other_series")


@dataclass(frozen=True)
class Match:
    """What a search found: a ticker and what stands behind it; exchange and kind as Yahoo names them."""

    ticker: str
    name: str
    exchange: str
    kind: str


def fetch(ticker: str, start: date, end: date, cache: Path | None = None) -> Series:
    """Daily prices from `start` to `end`, both included, adjusted for splits and dividends, in the ticker's currency.

    Columns: open, high, low, close, volume. Dates are days at the exchange.
    They are kept for a day in `cache` (default: the user's cache folder).
    Raises `InvalidArgument` before asking anybody, `DataUnavailable` when Yahoo is out of reach, limits requests, knows
    no such ticker, or has no prices in that range.
    """
    symbol = _symbol(ticker)
    _check_range(start, end)
    folder = _folder(cache)
    path = folder / "yahoo" / f"{symbol}_{start.isoformat()}_{end.isoformat()}.parquet"
    frame, notes = _recalled(path), ()
    if frame is None:
        span = Phrase("yahoo_span", start=np.datetime64(start), end=np.datetime64(end))
        with _asking_yahoo(folder, symbol, span) as yfinance:
            frame = _recalled(path)  # somebody may have asked the same while we waited
            if frame is None:
                frame = _download(yfinance.Ticker(symbol), start, end)
                notes = keep(path, frame)
    return _series(symbol, frame, notes)


def search(text: str, cache: Path | None = None) -> tuple[Match, ...]:
    """Tickers for the beginning of a ticker or of a company's name, best first, at most 8; raises like `fetch`."""
    wanted = text.strip()
    if not 1 <= len(wanted) <= SEARCH_LENGTH or not wanted.isprintable():
        raise InvalidArgument("search", Phrase("search_text", most=SEARCH_LENGTH), text)
    with _asking_yahoo(_folder(cache), wanted, Phrase("nothing")) as yfinance:
        found = yfinance.Search(wanted, max_results=8, news_count=0, lists_count=0, timeout=5)
        quotes = found.response["quotes"]  # missing in an answer that reports an error
        return tuple(_match(quote) for quote in quotes if TICKER.fullmatch(quote.get("symbol", "")))


def _symbol(ticker: str) -> str:
    symbol = ticker.strip().upper() if ticker.isascii() else ""
    if not TICKER.fullmatch(symbol):
        raise InvalidArgument("ticker", Phrase("ticker"), ticker)
    return symbol


def _check_range(start: date, end: date) -> None:
    if start > end:
        came = Phrase("quoted", what=np.datetime64(end))
        raise InvalidArgument("end", Phrase("on_or_after_start", start=np.datetime64(start)), came)


def _folder(cache: Path | None) -> Path:
    return user_cache_path("gatescope", appauthor=False) if cache is None else cache


@lru_cache(maxsize=1)
def _yfinance(folder: Path) -> ModuleType:
    """yfinance, told before its first call where its own cache belongs and not to hide errors. Slow to import."""
    logging.getLogger("yfinance").addHandler(logging.NullHandler())  # a library prints nothing
    import yfinance

    warnings.filterwarnings("ignore", category=DeprecationWarning, module="yfinance")  # for its makers, not for users
    yfinance.set_tz_cache_location(str(folder / "yfinance"))
    yfinance.config.debug.hide_exceptions = False
    return yfinance


def _download(ticker: Any, start: date, end: date) -> "pd.DataFrame":
    """Prices by day, columns as in `PRICES`; ``attrs``: title, currency, and the day of the download."""
    # yfinance excludes the end; keepna: rows without a price are ours to leave out, for we say so.
    frame = ticker.history(start=start, end=end + timedelta(days=1), keepna=True, timeout=10)
    about = ticker.history_metadata
    frame = frame.rename(columns=str.lower)[list(PRICES)].astype("float64").tz_localize(None)
    if np.isfinite(frame["close"]).sum() < 2:
        raise DataUnavailable(Phrase("yahoo_too_few_prices", ticker=ticker.ticker))
    frame.attrs = {
        "title": about.get("longName") or about.get("shortName") or ticker.ticker,
        "currency": about.get("currency") or "",
        "fetched": datetime.now(UTC).date().isoformat(),
    }
    return frame


def _recalled(path: Path) -> "pd.DataFrame | None":
    """A copy from disk, if it is what `_download` made."""
    frame = recall(path)
    if (
        frame is None
        or list(frame.columns) != list(PRICES)
        or not frame.attrs.keys() >= {"title", "currency", "fetched"}
    ):
        return None
    return frame


def _series(symbol: str, frame: "pd.DataFrame", notes: tuple[Phrase, ...]) -> Series:
    columns = {name: frame[name].to_numpy() for name in PRICES}
    dates, columns, cleaned = tidy(frame.index.to_numpy().astype("datetime64[s]"), columns, "close")
    fetched = np.datetime64(frame.attrs["fetched"])
    if dates[-1] >= fetched:
        notes = (*notes, Phrase("last_day_unfinished", day=fetched))
    return Series(
        name=symbol,
        title=frame.attrs["title"],
        dates=dates,
        columns=columns,
        unit=frame.attrs["currency"],
        source=Phrase("yahoo", fetched=fetched),
        notes=(*notes, *cleaned),
    )


def _match(quote: dict[str, Any]) -> Match:
    name = quote.get("longname") or quote.get("shortname") or quote["symbol"]
    return Match(quote["symbol"], name, quote.get("exchDisp") or "", quote.get("typeDisp") or "")


@contextmanager
def _asking_yahoo(folder: Path, wanted: str, span: Phrase) -> Iterator[ModuleType]:
    """yfinance, for one caller at a time; whatever it raises becomes `DataUnavailable`, with what to do next."""
    if not _turn.acquire(timeout=PATIENCE):
        raise DataUnavailable(Phrase("yahoo_busy", instead=_OR_OTHERS))
    try:
        yfinance = _yfinance(folder)
        # It would keep answers, failed ones too, for as long as the process lives.
        yfinance.data.YfData.cache_get.cache_clear()
        yield yfinance
    except DataUnavailable:
        raise
    except Exception as error:  # its answers come from an undocumented service: any kind of error can come out
        raise DataUnavailable(_said(error, wanted, span)) from error
    finally:
        _turn.release()


def _said(error: Exception, wanted: str, span: Phrase) -> Phrase:
    from curl_cffi.requests.exceptions import HTTPError
    from yfinance import exceptions

    if isinstance(error, exceptions.YFRateLimitError):
        return Phrase("yahoo_limits_requests", instead=_OR_OTHERS)
    if isinstance(error, exceptions.YFPricesMissingError) and "delisted" not in str(error.yahoo_reason):
        return Phrase("yahoo_has_no_prices", wanted=wanted, span=span)
    # HTTPError: asked for the time zone of a ticker that it does not know, yfinance tries a second page.
    if isinstance(error, exceptions.YFTickerMissingError | HTTPError) or str(error).startswith("Invalid ISIN"):
        return Phrase("yahoo_knows_no_ticker", wanted=wanted)
    if isinstance(error, OSError | exceptions.YFDataException):
        return Phrase("yahoo_out_of_reach", instead=_OR_OTHERS)
    return Phrase("yahoo_unreadable", error=type(error).__name__, instead=_OR_OTHERS)
