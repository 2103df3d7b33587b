"""Take the README's pictures of the running app: python assets/make_pictures.py URL, with Debian's chromium."""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

FOLDER = Path(__file__).resolve().parent
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PICTURES = {
    "page-light.png": {"width": 1440, "height": 980, "scheme": "light"},
    "page-dark.png": {"width": 1440, "height": 980, "scheme": "dark"},
    "phone.png": {"width": 375, "height": 812, "scheme": "light"},
}
TIMESTEP = 44  # where the largest change of the first run's window has just come in


def main(url: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for name, look in PICTURES.items():
            take(browser, url, name, **look)
        browser.close()


def take(browser: Browser, url: str, name: str, width: int, height: int, scheme) -> None:
    """The page standing still at one timestep, the chart drawn."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(url)
    page.wait_for_selector(".gs-plot .nsewdrag", state="attached", timeout=60_000)
    page.wait_for_timeout(500)
    stage = page.get_by_test_id("stage")
    stage.focus()
    page.keyboard.press("Home")
    for _ in range(TIMESTEP):
        page.keyboard.press("ArrowRight")
    stage.evaluate("node => node.blur()")
    page.locator("[data-testid=stMain]").evaluate("node => node.scrollTo(0, 0)")
    page.wait_for_timeout(500)
    page.screenshot(path=FOLDER / name)
    context.close()


if __name__ == "__main__":
    main(sys.argv[1])
