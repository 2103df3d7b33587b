"""How the page opens, beside the least page that Streamlit can show: a title and nothing else. page.py prints it."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from playwright.sync_api import Browser, CDPSession, Page

from benchmarks.browser import PATIENCE, fresh
from benchmarks.figures import Figure
from benchmarks.serving import served

LEAST = 'import streamlit as st\n\nst.set_page_config(layout="wide")\nst.title("Nothing else")\n'
PHONE = {"width": 375, "height": 812}
WARMING = 10  # seconds in which a server's workers read torch; after them it is warm
SLOWER = 4  # a phone's processor against this one
LINE = {"offline": False, "latency": 80, "downloadThroughput": 5e6 / 8, "uploadThroughput": 5e6 / 8}

# Keeps, in milliseconds from the request on: the first heading, the first picture, and for how long before it, once
# anything of the page was there, it had neither a skeleton nor a picture.
WATCH = """
window.opening = { heading: null, picture: null, empty: 0 };
let before = null;
const look = () => {
  const now = performance.now(), seen = window.opening;
  const stage = document.querySelector("[data-testid='stage']");
  const isThere = (query) => document.querySelector(query)?.getBoundingClientRect().height > 100;
  if (document.querySelector("h1, h2, h3")) seen.heading ??= now;
  if (stage?.dataset.timestep !== undefined) seen.picture ??= now;
  const isEmpty = seen.picture === null && document.body?.childElementCount && !isThere(".gsk") && !isThere(".gs");
  if (isEmpty && before !== null) seen.empty += now - before;
  before = isEmpty ? now : null;
  requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""

PAGE, BARE = "page opened in a fresh browser to the first picture", "Streamlit's own boot, a page with a title alone"
WARM = Figure(PAGE, "1.5 s, or Streamlit's own boot and 0.5 s", ".1f", "s")
WARM_BARE = Figure(BARE, "beside it", ".1f", "s")
AT_ONCE = Figure(f"{PAGE}, right after the server's start", "at most 3 s", ".1f", "s")
AT_ONCE_BARE = Figure(f"{BARE}, right after the server's start", "beside it", ".1f", "s")
LINE_WORDS = "on a phone's line (80 ms, 5 Mbit/s, the processor a quarter as fast)"
ON_A_PHONE = Figure(f"{PAGE}, {LINE_WORDS}", "at most 6 s", ".1f", "s")
ON_A_PHONE_BARE = Figure(f"{BARE}, {LINE_WORDS}", "beside it", ".1f", "s")
REQUESTS = Figure("requests until the first picture", "beside Streamlit's own", ".0f")
REQUESTS_BARE = Figure("requests of a page with a title alone", "beside it", ".0f")
BYTES = Figure("megabytes until the first picture", "beside Streamlit's own", ".2f", "MB")
BYTES_BARE = Figure("megabytes of a page with a title alone", "beside it", ".2f", "MB")
EMPTY = Figure("the page without a picture and without a skeleton, at most", "0 ms", ".0f", "ms")
OPENING = (WARM, WARM_BARE, AT_ONCE, AT_ONCE_BARE, ON_A_PHONE, ON_A_PHONE_BARE)
OPENING += (REQUESTS, BYTES, REQUESTS_BARE, BYTES_BARE, EMPTY)


@dataclass(frozen=True)
class Opening:
    """Of one page in a fresh profile: seconds to what was waited for, what it cost, and how long it was empty."""

    seconds: float
    requests: int
    megabytes: float
    empty: float  # milliseconds


def measure(browser: Browser, repeats: int, starts: int) -> Iterator[Figure]:
    """Both pages in turn, so that a slow minute slows both; ``starts`` servers of either."""
    with least() as script:
        at_once = [both(browser, script, 1, is_phone=False) for _ in range(starts)]
        warm = both(browser, script, repeats, is_phone=False, after=1)
        phone = both(browser, script, repeats, is_phone=True, after=1)
    for times, figures in (
        (warm, (WARM, WARM_BARE)),
        (_joined(at_once), (AT_ONCE, AT_ONCE_BARE)),
        (phone, (ON_A_PHONE, ON_A_PHONE_BARE)),
    ):
        for openings, figure in zip(times, figures, strict=True):
            yield figure.measured([each.seconds for each in openings])
    for openings, counted, weighed in zip(warm, (REQUESTS, REQUESTS_BARE), (BYTES, BYTES_BARE), strict=True):
        yield counted.measured([each.requests for each in openings])
        yield weighed.measured([each.megabytes for each in openings])
    ours = chain(warm[0], phone[0], *(each[0] for each in at_once))
    yield EMPTY.measured([max(each.empty for each in ours)])


def both(
    browser: Browser, script: Path, repeats: int, *, is_phone: bool, after: int = 0
) -> tuple[list[Opening], list[Opening]]:
    """Openings of ours and of the least page, from servers just started; the first ``after`` of each do not count."""
    ours: list[Opening] = []
    bare: list[Opening] = []
    with served(script) as bare_url:
        bare += [opened(browser, bare_url, "heading", is_phone) for _ in range(after or 1)]
        with served() as url:
            ours += [opened(browser, url, "picture", is_phone) for _ in range(after or 1)]
            time.sleep(WARMING if after else 0)
            for _ in range(repeats if after else 0):
                bare.append(opened(browser, bare_url, "heading", is_phone))
                ours.append(opened(browser, url, "picture", is_phone))
    return ours[after:], bare[after:]


def opened(browser: Browser, url: str, what: str, is_phone: bool = False) -> Opening:
    with fresh(browser, **(PHONE if is_phone else {})) as page:
        network = page.context.new_cdp_session(page)
        sizes = _sizes(network)
        if is_phone:
            network.send("Network.emulateNetworkConditions", LINE)
            network.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.add_init_script(WATCH)
        page.goto(url, wait_until="commit")
        seen = _wait_for(page, what)
        return Opening(seen[what] / 1000, len(sizes), sum(sizes) / 1e6, seen["empty"])


def _wait_for(page: Page, what: str) -> dict[str, float]:
    page.wait_for_function(f"() => window.opening.{what} !== null", polling=50, timeout=PATIENCE)
    return page.evaluate("window.opening")


def _sizes(network: CDPSession) -> list[float]:
    """Bytes of each answer, as they travelled; fills while the page loads."""
    sizes: list[float] = []
    network.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    network.send("Network.enable")
    return sizes


def _joined(pairs: list[tuple[list[Opening], list[Opening]]]) -> tuple[list[Opening], list[Opening]]:
    return [each for ours, _ in pairs for each in ours], [each for _, bare in pairs for each in bare]


@contextmanager
def least() -> Iterator[Path]:
    """The script of the least page, in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "least.py"
        script.write_text(LEAST)
        yield script
