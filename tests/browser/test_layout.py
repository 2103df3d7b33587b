"""How the page stands at a phone's width and on a wide screen, in both themes, and for the keyboard."""

import pytest
from playwright.sync_api import Page, expect

from tests.helpers.browser.server import Server
from tests.helpers.browser.stage_page import open_app, open_row, overhang, part, press, stage, view, where


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 768, 1440, 1920])
def test_nothing_is_wider_than_the_screen(page: Page, server: Server, width: int, scheme):
    view(page, width, scheme)
    open_app(page, server)
    assert overhang(page, "stage") == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
    assert stage(page).get_attribute("data-theme") == scheme


def test_chart_lanes_and_prediction_are_on_the_first_screen(page: Page, server: Server):
    """At 1440 x 900, above the transport that lies at the window's foot."""
    open_app(page, server)
    transport = part(page, "transport").bounding_box()
    lanes = part(page, "lanes").bounding_box()
    assert transport is not None
    assert lanes is not None
    assert transport["y"] + transport["height"] <= 900
    assert lanes["y"] + lanes["height"] <= transport["y"]


def test_keys_move_the_playhead_the_unit_and_the_speed(page: Page, server: Server):
    open_app(page, server)
    press(page, "Home")
    assert where(page)["timestep"] == "0"
    press(page, "ArrowRight", 3)
    assert where(page)["timestep"] == "3"
    press(page, "ArrowLeft")
    assert where(page)["timestep"] == "2"
    press(page, "End")
    assert where(page)["timestep"] == "59"
    part(page, "unit").select_option(index=3)
    press(page, "ArrowDown")
    assert where(page)["unit"] == "4"
    press(page, "ArrowUp", 2)
    assert where(page)["unit"] == "2"
    speed = float(where(page)["speed"])
    press(page, "]")
    assert float(where(page)["speed"]) > speed


def test_space_plays_and_pauses_and_tab_leaves_the_stage(page: Page, server: Server):
    page.emulate_media(reduced_motion="no-preference")
    open_app(page, server)
    expect(stage(page)).to_have_attribute("data-playing", "true")
    press(page, "Space")
    expect(stage(page)).to_have_attribute("data-playing", "false")
    stood = where(page)["timestep"]
    press(page, "Space")
    expect(stage(page)).not_to_have_attribute("data-timestep", stood)
    stage(page).focus()
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement?.dataset.testid !== 'stage'")


def test_nothing_plays_by_itself_where_motion_is_unwelcome(page: Page, server: Server):
    open_app(page, server)
    assert where(page)["playing"] == "false"


@pytest.mark.parametrize("path", ["", "inside"])
def test_pictures_have_words_beside_them(page: Page, server: Server, path):
    open_app(page, server, path)
    open_row(page, "losses")
    for name in ("chart", "lanes-canvas", "diagram", "loss-picture"):
        assert len(part(page, name).get_attribute("aria-label") or "") > 20, name
    labelled = stage(page).evaluate(
        """node => [...node.querySelectorAll('button, select, input')].filter((control) => control.checkVisibility())
          .map((control) => Boolean(control.getAttribute('aria-label') || control.labels?.length
            || control.textContent.trim()))"""
    )
    assert len(labelled) > 10
    assert all(labelled)
