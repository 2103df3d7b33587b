"""What a demanding eye would measure: nothing cut, nothing on top of another, on every page and every screen."""

import os
import re
import signal
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.helpers.browser.audit import faults, flaws
from tests.helpers.browser.server import PATIENCE, Server, wait_until
from tests.helpers.browser.stage_page import button, open_app, part, stage, view, wait_for_calm

PICTURES = {"": "stage", "inside": "stage", "compare": "compare", "experiments": "batch", "smallest": "smallest"}
SCREENS = [(375, 812), (812, 375), (768, 1024), (1440, 900)]
PROJECTOR = {"width": 1920, "height": 1080}


def come(page: Page, url: str, path: str) -> None:
    page.goto(url)
    expect(page.get_by_test_id(PICTURES[path])).to_be_visible(timeout=PATIENCE)
    wait_for_calm(page)


@pytest.mark.parametrize("path", PICTURES)
def test_nothing_is_cut_and_nothing_touches(page: Page, server: Server, path: str):
    found = {}
    for width, height in SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        come(page, f"{server.url}/{path}", path)
        found[width, height] = flaws(page)
    assert found == {screen: [] for screen in SCREENS}


@pytest.mark.parametrize("letters", ["usual", "large"])
@pytest.mark.parametrize("path", PICTURES)
def test_nor_on_a_phone_in_either_size_of_letters(page: Page, server: Server, path: str, letters: str):
    """At the window's last timestep, where there is no room on the right of the playhead; and with the keys' list."""
    page.set_viewport_size({"width": 375, "height": 812})
    come(page, f"{server.url}/{path}?timestep=60&letters={letters}", path)
    found: dict[str, list] = {"at first": flaws(page)}
    places = page.locator(".gs-place:visible").all()
    assert bool(places) == (PICTURES[path] == "stage")
    for place in places:
        place.click()
        found[place.text_content() or ""] = flaws(page)
    if path == "":
        stage(page).press("?")
        expect(part(page, "keys-list")).to_be_visible()
        found["keys"] = [each for each in faults(page, "stage-keys-list") if "overflows" in each]
    assert found == {key: [] for key in found}


@pytest.mark.parametrize("path", PICTURES)
def test_nor_in_large_letters_where_all_lanes_are_on_one_screen(page: Page, server: Server, path: str):
    page.set_viewport_size({"width": 1920, "height": 1080})
    come(page, f"{server.url}/{path}?letters=large", path)
    assert flaws(page) == []
    if path in ("experiments", "smallest"):
        return  # theirs are other lanes
    lanes = page.locator(".gs-lanes")
    lanes.first.evaluate("node => node.scrollIntoView({ block: 'center' })")
    box, transport = lanes.first.bounding_box(), part(page, "transport").bounding_box()
    assert box is not None
    assert transport is not None
    assert box["y"] >= 56  # the bar with the pages
    assert box["y"] + box["height"] <= transport["y"]


def test_the_tools_of_inside_the_cell_are_on_the_first_screen(page: Page, server: Server):
    """With what they say: tabs, the equation and its numbers; and all rows left of them."""
    open_app(page, server, "inside")
    wait_until(lambda: "=" in (part(page, "why-numbers").text_content() or ""), "the network has come")
    transport, numbers = part(page, "transport").bounding_box(), part(page, "why-numbers").bounding_box()
    lanes = part(page, "lanes").bounding_box()
    assert transport is not None
    assert numbers is not None
    assert lanes is not None
    assert numbers["y"] + numbers["height"] <= transport["y"]
    assert lanes["y"] + lanes["height"] <= transport["y"]


def test_a_phone_on_its_side_shows_chart_and_lanes_together(page: Page, server: Server):
    """The settings wait behind their word, and tabs and transport share one line."""
    page.set_viewport_size({"width": 812, "height": 375})
    open_app(page, server)
    expect(page.get_by_test_id("stExpandSidebarButton")).to_be_visible()
    train = button(page, "Train").bounding_box()
    assert train is not None
    assert train["y"] >= 60
    stage(page).evaluate("node => node.scrollIntoView()")
    chart, lanes = part(page, "chart").bounding_box(), part(page, "lanes").bounding_box()
    foot, counter = page.locator(".gs-foot").bounding_box(), part(page, "counter").bounding_box()
    assert chart is not None
    assert lanes is not None
    assert foot is not None
    assert counter is not None
    assert chart["y"] >= 58
    assert lanes["y"] + lanes["height"] <= foot["y"] + 1
    assert foot["height"] <= 64
    assert counter["x"] + counter["width"] <= 812
    page.set_viewport_size({"width": 1440, "height": 900})  # the same browser at a desk has its settings again
    page.reload()
    expect(page.get_by_test_id("stSidebar")).to_have_attribute("data-collapsed", "false", timeout=PATIENCE)


def test_train_stays_on_a_phones_screen_whatever_stands_beside_it(page: Page, server: Server):
    view(page, 375)
    open_app(page, server, "?epochs=2&hidden_size=4")
    button(page, "Train").click()
    expect(page.get_by_role("button", name="Next: Inside the cell")).to_be_visible(timeout=PATIENCE)
    box = button(page, "Train").bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= 375
    assert flaws(page) == []


@pytest.fixture
def busy(server: Server) -> Iterator[list[int]]:
    """Workers that do not answer, as while they load torch."""
    workers = server.workers()
    for worker in workers:
        os.kill(worker, signal.SIGSTOP)
    yield workers
    for worker in workers:
        os.kill(worker, signal.SIGCONT)


def test_until_the_first_picture_comes_its_places_stand_there_with_a_word(page: Page, server: Server, busy: list[int]):
    open_app(page, server, "?cell=GRU&epochs=2&hidden_size=4")
    button(page, "Train").click()
    expect(stage(page)).to_have_attribute("data-film", "awaited", timeout=PATIENCE)
    expect(part(page, "empty")).to_have_text("The network's picture is on its way …")
    expect(part(page, "empty")).to_be_visible()
    for name in ("reset gate", "update gate", "candidate", "hidden state"):
        expect(part(page, "lane-labels").get_by_text(name)).to_be_visible()
    expect(part(page, "lane-labels").get_by_text("forget gate")).to_have_count(0)
    expect(part(page, "lanes-canvas")).to_be_visible()
    expect(part(page, "diagram").get_by_text("update")).to_be_visible()
    expect(part(page, "update_gate")).to_be_hidden()  # no number that is nobody's
    expect(part(page, "play")).to_be_visible()
    assert part(page, "transport").evaluate("node => node.inert")
    for worker in busy:
        os.kill(worker, signal.SIGCONT)
    expect(stage(page)).to_have_attribute("data-film", "present", timeout=PATIENCE)
    expect(part(page, "update_gate")).to_be_visible()
    assert not part(page, "transport").evaluate("node => node.inert")


def test_a_day_on_which_no_window_can_end_is_answered(page: Page, server: Server):
    open_app(page, server)
    note = part(page, "window-note")
    before = part(page, "chart").bounding_box()
    for day, said in (
        ("2009-08-16", "16 Aug 2009 has no observation; the last one before it is 14 Aug 2009."),
        ("2029-01-01", "A window can end from 25 May 2000 to 1 Mar 2013."),
    ):
        part(page, "window-end").fill(day)
        part(page, "window-end").dispatch_event("change")
        expect(note).to_have_text(said)
        expect(note).to_be_visible()
    told, plot = note.bounding_box(), part(page, "window-chart").bounding_box()
    assert told is not None
    assert plot is not None
    assert told["y"] + told["height"] <= plot["y"]
    assert part(page, "chart").bounding_box() == before


def test_the_best_epochs_name_lies_where_no_curve_is(page: Page, server: Server):
    open_app(page, server)
    part(page, "losses").locator("summary").click()
    name = part(page, "best-label").bounding_box()
    assert name is not None
    ends = page.locator(".gs-loss-picture .gs-tick").all()[-2:]
    assert all(re.fullmatch(r"\d+", end.text_content() or "") for end in ends)
    for curve in ("validation-line", "train-line", "naive-line"):
        line = page.locator(f".gs-loss-picture .gs-{curve}").bounding_box()
        assert line is not None
        assert name["y"] >= line["y"] + line["height"]
    first, last = (end.bounding_box() for end in ends)
    assert first is not None
    assert last is not None
    assert first["x"] + first["width"] < name["x"]
    assert name["x"] + name["width"] < last["x"]
