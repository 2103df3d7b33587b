"""Turning pages and reloading: stage, verdict, tools and link speak of one network, one window and one place in it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.helpers.browser.inside_page import open_inside, said
from tests.helpers.browser.server import PATIENCE, Server, wait_until
from tests.helpers.browser.stage_page import expect_verdict, open_app, part, press, stage, where

CHOSEN = {"timestep": "11", "unit": "4", "epoch": "25"}
IN_LINK = re.compile("(?=.*epoch=25)(?=.*unit=5)(?=.*timestep=12)")


def choose(page: Page) -> None:
    """Epoch 25, unit 5, timestep 12 as people count."""
    part(page, "epoch").select_option("25")
    part(page, "unit").select_option(index=4)
    part(page, "scrubber").fill("11")
    page.wait_for_url(IN_LINK)


def turn_to(page: Page, address: str) -> None:
    """By the bar of pages."""
    page.locator(f'[data-testid="stTopNavLink"][href$="{address}"]').first.click()


def is_chosen(page: Page) -> bool:
    now = where(page) if stage(page).count() else {}
    return {name: now.get(name) for name in CHOSEN} == CHOSEN


def expect_one_network(page: Page) -> None:
    wait_until(lambda: is_chosen(page), "the stage shows what was chosen")
    expect_verdict(page, r"\(epoch 25, ")
    page.wait_for_url(IN_LINK)


@pytest.mark.parametrize("other", ["/inside", "/compare", "/experiments", "/smallest"])
def test_what_was_chosen_survives_a_turn_of_the_page_and_back(page: Page, server: Server, other: str):
    open_app(page, server)
    choose(page)
    expect_one_network(page)
    turn_to(page, other)
    page.wait_for_url(IN_LINK)
    if other == "/inside":
        expect_one_network(page)
        wait_until(lambda: "=" in said(page, "why-numbers"), "the tools have the network of that epoch")
    turn_to(page, "/")
    expect_one_network(page)


def test_what_was_chosen_survives_a_reload(page: Page, server: Server):
    open_inside(page, server)
    choose(page)
    page.reload()
    expect(part(page, "h_now")).to_be_visible(timeout=PATIENCE)
    expect_one_network(page)
    wait_until(lambda: "=" in said(page, "why-numbers"), "the tools have the network of that epoch")


def test_another_window_keeps_the_epoch(page: Page, server: Server):
    open_app(page, server)
    choose(page)
    part(page, "window-end").fill("2012-08-15")
    page.wait_for_url(re.compile("window="))
    wait_until(lambda: part(page, "window-end").input_value() == "2012-08-15", "the window has come")
    expect_one_network(page)


def test_no_timestep_is_told_while_it_plays(page: Page, server: Server):
    """Not even when something else is chosen meanwhile."""
    open_app(page, server)
    press(page, " ")
    press(page, "ArrowDown")
    page.wait_for_url(re.compile("unit="))
    assert "timestep" not in page.url
    assert where(page)["playing"] == "true"
    press(page, " ")
    wait_until(lambda: f"timestep={int(where(page)['timestep']) + 1}" in page.url, "it rests")
