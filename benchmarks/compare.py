"""Compare in Chromium: frame times while four networks play side by side, at rest and while all four train.

Four LSTMs of 64 units over windows of 120 timesteps, lanes, cells and readouts all on the screen. Needs Debian's
chromium on the path.
"""

from collections.abc import Iterator

from playwright.sync_api import Browser, Page

from benchmarks.browser import FRAMES, fresh, share_within
from benchmarks.figures import Figure, Size, take
from benchmarks.serving import chromium, served

QUERY = "compare?compare=seeds&hidden_size=64&window_length=120&burn_in=20"
BOUND = 33  # milliseconds
WHAT = f"frames of playback within {BOUND} ms, four networks side by side, 64 units x 120 timesteps"
AT_REST = Figure(f"{WHAT}, nobody training", "at least 95 %", ".0f", "%")
TRAINING = Figure(f"{WHAT}, all four training on the browser's own two cores", "at least 95 %", ".0f", "%")
FIGURES = (AT_REST, TRAINING)


def measure(rounds: int, seconds: float) -> Iterator[Figure]:
    with served() as url, chromium() as browser:
        for figure, epochs in ((AT_REST, 2), (TRAINING, 5000)):
            address = f"{url}{QUERY}&epochs={epochs}"
            yield figure.measured(played(browser, address, rounds, seconds, to_the_end=figure is AT_REST))


def played(browser: Browser, address: str, rounds: int, seconds: float, to_the_end: bool) -> list[float]:
    """Percent of the frames within the bound, round by round."""
    with fresh(browser, height=1400) as page:
        page.goto(address)
        page.get_by_test_id("stMain").get_by_text("4", exact=True).click()
        page.get_by_role("button", name="Train all", exact=True).click()
        page.wait_for_function("() => document.querySelectorAll('[data-testid=column][data-timestep]').length === 4")
        if to_the_end:
            page.get_by_text("Finished", exact=True).wait_for()
            page.wait_for_timeout(2000)  # until the workers have answered what the page asks about the ended runs
        shares = [share_within(BOUND, watched(page, seconds)) for _ in range(rounds)]
        if not to_the_end:
            page.get_by_role("button", name="Stop all", exact=True).click()
        return shares


def watched(page: Page, seconds: float) -> list[float]:
    before = page.get_by_test_id("compare").get_attribute("data-timestep")
    stamps = page.evaluate(FRAMES, seconds * 1000)
    after = page.get_by_test_id("compare").get_attribute("data-timestep")
    if before == after:
        raise RuntimeError("nothing played")
    return stamps


if __name__ == "__main__":
    take(
        __doc__,
        FIGURES,
        measure,
        rounds=Size(2, 1, "stretches of playback"),
        seconds=Size(10.0, 1.0, "that each of them is watched"),
    )
