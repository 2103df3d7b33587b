"""What the benchmarks in Chromium share: fresh profiles, training on a page, and the frames of an animation."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise

from playwright.sync_api import Browser, Page

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
def fresh(browser: Browser, width: int = 1440, height: int = 900) -> Iterator[Page]:
    """A page in a profile of its own: nothing is cached, nobody was here before."""
    context = browser.new_context(viewport={"width": width, "height": height})
    context.set_default_timeout(PATIENCE)
    try:
        yield context.new_page()
    finally:
        context.close()


def ready(page: Page, url: str) -> None:
    """Open it and wait for lanes and chart, and for the fields, which come after them."""
    page.goto(url)
    page.wait_for_selector(LANES)
    page.get_by_label("Hidden units").first.wait_for()
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
