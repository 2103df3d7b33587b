"""What tests do on the page of experiments."""

from playwright.sync_api import Page, expect

from tests.helpers.browser.server import PATIENCE, Server
from tests.helpers.browser.stage_page import button


def open_experiment(page: Page, server: Server, title: str) -> None:
    page.goto(f"{server.url}/experiments")
    page.get_by_test_id("stSidebar").get_by_text(title, exact=True).click(timeout=PATIENCE)
    expect(page.get_by_role("heading", name=title)).to_be_visible(timeout=PATIENCE)


def run(page: Page) -> None:
    button(page, "Run").click()
