"""No picture waits for ever: messages are lost and late on both ways, both cores are overloaded, choices are quick."""

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.helpers.browser.inside_page import tool
from tests.helpers.browser.server import PATIENCE, Server, wait_until
from tests.helpers.browser.stage_page import button, open_app, part, where

LOST = 0.4  # of the messages that bring a component its data, and of those that bring what was chosen
LATE = 0.15  # seconds at most
SEED = 20261127
AT_LAST = 180  # seconds: workers share the cores with those who burn them, and films of earlier choices come first


class Line:
    """The line between a page and its server, which while it ``is_bad`` loses and delays what components are told and
    tell. Whatever else Streamlit sends, its own page cannot do without."""

    def __init__(self, page: Page) -> None:
        self.chance = random.Random(SEED)
        self.is_bad = False
        self.lost = 0
        self.at_risk = 0
        self.last: dict[str, bytes] = {}
        page.route_web_socket(lambda url: "/_stcore/stream" in url, self._connect)

    def _connect(self, browser: WebSocketRoute) -> None:
        server = browser.connect_to_server()
        browser.on_message(lambda data: (_is_choice(data) and self._loses()) or server.send(data))
        server.on_message(lambda data: browser.send(self._passed(data)))

    def _passed(self, data: str | bytes) -> bytes:
        """A component's message as it is, or as it was before: what was new in it is lost."""
        assert isinstance(data, bytes)
        message = ForwardMsg.FromString(data)
        told = message.delta.new_element.bidi_component
        if not told.bytes:
            return data
        if told.id in self.last and self._loses():
            told.bytes = self.last[told.id]
            message.hash, message.metadata.cacheable = "", False
        self.last[told.id] = told.bytes
        return message.SerializeToString()

    def _loses(self) -> bool:
        if not self.is_bad:
            return False
        self.at_risk += 1
        if self.chance.random() < 0.3:
            time.sleep(self.chance.uniform(0, LATE))  # what a slow line does
        is_lost = self.chance.random() < LOST
        self.lost += is_lost
        return is_lost


def _is_choice(data: str | bytes) -> bool:
    """What a component tells, or what asks for the next live update."""
    assert isinstance(data, bytes)
    return bool(BackMsg.FromString(data).rerun_script.fragment_id)


@pytest.fixture
def busy() -> Iterator[None]:
    """Both cores have more to do than they can."""
    burners = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(2)]
    yield
    for each in burners:
        each.kill()
        each.wait()


def has_gradients(page: Page) -> bool:
    """Of the age and the window that are shown."""
    told = where(page)
    return told.get("explained", "") == told.get("epoch") != "" and told["film"] == "present"


def ages(page: Page) -> list[str]:
    """Those that can be chosen."""
    return part(page, "epoch").locator("option").evaluate_all("all => all.map(each => each.value)")


def shows(page: Page, day: str) -> bool:
    """The window that ends on this day, or on the last trading day before it."""
    ends = part(page, "window-end").input_value()
    is_near = ends and timedelta(0) <= date.fromisoformat(day) - date.fromisoformat(ends) < timedelta(7)
    return bool(is_near) and where(page)["film"] == "present"


@pytest.mark.slow
def test_picture_and_gradients_arrive_whatever_the_line_loses(page: Page, server: Server, busy: None):
    line = Line(page)
    open_app(page, server, "inside")
    tool(page, "mattered")
    chance = random.Random(SEED)
    wait_until(lambda: len(ages(page)) > 1, "all epochs have come")
    epochs = ages(page)
    line.is_bad = True
    for _ in range(2):
        for _ in range(4):
            day = f"{chance.randrange(2005, 2013)}-{chance.randrange(1, 13):02}-15"
            part(page, "window-end").fill(day)
            part(page, "epoch").select_option(chance.choice(epochs))
        epoch = chance.choice(epochs)
        part(page, "epoch").select_option(epoch)
        wait_until(lambda day=day: shows(page, day), "the window chosen last", AT_LAST)
        wait_until(lambda: has_gradients(page), "its gradients", AT_LAST)
    assert line.lost > 5
    page.get_by_role("link", name="Compare").click()
    expect(page.locator("[data-awaited='false']").first).to_be_visible(timeout=PATIENCE)
    expect(page.locator("[data-awaited='true']")).to_have_count(0, timeout=PATIENCE)


@pytest.mark.slow
def test_an_old_link_finds_its_lanes_over_a_bad_line(page: Page, server: Server):
    line = Line(page)
    line.is_bad = True
    open_app(page, server, "inside?window=999999")
    wait_until(lambda: has_gradients(page), "its gradients")
    assert line.at_risk > 0


@pytest.mark.slow
def test_the_smallest_lstm_comes_over_a_bad_line(page: Page, server: Server, busy: None):
    line = Line(page)
    page.goto(f"{server.url}/smallest")
    expect(page.get_by_test_id("smallest-origin")).to_have_text("As trained, epoch 500", timeout=PATIENCE)
    line.is_bad = True
    weight = page.get_by_test_id("smallest-forget_gate-bias")
    for _ in range(3):
        before = weight.input_value()
        button(page, "Train from new random scalars").click()
        expect(weight).not_to_have_value(before, timeout=PATIENCE)
    assert line.lost > 1


@pytest.mark.slow
def test_the_lanes_of_an_experiment_come_over_a_bad_line(page: Page, server: Server, busy: None):
    line = Line(page)
    page.goto(f"{server.url}/experiments?experiment=variable_length")
    rows = page.locator("[data-testid^='batch-side-']")
    expect(rows.first).to_be_visible(timeout=PATIENCE)
    line.is_bad = True
    lengths = page.get_by_role("textbox", name="Lengths")
    for count in (3, 5, 2, 6, 4, 7):
        lengths.fill(", ".join("4" * count))
        lengths.press("Enter")
        expect(rows).to_have_count(count, timeout=PATIENCE)
    assert line.lost > 3


def test_an_age_seen_in_passing_gives_way_to_one_that_is_kept(page: Page, server: Server):
    """A network whose epochs last is shown between two of them while it learns; nobody keeps those weights."""
    open_app(page, server, "inside?epochs=5000&hidden_size=128&num_layers=2&window_length=120&burn_in=20&seed=4")
    tool(page, "mattered")
    button(page, "Train").click()
    wait_until(lambda: any("." in each for each in ages(page)[:-1]), "it is seen between two epochs")
    passing = next(each for each in ages(page) if "." in each)
    part(page, "epoch").select_option(passing)
    wait_until(lambda: where(page)["epoch"] == passing, "that age is shown")
    wait_until(lambda: len(ages(page)) > ages(page).index(passing) + 2, "it is older by now")
    button(page, "Pause training").click()
    wait_until(lambda: has_gradients(page), "gradients of the age shown")
    assert where(page)["epoch"] != passing
    tool(page, "why")
    wait_until(lambda: "=" in (part(page, "why-numbers").text_content() or ""), "its weights")
    button(page, "Stop").click()
