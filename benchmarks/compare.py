"""Compare in Chromium: frame times while four networks play side by side, at rest and while all four train.

    python benchmarks/compare.py [--seconds 10]

Four LSTMs of 64 units over windows of 120 timesteps, lanes, cells and readouts all on the screen. Needs Debian's
chromium on the path.
"""

import argparse
from itertools import pairwise

from page import FRAMES, chromium, report, served
from playwright.sync_api import Browser, Page

QUERY = "compare?compare=seeds&hidden_size=64&window_length=120&burn_in=20"
BOUND = 33  # milliseconds


def main() -> None:
    arguments = argparse.ArgumentParser(description="Compare in Chromium.")
    arguments.add_argument("--seconds", type=float, default=10.0)
    options = arguments.parse_args()
    with served() as url, chromium() as browser:
        for what, epochs in (("nobody trains", 2), ("all four train", 5000)):
            stamps = played(browser, f"{url}{QUERY}&epochs={epochs}", options.seconds, to_the_end=epochs == 2)
            deltas = [later - earlier for earlier, later in pairwise(stamps)]
            report(f"frames, four of 64 x 120, {what}", "ms", deltas)
            print(f"{f'within {BOUND} ms':<58} {sum(each <= BOUND for each in deltas) / len(deltas):>8.1%}")


def played(browser: Browser, url: str, seconds: float, to_the_end: bool) -> list[float]:
    context = browser.new_context(viewport={"width": 1440, "height": 1400})
    context.set_default_timeout(120_000)
    page = context.new_page()
    page.goto(url)
    page.get_by_test_id("stMain").get_by_text("4", exact=True).click()
    page.get_by_role("button", name="Train all", exact=True).click()
    page.wait_for_function("() => document.querySelectorAll('[data-testid=column][data-timestep]').length === 4")
    if to_the_end:
        page.get_by_text("Finished", exact=True).wait_for()
        page.wait_for_timeout(2000)  # until the workers have answered what the page asks about the ended runs
    stamps = watched(page, seconds)
    if not to_the_end:
        page.get_by_role("button", name="Stop all", exact=True).click()
    context.close()
    return stamps


def watched(page: Page, seconds: float) -> list[float]:
    before = page.get_by_test_id("compare").get_attribute("data-timestep")
    stamps = page.evaluate(FRAMES, seconds * 1000)
    after = page.get_by_test_id("compare").get_attribute("data-timestep")
    assert before != after, "nothing played"
    return stamps


if __name__ == "__main__":
    main()
