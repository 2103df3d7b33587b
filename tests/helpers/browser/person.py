"""Somebody with a theme and a screen, and how the pages are opened for them."""

from playwright.sync_api import Browser, Page, expect

from tests.helpers.browser.server import PATIENCE, Server
from tests.helpers.browser.stage_page import wait_for_calm

# Path -> what has to stand there before the page is looked at.
PAGES = {
    "": "[data-testid=stage-lanes-canvas]",
    "inside": "[data-testid=stage-lanes-canvas]",
    "compare": "[data-testid=column]",
    "smallest": "[data-testid=smallest]",
    "experiments": "[data-testid=batch]",
}
SIZES = {1440: 900, 375: 812}


def enter(browser: Browser, scheme: str, width: int) -> Page:
    """A tab of their own; without motion, so that nothing moves unless a test moves it."""
    context = browser.new_context(
        viewport={"width": width, "height": SIZES[width]},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
        has_touch=width < 600,
    )
    context.set_default_timeout(PATIENCE)
    return context.new_page()


def open_page(page: Page, server: Server, path: str, query: str = "") -> None:
    page.goto(f"{server.url}/{path}{query}")
    expect(page.locator(PAGES[path]).first).to_be_visible(timeout=PATIENCE)
    wait_for_calm(page)
