"""Every tool of "Inside the cell" with every cell, one layer and two: nothing empty or idle, no box too small."""

import re

import pytest
from playwright.sync_api import Page, expect

from lstm_core.network.cells import CELLS
from tests.helpers.browser.audit import faults
from tests.helpers.browser.inside_page import open_inside, tool, train_inside
from tests.helpers.browser.server import PATIENCE, Server
from tests.helpers.browser.stage_page import part, press, view

TOOLS = ("why", "what_if", "memory", "mattered", "find", "guess", "layers")
OTHERS = {
    "LSTM": r"update gate|reset gate|\bGRU\b|\bRNN\b|[Pp]eephole",
    "PeepholeLSTM": r"update gate|reset gate|\bGRU\b|\bRNN\b",
    "GRU": r"forget gate|cell state|output gate|\bLSTM\b|\bRNN\b",
    "RNN": r"forget|update gate|candidate|cell state|\bLSTM\b|\bGRU\b",
}


@pytest.mark.parametrize("layers", [1, 2])
@pytest.mark.parametrize("cell", CELLS)
def test_every_tool_says_what_is_so_of_its_cell(page: Page, server: Server, cell: str, layers: int):
    query = f"?cell={cell}&num_layers={layers}&epochs=1&hidden_size=6&window_length=20&burn_in=5&sample=FB"
    train_inside(page, server, query)
    press(page, "Home")
    press(page, "ArrowRight", 8)
    for name in TOOLS:
        tool(page, name)
        if name == "mattered":
            expect(part(page, "mattered")).to_contain_text("would move by", timeout=PATIENCE)
        if name == "guess":
            part(page, "ask").click()
            part(page, "rises").click()
        assert faults(page, f"stage-tool-{name}") == [], name
        words = part(page, f"tool-{name}").inner_text()
        assert len(words) > 20, name
        allowed = r"An RNN has no gate that keeps anything[^:]*:" if cell == "RNN" else "$^"
        assert re.findall(OTHERS[cell], re.sub(allowed, "", words)) == [], name
        assert layers == 2 or name == "layers" or "layer" not in words.lower(), name
    tool(page, "what_if")
    part(page, "clamp-off").click()
    expect(part(page, "clamps")).to_contain_text("h = 0.00, unit")
    expect(part(page, "clamped-test")).to_contain_text(
        re.compile("Over \\d+ (?:trading )?days of the test part: RMSE"), timeout=PATIENCE
    )
    assert faults(page, "stage-tool-what_if") == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_box_of_a_tool_is_too_small(page: Page, server: Server, scheme: str):
    view(page, 1440, scheme)
    open_inside(page, server)
    for width in (375, 768, 1440, 1920):
        large = width == 1920
        view(page, width, scheme)
        if large:
            part(page, "menu").click()
            part(page, "large").click()
        for name in TOOLS:
            tool(page, name)
            if name == "why" and part(page, "terms").get_attribute("aria-expanded") == "false":
                part(page, "terms").click()
            if name == "what_if" and width == 375:
                for clamp in ("never_forget", "off"):
                    part(page, f"clamp-{clamp}").click()
            assert faults(page, "stage-tools") == [], (width, name)


def test_on_a_small_screen_the_tools_are_on_the_first_screen(page: Page, server: Server):
    view(page, 1440)
    open_inside(page, server)
    box = part(page, "tools").bounding_box()
    assert box is not None
    assert box["y"] < 900


def test_the_tools_are_reached_and_left_by_tab_and_the_focus_is_seen(page: Page, server: Server):
    open_inside(page, server)
    tool(page, "what_if")
    part(page, "tab-what_if").focus()
    order = []
    for _ in range(11):
        page.keyboard.press("Tab")
        order.append(page.evaluate("() => document.activeElement.dataset.testid ?? ''"))
        outline = page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", order[-1]
    presets = [f"stage-clamp-{each}" for each in ("off", "never_forget", "never_write", "never_show")]
    chosen = ["stage-clamp-what", "stage-clamp-value", "stage-clamp-where", "stage-clamp"]
    assert order[:9] == ["stage-day-value", *presets, *chosen]  # undo and reset have nothing to do yet
