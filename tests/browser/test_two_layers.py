"""Two layers: the ledger is the top layer's and says so, and "x" of the upper layer is the lower one's h."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.helpers.browser.inside_page import go_to, said, tool, train_inside
from tests.helpers.browser.server import Server
from tests.helpers.browser.stage_page import open_row, part, where

DEEP = "?epochs=2&hidden_size=6&num_layers=2&window_length=20&burn_in=5&sample=FB&seed=9"


@pytest.fixture
def deep(page: Page, server: Server) -> Page:
    train_inside(page, server, DEEP)
    return page


def test_the_ledger_says_whose_units_it_lists_and_leads_to_them(deep: Page):
    go_to(deep, 10, 5, layer=0)
    open_row(deep, "ledger")
    expect(part(deep, "ledger-layer")).to_have_text(
        "The units of layer 2, the top one: the head reads no other. A click goes there."
    )
    assert deep.locator(".gs-ledger .gs-chosen").count() == 0  # unit 6 of layer 1 is none of these
    row = deep.locator('[data-testid^="stage-ledger-unit-"]').first
    unit = row.get_attribute("data-unit")
    row.get_by_role("button").click()
    assert (where(deep)["layer"], where(deep)["unit"]) == ("1", unit)
    expect(row.locator(".gs-chosen")).to_have_count(1)


def test_x_of_the_upper_layer_is_h_of_the_lower_one(deep: Page):
    tool(deep, "why")
    go_to(deep, 10, 5, layer=0)
    part(deep, "focus-forget_gate").click()
    assert re.search(r"from x, .*from h′, .*from biases", said(deep, "why-numbers"))
    assert said(deep, "why-note").startswith("x is the input;")
    go_to(deep, 10, 5, layer=1)
    assert re.search(r"from layer 1's h, .*from h′, .*from biases", said(deep, "why-numbers"))
    assert said(deep, "why-note").startswith("x is h of layer 1;")
    part(deep, "focus-prediction").click()
    expect(part(deep, "why-note")).to_have_text("h is that of layer 2, the top one: the head reads no other.")
