"""Inside the cell: order of the rows, guessing, keys, going away and coming back, old links, a phone."""

import re

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from tests.helpers.browser.inside_page import Elsewhere, go_to, numbers_in, open_inside, said, tool
from tests.helpers.browser.server import Server, wait_until
from tests.helpers.browser.stage_page import overhang, part, press, stage, view, where


def test_sorting_moves_the_rows_and_the_arrow_keys_follow_them(page: Page, server: Server, first, first_end):
    open_inside(page, server)
    tool(page, "find")
    part(page, "order").select_option("keep")
    means = Elsewhere(first, first_end).layers[0]["forget_gate"].mean(axis=0)
    for _ in range(16):
        press(page, "ArrowUp")
    ranked = list(np.argsort(-means))
    assert int(where(page)["unit"]) == ranked[0]
    press(page, "ArrowDown", 2)
    assert int(where(page)["unit"]) == ranked[2]


def test_guessing_hides_the_answer_then_shows_and_counts_it(page: Page, server: Server, first, first_end):
    open_inside(page, server)
    press(page, "Home")
    tool(page, "guess")
    part(page, "ask").click()
    asked = said(page, "question")
    before = numbers_in(asked)[-1]
    part(page, "rises").click()
    expect(part(page, "truth")).to_contain_text("went from")
    name = {"f": "forget_gate", "i": "input_gate", "o": "output_gate"}[re.findall(r"Will (\w) ", asked)[0]]
    t, unit = int(where(page)["timestep"]), int(where(page)["unit"])
    truth = Elsewhere(first, first_end).layers[0][name][:, unit]
    assert numbers_in(said(page, "truth"))[-2:] == pytest.approx([truth[t - 1], truth[t]], abs=0.00051)
    assert before == pytest.approx(truth[t - 1], abs=0.00051)
    right = truth[t] > truth[t - 1]
    assert said(page, "truth").startswith("Right." if right else "Not so.")
    expect(part(page, "right")).to_have_text(f"{int(right)} of 1 right in this visit.")


def test_sub_steps_and_tools_by_keyboard_alone(page: Page, server: Server):
    open_inside(page, server)
    press(page, "Home")
    press(page, ".")
    expect(part(page, "substep")).to_contain_text("1 of 5")
    press(page, ".", 5)
    expect(part(page, "substep")).to_contain_text("1 of 5")
    assert where(page)["timestep"] == "1"
    press(page, ",")
    expect(part(page, "substep")).to_contain_text("5 of 5")
    assert where(page)["timestep"] == "0"
    part(page, "tab-why").focus()
    page.keyboard.press("ArrowRight")
    expect(part(page, "tool-what_if")).to_be_visible()
    assert where(page)["timestep"] == "0"
    part(page, "day-value").focus()
    page.keyboard.press("ArrowUp")
    wait_until(lambda: "→" in said(page, "answer"), "a hundredth more")


def test_a_change_of_page_keeps_the_place(page: Page, server: Server):
    open_inside(page, server)
    go_to(page, 33, 2)
    page.get_by_role("link", name="Watch").click()
    expect(stage(page)).to_have_attribute("data-page", "forecast")
    assert (where(page)["timestep"], where(page)["unit"]) == ("33", "2")
    page.get_by_role("link", name="Inside the cell").click()
    expect(part(page, "tools")).to_be_visible()
    assert (where(page)["timestep"], where(page)["unit"]) == ("33", "2")


@pytest.mark.parametrize("query", ["?window=999999", "?window=-5", "?window=abc&epoch=77", "?job=gone"])
def test_an_old_link_opens_the_page(page: Page, server: Server, query):
    open_inside(page, server, query)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    tool(page, "what_if")
    expect(part(page, "answer")).to_contain_text("naive")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_tool_fits_a_phone(page: Page, server: Server, scheme):
    view(page, 375, scheme)
    open_inside(page, server)
    for name in ("why", "what_if", "memory", "mattered", "find", "guess", "layers"):
        tool(page, name)
        assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth"), name
        assert overhang(page, f"stage-tool-{name}") == [], name
