"""The app as it runs, and Debian's Chromium."""

import os
import signal
from collections.abc import Iterator

import numpy as np
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from benchmarks.serving import FLAGS, ROOT, chromium_path
from lstm_core.runs.run import Run, load
from tests.helpers.browser.server import PATIENCE, Server, start_server


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = start_server(tmp_path_factory.mktemp("server"))
    yield server
    said = server.log.read_text()
    server.process.send_signal(signal.SIGTERM)
    server.process.wait(30)
    # loky's own tracker process complains about semaphores of workers that a test has killed; nothing else may.
    tracebacks = [text for text in said.split("Traceback")[1:] if "resource_tracker.py" not in text]
    assert tracebacks == []


@pytest.fixture(scope="session")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    """One for all tests of a process: a browser that need not compile the same scripts a hundred times."""
    executable = chromium_path()
    if executable is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Chromium is missing: CI needs it for the browser tests")
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        profile = playwright.chromium.launch_persistent_context(
            tmp_path_factory.mktemp("profile"),
            executable_path=executable,
            args=FLAGS,
            viewport={"width": 1440, "height": 900},
            reduced_motion="reduce",
        )
        profile.set_default_timeout(PATIENCE)
        yield profile
        profile.close()


@pytest.fixture(scope="session")
def browser(profile: BrowserContext) -> Browser:
    """For tests that need other people."""
    assert profile.browser is not None
    return profile.browser


@pytest.fixture
def page(profile: BrowserContext) -> Iterator[Page]:
    """A tab that remembers nothing and wants no motion, so that nothing moves unless a test moves it."""
    page = profile.new_page()
    everything = {"origin": "*", "storageTypes": "local_storage,cookies"}
    profile.new_cdp_session(page).send("Storage.clearDataForOrigin", everything)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    page.close()
    assert errors == []


@pytest.fixture(scope="module")
def first() -> Run:
    """The run that the page opens on."""
    return load(ROOT / "assets" / "first_run" / "run")


@pytest.fixture(scope="module")
def first_end(first: Run) -> int:
    """The day on which its window ends there."""
    return int(np.searchsorted(first.series.dates, np.datetime64("2009-08-21")))
