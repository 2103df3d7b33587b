"""Fixtures of the core's tests."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch

from lstm_core.data.yahoo import download as yahoo
from lstm_core.runs.run import Run, save
from tests.core.runs_for_tests import trained
from tests.core.yahoo_server import YahooServer


@pytest.fixture(autouse=True, scope="session")
def one_thread() -> None:
    """As in a worker: two threads wait for each other whenever the machine has other things to do."""
    torch.set_num_threads(1)


@pytest.fixture(scope="module")
def run() -> Run:
    return trained()


@pytest.fixture(scope="module")
def saved(run, tmp_path_factory) -> Path:
    """Not to be changed; `place` is a copy."""
    directory = tmp_path_factory.mktemp("saved") / "run"
    save(run, directory)
    return directory


@pytest.fixture
def place(saved, tmp_path) -> Path:
    return shutil.copytree(saved, tmp_path / "run")


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
