"""Samples and the catalogue: known facts about the data, and pandas as another reader of the same files."""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lstm_core.data import bundled as samples
from lstm_core.data.bundled import REBUILT, STOCKS, rebuilt, stock
from lstm_core.data.catalogue import entries, load
from lstm_core.data.synthetic import KINDS
from lstm_core.errors import DataUnavailable, InvalidArgument

needs_returns = pytest.mark.skipif(find_spec("river") is None, reason="river, a package for development, is not here")


def path_in(package: str, *parts: str) -> Path:
    spec = find_spec(package)
    assert spec is not None
    assert spec.submodule_search_locations is not None
    return Path(spec.submodule_search_locations[0], *parts)


def day(series, date: str) -> int:
    (position,) = np.flatnonzero(series.dates == np.datetime64(date))
    return int(position)


@pytest.mark.parametrize(
    ("name", "first", "observations"),
    [
        ("AAPL", "2000-03-01", 3270),
        ("MSFT", "2000-03-01", 3270),
        ("IBM", "2000-03-01", 3270),
        ("GOOG", "2004-08-19", 2148),
        ("FB", "2012-05-18", 196),
    ],
)
def test_stocks_have_their_known_ranges(name, first, observations):
    series = load(name)
    assert len(series) == observations
    assert series.dates[[0, -1]].astype("datetime64[D]").astype(str).tolist() == [first, "2013-03-01"]
    assert series.unit == "USD"


def test_a_split_halves_the_raw_close_and_leaves_the_adjusted_one():
    """Apple, 28 February 2005, two for one: the close went from 88.99 to 44.86, and a holder gained 0.8 %."""
    apple = stock("AAPL")
    before, after = day(apple, "2005-02-25"), day(apple, "2005-02-28")
    raw, close = apple.columns["raw_close"], apple.values
    assert (raw[before], raw[after]) == (88.99, 44.86)
    assert close[after] / close[before] == pytest.approx(2 * 44.86 / 88.99, abs=5e-4)


def test_pandas_reads_the_same_prices():
    table = pd.read_csv(path_in("bokeh_sampledata", "_data", "stocks.csv.gz"), parse_dates=["Date"])
    assert set(table["Ticker"]) == set(STOCKS)
    for name, rows in table.groupby("Ticker"):
        series = stock(str(name))
        np.testing.assert_array_equal(series.dates, rows["Date"].to_numpy().astype("datetime64[s]"))
        np.testing.assert_array_equal(series.values, rows["Adj Close"])
        np.testing.assert_array_equal(series.columns["raw_close"], rows["Close"])
        np.testing.assert_array_equal(series.columns["volume"], rows["Volume"])


@pytest.mark.parametrize("name", STOCKS)
def test_adjusted_prices_of_a_day_keep_their_order(name):
    columns = stock(name).columns
    slack = 1 + 1e-9
    assert (columns["low"] <= np.minimum(columns["open"], columns["close"]) * slack).all()
    assert (columns["high"] * slack >= np.maximum(columns["open"], columns["close"])).all()


@needs_returns
def test_amazon_ends_where_it_closed():
    amazon = load("AMZN")
    assert len(amazon) == 1257
    assert amazon.dates[[0, -1]].astype("datetime64[D]").astype(str).tolist() == ["2013-02-11", "2018-02-06"]
    assert round(amazon.values[-1], 2) == 1442.84
    assert amazon.unit == "USD"
    assert "rebuilt from returns" in str(amazon.source)


@needs_returns
@pytest.mark.parametrize("name", [name for name in REBUILT if name != "AMZN"])
def test_the_others_start_at_a_hundred_and_give_the_returns_back(name):
    series = load(name)
    returns = pd.read_csv(path_in("river", "datasets", "sp500.csv.gz"))[REBUILT[name][0]]
    levels = np.append(100.0, series.values)
    np.testing.assert_allclose(100 * (levels[1:] / levels[:-1] - 1), returns, atol=1e-9)
    assert series.unit == "index, start = 100"
    assert "rebuilt from returns" in str(series.source)


@needs_returns
@pytest.mark.parametrize("name", ["AAPL", "IBM", "MSFT"])
def test_both_sources_tell_of_the_same_days(name):
    """They overlap in February 2013; the returns are of raw closes, without dividends."""
    raw, other = stock(name), rebuilt(f"{name}-2013")
    shared, here, there = np.intersect1d(raw.dates, other.dates, return_indices=True)
    assert len(shared) == 14
    moves, others = (np.diff(np.log(each)) for each in (raw.columns["raw_close"][here], other.values[there]))
    np.testing.assert_allclose(moves, others, atol=2e-6)


def test_the_catalogue_lists_what_it_loads():
    listed = entries()
    names = [entry.name for entry in listed]
    assert len(set(names)) == len(names)
    assert set(names) == {*STOCKS, *KINDS} | (set(REBUILT) if find_spec("river") else set())
    for entry in listed:
        series = load(entry.name)
        assert (series.name, series.title) == (entry.name, entry.title)
        assert entry.kind == ("synthetic" if entry.name in KINDS else "sample")


@pytest.mark.parametrize(
    ("wrong", "meant"), [("appl", "AAPL"), ("aapl", "AAPL"), ("SINE", "sine"), ("random walk", "random-walk")]
)
def test_a_wrong_name_is_answered_with_near_ones(wrong, meant):
    with pytest.raises(InvalidArgument, match=rf"^series must be a name from the catalogue, perhaps .*{meant}"):
        load(wrong)


def test_a_name_far_from_all_is_answered_with_all():
    with pytest.raises(InvalidArgument, match=r"^series must be one of AAPL, .*, random-walk; got 'zzzzz'"):
        load("zzzzz")


def test_a_missing_package_is_named(monkeypatch):
    samples._table.cache_clear()
    monkeypatch.setattr("lstm_core.data.bundled.find_spec", lambda name: None)
    with pytest.raises(DataUnavailable, match="package bokeh_sampledata"):
        load("AAPL")
    assert "AMZN" not in {entry.name for entry in entries()}


def test_listing_needs_neither_torch_nor_pandas_nor_the_packages_nor_home(tmp_path):
    """Everything offline is loaded in a fresh process whose home is empty: no download, no heavy import."""
    program = (
        "import sys; from lstm_core.data.catalogue import entries, load; [load(entry.name) for entry in entries()];"
        "print(*(name for name in ('torch', 'pandas', 'river', 'bokeh_sampledata', 'yfinance') if name in sys.modules))"
    )
    environment = os.environ | {"HOME": str(tmp_path), "USERPROFILE": str(tmp_path)}
    answer = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env=environment, check=True
    )
    assert answer.stdout.split() == []
    assert list(tmp_path.iterdir()) == []
