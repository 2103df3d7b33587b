"""The page in Chromium: opening, the first live frame, live updates a second, and frame times of playback under load.

    python benchmarks/page.py [--repeats 5] [--seconds 10]

Needs Debian's chromium on the path. Each figure is the median of the repeats, with the range beside it.
"""

import argparse
import os
import shutil
import socket
import statistics
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
LANES = "[data-testid='stage-lanes-canvas']"
HEAVY = "?hidden_size=128&window_length=250&burn_in=20&epochs=5000"

STAGE = """document.querySelector("[data-testid='stage']")"""
# Resolves when the stage shows an epoch that it did not show before.
NEXT_EPOCH = f"""() => new Promise((resolve) => {{
  const stage = {STAGE}, before = stage.dataset.epoch;
  const look = () => stage.dataset.epoch !== before ? resolve() : requestAnimationFrame(look);
  look();
}})"""
# How many different epochs the stage shows within so many milliseconds.
UPDATES = f"""(span) => new Promise((resolve) => {{
  const stage = {STAGE}, seen = new Set(), until = performance.now() + span;
  const look = () => {{
    seen.add(stage.dataset.epoch);
    performance.now() < until ? requestAnimationFrame(look) : resolve(seen.size - 1);
  }};
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


def main() -> None:
    arguments = argparse.ArgumentParser(description="The page in Chromium.")
    arguments.add_argument("--repeats", type=int, default=5)
    arguments.add_argument("--seconds", type=float, default=10.0, help="length of the playback that is measured")
    options = arguments.parse_args()
    with served() as url, chromium() as browser:
        first = opened(browser, url)
        report("server's first visitor: page to first lanes", "s", [first])
        report("page opened to first lanes", "s", [opened(browser, url) for _ in range(options.repeats)])
        report("click on Train to first live frame", "s", [first_frame(browser, url) for _ in range(options.repeats)])
        report("live updates a second, one person", "", [updates(browser, url) for _ in range(options.repeats)])
        deltas = playback(browser, url, options.seconds)
        report("frame timestamps, 128 x 250, two workers training", "ms", deltas)
        print(f"{'within 20 ms':<58} {sum(d <= 20 for d in deltas) / len(deltas):>8.1%}")


def opened(browser: Browser, url: str) -> float:
    """Seconds from the request to the first drawn lanes, in a fresh profile."""
    with fresh(browser) as page:
        began = time.perf_counter()
        page.goto(url, wait_until="commit")
        page.wait_for_selector(LANES)
        page.wait_for_function(
            "() => document.querySelector(\"[data-testid='stage']\")?.dataset.timestep !== undefined"
        )
        return time.perf_counter() - began


def first_frame(browser: Browser, url: str) -> float:
    """From the click to the first picture of the new network: the run in assets/ stands at another epoch."""
    with fresh(browser) as page:
        ready(page, f"{url}?epochs=5000")
        page.evaluate(f"() => {{ window.nextEpoch = ({NEXT_EPOCH})(); }}")
        began = time.perf_counter()
        page.get_by_role("button", name="Train", exact=True).click()
        page.evaluate("() => window.nextEpoch")
        seconds = time.perf_counter() - began
        page.get_by_role("button", name="Stop", exact=True).click()
        return seconds


def updates(browser: Browser, url: str) -> float:
    with fresh(browser) as page:
        train(page, f"{url}?epochs=5000")
        return page.evaluate(UPDATES, 5000) / 5


def playback(browser: Browser, url: str, seconds: float) -> list[float]:
    """Milliseconds between frames while the stage plays 128 x 250 and both workers train.

    The second training is somebody else's, whose screen is not drawn here: its tab closes, and the grace time begins.
    """
    with fresh(browser) as other:
        train(other, f"{url}{HEAVY}&seed=1")
    with fresh(browser) as page:
        train(page, f"{url}{HEAVY}")
        if page.get_attribute("[data-testid='stage']", "data-playing") != "true":
            page.get_by_test_id("stage-play").click()
        stamps = page.evaluate(FRAMES, seconds * 1000)
        return [later - earlier for earlier, later in pairwise(stamps)]


def train(page: Page, url: str) -> None:
    """Start a training and wait for its second picture."""
    ready(page, url)
    page.get_by_role("button", name="Train", exact=True).click()
    for _ in range(2):
        page.evaluate(NEXT_EPOCH)


def ready(page: Page, url: str) -> None:
    page.goto(url)
    page.wait_for_selector(LANES)
    page.wait_for_selector(".gs-plot .nsewdrag", state="attached")


def report(what: str, unit: str, values: list[float]) -> None:
    spread = f"{min(values):.2f} to {max(values):.2f}" if len(values) > 1 else ""
    print(f"{what:<58} {statistics.median(values):>8.2f} {unit:<3} {spread}", flush=True)


@contextmanager
def fresh(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.set_default_timeout(120_000)
    yield context.new_page()
    context.close()


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def served() -> Iterator[str]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "dashboard/app.py", "--server.headless", "true"]
    command += ["--server.address", "127.0.0.1", "--server.port", str(port)]
    with tempfile.TemporaryDirectory() as home:
        began = time.perf_counter()
        server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, env=os.environ | {"HOME": home})
        url = f"http://127.0.0.1:{port}/"
        while not answers(f"{url}_stcore/health"):
            time.sleep(0.02)
        report("server started to answering", "s", [time.perf_counter() - began])
        yield url
        server.terminate()
        server.wait(30)


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=1):
            return True
    except OSError:
        return False


if __name__ == "__main__":
    main()
