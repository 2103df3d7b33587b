"""What the audits of the other tests look for, they find: each is shown a page that has just that fault."""

from playwright.sync_api import Page

from tests.helpers.browser.audit import contrasts, faults, flaws, small_letters
from tests.helpers.browser.inside_page import open_inside
from tests.helpers.browser.server import Server
from tests.helpers.browser.stage_page import overhang

WORDS = ".gs-lane-words *"


def test_a_page_without_a_fault_and_then_one_of_each(page: Page, server: Server):
    open_inside(page, server)
    assert (small_letters(page), overhang(page, "stage"), flaws(page), faults(page, "stage-tools")) == ([], [], [], [])
    assert min(contrasts(page, WORDS))[0] > 2.5

    spoil(page, ".gs * { font-size: 6px !important; color: #f0f0f0 !important }")
    assert small_letters(page)
    assert any("letters of 6.0 px" in each for each in faults(page, "stage-tools"))
    assert max(contrasts(page, WORDS))[0] < 1.5

    spoil(page, ".gs-panel > * { min-width: 3000px !important }")
    assert overhang(page, "stage")
    assert {what for what, _ in flaws(page)} & {"it scrolls sideways", "right of its place"}

    spoil(page, ".gs-lane-words { height: 300px !important; max-height: none !important }")
    assert "on the one above" in {what for what, _ in flaws(page)}


def spoil(page: Page, rule: str) -> None:
    """In place of the fault before."""
    page.evaluate("() => document.getElementById('spoilt')?.remove()")
    page.add_style_tag(content=rule).evaluate("node => { node.id = 'spoilt'; }")
