"""Real daily prices that installed packages carry: no network, nothing of others in this repository."""

import csv
import gzip
from collections.abc import Mapping
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from lstm_core.data.cleaning import adjusted
from lstm_core.data.series import Series
from lstm_core.errors import DataUnavailable
from lstm_core.phrases import Phrase

STOCKS: Mapping[str, str] = {
    "AAPL": "Apple",
    "MSFT": "Microsoft",
    "IBM": "IBM",
    "GOOG": "Google",
    "FB": "Facebook",
}

# Catalogue name -> (column of the returns file, title). Names that a stock above has taken carry their first year.
REBUILT: Mapping[str, tuple[str, str]] = {
    "AMZN": ("AMZN", "Amazon"),
    "AAPL-2013": ("AAPL", "Apple, 2013 to 2018"),
    "IBM-2013": ("IBM", "IBM, 2013 to 2018"),
    "INTC": ("INTC", "Intel"),
    "JNJ": ("JNJ", "Johnson & Johnson"),
    "JPM": ("JPM", "JPMorgan Chase"),
    "KO": ("KO", "Coca-Cola"),
    "MSFT-2013": ("MSFT", "Microsoft, 2013 to 2018"),
    "WMT": ("WMT", "Walmart"),
    "XOM": ("XOM", "ExxonMobil"),
}

# The last close before the first return (2013-02-08), in USD, where it is known.
KNOWN_STARTS: Mapping[str, float] = {"AMZN": 261.95}
INDEX_START = 100.0


def stock(ticker: str) -> Series:
    """Daily prices of one of `STOCKS` in USD: open, high, low, close (adjusted), volume, raw_close.

    Source: the sample data of Bokeh, public domain. Raises `DataUnavailable` where the package is missing.
    """
    rows = [row for row in _table("bokeh_sampledata", "_data", "stocks.csv.gz") if row["Ticker"] == ticker]
    raw = {name: _floats(rows, name) for name in ("Open", "High", "Low", "Close", "Volume", "Adj Close")}
    prices = {name: raw[name.capitalize()] for name in ("open", "high", "low")}
    return Series(
        name=ticker,
        title=STOCKS[ticker],
        dates=_dates(rows, "Date"),
        columns=adjusted(prices, raw["Close"], raw["Adj Close"]) | {"volume": raw["Volume"]},
        unit="USD",
        source=Phrase("bokeh"),
        notes=(Phrase("adjusted"),),
    )


def rebuilt(name: str) -> Series:
    """Daily closes of one of `REBUILT`, chained from daily returns: start · Π(1 + r/100).

    Source: the S&P 500 returns that river carries, six decimals of a percent each; the package is found, never
    imported. Raises `DataUnavailable` where it is missing.
    """
    column, title = REBUILT[name]
    rows = _table("river", "datasets", "sp500.csv.gz")
    start = KNOWN_STARTS.get(column, INDEX_START)
    unit = "USD" if column in KNOWN_STARTS else f"index, start = {INDEX_START:g}"
    return Series(
        name=name,
        title=title,
        dates=_dates(rows, "date"),
        columns={"close": start * np.cumprod(1 + _floats(rows, column) / 100)},
        unit=unit,
        source=Phrase("river"),
        notes=(Phrase("rebuilt_from_returns", start=start),),
    )


def has_returns() -> bool:
    """Whether the file behind `rebuilt` is installed."""
    return _package_file("river", "datasets", "sp500.csv.gz") is not None


@lru_cache(maxsize=2)
def _table(package: str, *parts: str) -> tuple[dict[str, str], ...]:
    path = _package_file(package, *parts)
    if path is None:
        raise DataUnavailable(Phrase("package_missing", package=package))
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))


def _package_file(package: str, *parts: str) -> Path | None:
    """Where an installed package keeps a file; the package itself is not imported."""
    spec = find_spec(package)
    places = spec.submodule_search_locations if spec and spec.submodule_search_locations else []
    return next((path for place in places if (path := Path(place, *parts)).is_file()), None)


def _dates(rows: tuple[dict[str, str], ...] | list[dict[str, str]], column: str) -> np.ndarray:
    return np.array([row[column] for row in rows], dtype="datetime64[s]")


def _floats(rows: tuple[dict[str, str], ...] | list[dict[str, str]], column: str) -> np.ndarray:
    return np.array([float(row[column]) for row in rows])
