"""For everybody: axe-core finds nothing serious or critical in the states opened here, in either theme."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from dashboard.pages.experiments.table import EXPERIMENTS
from dashboard.texts import say
from lstm_core.network.cells import CELLS
from tests.helpers.browser.inside_page import tool
from tests.helpers.browser.person import enter, open_page
from tests.helpers.browser.server import Server, wait_until
from tests.helpers.browser.stage_page import LONG, button, epoch_trained, open_row, part, wait_for_calm

TOOLS = ["why", "what_if", "memory", "mattered", "find", "guess", "layers"]
ROWS = ["verdict", "losses", "ledger", "more", "equations"]
MAIN, STAGE, SIDEBAR = "[data-testid=stMain]", "[data-testid=stage]", "[data-testid=stSidebar]"


class Person:
    """Walks through the pages and keeps a list of what axe-core finds."""

    def __init__(self, page: Page, server: Server):
        self.page, self.server, self.found = page, server, []

    def open(self, path: str, query: str = "") -> None:
        open_page(self.page, self.server, path, query)

    def view(self, state: str, where: str = "body") -> None:
        """At a part of the page, once nothing fades any more."""
        self.page.wait_for_function("() => document.getAnimations().every((each) => each.playState !== 'running')")
        violations = Axe().run(self.page, where, {"resultTypes": ["violations"]}).response["violations"]
        self.found += [
            f"{state}: {each['id']} ({each['impact']}) {node['target']} {node['failureSummary'][:300]}"
            for each in violations
            if each["impact"] in ("serious", "critical")
            for node in each["nodes"][:3]
        ]


@pytest.fixture(params=["light", "dark"])
def person(browser: Browser, server: Server, request: pytest.FixtureRequest) -> Iterator[Person]:
    page = enter(browser, request.param, 1440)
    yield Person(page, server)
    page.context.close()


def test_watch(person: Person):
    page = person.page
    person.open("")
    person.view("as it opens")
    page.get_by_role("button", name="forget gate", exact=True).focus()
    person.view("a term explained", ".gs-tip")
    for name in ROWS:
        open_row(page, name)
    person.view("rows open", ".gs-right")
    part(page, "menu").click()
    person.view("menu", "[data-testid=stage-transport]")
    part(page, "keys").click()
    person.view("keys", "[data-testid=stage-keys-list]")
    page.keyboard.press("Escape")
    page.get_by_text("More settings").click()
    for source in ("Waves", "Yahoo", "CSV"):
        page.get_by_role("radio", name=source).click()
        wait_for_calm(page)
        person.view(source, SIDEBAR)
    assert person.found == []


def test_a_training_paused(person: Person):
    page = person.page
    person.open("", LONG)
    button(page, "Train").click()
    wait_until(lambda: epoch_trained(page) > 1, "it trains")
    person.view("training")
    button(page, "Pause training").click()
    expect(page.get_by_text(re.compile("Paused: epoch"))).to_be_visible()
    wait_for_calm(page)
    person.view("paused", MAIN)
    button(page, "Stop").click()
    assert person.found == []


def test_inside_the_cell(person: Person):
    page = person.page
    person.open("inside")
    person.view("as it opens")
    for name in TOOLS:
        tool(page, name)
        if name == "why":
            part(page, "terms").click()
        if name == "what_if":
            part(page, "clamp-never_forget").click()
        person.view(name, "[data-testid=stage-tools]")
    assert person.found == []


def test_compare(person: Person):
    page = person.page
    person.open("compare", LONG)
    person.view("ages")
    for kind in ("Seeds", "Runs", "Cells"):
        page.locator(MAIN).get_by_role("radio", name=kind, exact=True).click()
        wait_for_calm(page)
        person.view(kind, f"{MAIN} [data-testid=stButtonGroup]")
    button(page, "Train all").click()
    expect(page.get_by_test_id("column")).to_have_count(len(CELLS))
    expect(page.locator("[data-testid=column] canvas[data-awaited=false]")).to_have_count(len(CELLS))
    button(page, "Stop all").click()
    wait_for_calm(page)
    person.view("a race stopped", MAIN)
    assert person.found == []


def test_the_smallest_and_the_experiments(person: Person):
    page = person.page
    person.open("smallest")
    person.view("smallest")
    person.open("experiments")
    person.view("experiments", SIDEBAR)
    for name in EXPERIMENTS:
        page.locator(SIDEBAR).get_by_text(say(f"experiments.title_{name}"), exact=True).click()
        expect(page.get_by_role("heading", name=say(f"experiments.title_{name}"))).to_be_visible()
        wait_for_calm(page)
        person.view(name, MAIN)
    button(page, "Run").click()
    expect(page.get_by_text("Falls below 0.01")).to_be_visible()
    wait_for_calm(page)
    person.view("from scratch, trained", MAIN)
    assert person.found == []


def test_on_a_phone(browser: Browser, server: Server):
    page = enter(browser, "light", 375)
    person = Person(page, server)
    person.open("")
    for place in ("rows", "cell", "good", "rest"):
        part(page, f"place-{place}").click()
        person.view(place, STAGE)
    page.get_by_test_id("stExpandSidebarButton").click()
    expect(page.get_by_label("Hidden units").first).to_be_visible()
    person.view("settings", SIDEBAR)
    for path in ("inside", "compare", "smallest", "experiments"):
        person.open(path)
        person.view(path)
    page.context.close()
    assert person.found == []
