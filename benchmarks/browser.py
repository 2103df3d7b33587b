"""What the benchmarks in Chromium share: a server of their own, the browser, fresh profiles, and training on a page.

Needs Debian's chromium on the path.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 120_000  # milliseconds
LANES = "[data-testid='stage-lanes-canvas']"

STAGE = """document.querySelector("[data-testid='stage']")"""
# Resolves when the stage shows an epoch that it did not show before.
NEXT_EPOCH = f"""() => new Promise((resolve) => {{
  const stage = {STAGE}, before = stage.dataset.epoch;
  const look = () => stage.dataset.epoch !== before ? resolve() : requestAnimationFrame(look);
  look();
}})"""
# The timestamps of all animation frames within so many milliseconds.
FRAMES = """(span) => new Promise((resolve) => {
  const stamps = [], until = performance.now() + span;
  const look = (stamp) => {
    stamps.push(stamp);
    performance.now() < until ? requestAnimationFrame(look) : resolve(stamps);
  };
  requestAnimationFrame(look);
})"""


@contextmanager
def served(script: str | Path = "dashboard/app.py") -> Iterator[str]:
    """The address of an app that has just begun to answer, in a process and with a home folder of its own."""
    port = _free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.headless", "true"]
    command += ["--server.address", "127.0.0.1", "--server.port", str(port)]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        environment = os.environ | {"HOME": home, "XDG_CACHE_HOME": home}
        server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, env=environment)
        url = f"http://127.0.0.1:{port}/"
        try:
            _wait_for(f"{url}_stcore/health", server)
            yield url
        finally:
            server.terminate()
            server.wait(30)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    while not _answers(url):
        if server.poll() is not None:
            raise RuntimeError(f"the server ended with exit code {server.returncode} before it answered")
        time.sleep(0.02)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=1):
            return True
    except OSError:
        return False


@contextmanager
def chromium() -> Iterator[Browser]:
    executable = shutil.which("chromium")
    if executable is None:
        raise RuntimeError("Chromium is missing: on Debian, `apt-get install chromium`")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def fresh(browser: Browser, width: int = 1440, height: int = 900) -> Iterator[Page]:
    """A page in a profile of its own: nothing is cached, nobody was here before."""
    context = browser.new_context(viewport={"width": width, "height": height})
    context.set_default_timeout(PATIENCE)
    try:
        yield context.new_page()
    finally:
        context.close()


def ready(page: Page, url: str) -> None:
    """Open it and wait for lanes and chart."""
    page.goto(url)
    page.wait_for_selector(LANES)
    page.wait_for_selector('[data-testid="stage-window-chart"] .gs-line-lstm[d]', state="attached")


def train(page: Page, url: str) -> None:
    """Start a training and wait for its second picture."""
    ready(page, url)
    page.get_by_role("button", name="Train", exact=True).click()
    for _ in range(2):
        page.evaluate(NEXT_EPOCH)


@contextmanager
def training(browser: Browser, url: str) -> Iterator[Page]:
    """A page on which a network trains, and which stops it in the end: nobody else's figure is to suffer from it."""
    with fresh(browser) as page:
        train(page, url)
        yield page
        page.get_by_role("button", name="Stop", exact=True).click()
        page.get_by_role("button", name="Train", exact=True).wait_for()


def share_within(milliseconds: float, stamps: list[float]) -> float:
    """Percent of the frames that came within so many milliseconds of the one before."""
    deltas = [later - earlier for earlier, later in pairwise(stamps)]
    return 100 * sum(delta <= milliseconds for delta in deltas) / len(deltas)
