"""The experiments in Chromium: from the click to the conclusion, against the time that the page says beforehand.

A figure is a share: 1 is as said. Each experiment runs with the page's own settings. Needs Debian's chromium on the
path.
"""

import time
from collections.abc import Iterator

from playwright.sync_api import Page

from benchmarks.browser import fresh
from benchmarks.figures import Figure, Size, take
from benchmarks.serving import chromium, served
from dashboard.pages.experiments.table import EXPERIMENTS
from dashboard.texts import say

# Which button begins, and what stands there when it is over.
RUN, TRAIN = "Run", "Train"
ENDS = {
    "sine": (RUN, "Three periods on its own"),
    "three_ways": (RUN, "The three give the same outputs"),
    "variable_length": (RUN, "It worked"),
    "gap": (RUN, "Guessing:"),
    "gaps": (RUN, "Guessing:"),
    "long_memory": (RUN, "Guessing:"),
    "amazon": (TRAIN, "Over "),
    "stacked": (TRAIN, "Over "),
    "scratch": (RUN, "Falls below"),
}
FIGURES = tuple(
    Figure(f"experiment {say(f'experiments.title_{name}')}: time taken / said", "0.5 to 1.5", ".2f") for name in ENDS
)
LONGEST = 300_000  # milliseconds


def measure(experiments: tuple[str, ...], repeats: int) -> Iterator[Figure]:
    with served() as url, chromium() as browser:
        for name, figure in zip(ENDS, FIGURES, strict=True):
            if name not in experiments:
                yield left_out(figure)
                continue
            with fresh(browser) as page:
                page.goto(f"{url}experiments?experiment={name}")
                times = [taken(page, *ENDS[name]) for _ in range(repeats)]
            said = next(iter(EXPERIMENTS[name].seconds.values()))
            yield figure.measured([each / said for each in times], f"{said:g} s said")


def taken(page: Page, button: str, end: str) -> float:
    """Seconds from the click until the conclusion stands there in bold."""
    main = page.get_by_test_id("stMain")
    main.get_by_role("button", name=button, exact=True).click()
    began = time.perf_counter()
    conclusion = page.locator(".st-key-conclusion strong", has_text=end)
    conclusion.first.wait_for(timeout=LONGEST)
    return time.perf_counter() - began


def left_out(figure: Figure) -> Figure:
    return Figure(figure.what, figure.goal, left_out="not asked for")


if __name__ == "__main__":
    take(
        __doc__,
        FIGURES,
        measure,
        experiments=Size(tuple(ENDS), ("three_ways", "scratch"), "which ones"),
        repeats=Size(1, 1, "times each of them is run"),
    )
