"""The picture that the page opens on: what is seen without a click, what explains itself, what is one click away."""

import pytest
from playwright.sync_api import Page, expect

from tests.helpers.browser.audit import small_letters
from tests.helpers.browser.server import PATIENCE, Server, wait_until
from tests.helpers.browser.stage_page import open_app, open_row, part, press, stage, view, where

ROWS = ["verdict", "losses", "ledger", "more", "equations"]


def test_one_straight_playhead_runs_through_chart_and_lanes(page: Page, server: Server):
    """The price's point at the playhead's day lies on it, and so does the lanes' column."""
    open_app(page, server)
    for t in (0, 17, 59):
        part(page, "scrubber").fill(str(t))
        rule = part(page, "playhead").bounding_box()
        chart, lanes = part(page, "window-chart").bounding_box(), part(page, "lanes-canvas").bounding_box()
        assert rule is not None
        assert chart is not None
        assert lanes is not None
        assert (chart["x"], chart["width"]) == pytest.approx((lanes["x"], lanes["width"]), abs=0.6)
        assert rule["x"] + 1 == pytest.approx(lanes["x"] + lanes["width"] * (t + 0.5) / 60, abs=1)
        assert rule["y"] <= chart["y"] + 1
        assert rule["y"] + rule["height"] >= lanes["y"] + lanes["height"] - 1


def test_the_first_picture_needs_no_plotly(page: Page, server: Server):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    open_app(page, server)
    expect(part(page, "window-chart")).to_be_visible()
    assert not [url for url in asked if "plotly" in url]
    part(page, "span-all").click()
    page.wait_for_function("() => document.querySelector('.gs-plot.js-plotly-plot')", timeout=PATIENCE)
    assert [url for url in asked if "plotly" in url]


def test_the_opening_play_pauses_on_the_largest_move(page: Page, server: Server):
    open_app(page, server)
    target = where(page)["timestep"]  # without motion it stands there at once
    page.emulate_media(reduced_motion="no-preference")
    page.reload()
    expect(stage(page)).to_have_attribute("data-playing", "true", timeout=PATIENCE)
    expect(stage(page)).to_have_attribute("data-playing", "false", timeout=PATIENCE)
    assert where(page)["timestep"] == target
    press(page, "Space")
    expect(stage(page)).to_have_attribute("data-playing", "true")
    wait_until(lambda: int(where(page)["timestep"]) > int(target), "it goes on from there")


def place_of_lanes(page: Page) -> list[float]:
    """On the stage, wherever the page is scrolled to."""
    return stage(page).evaluate(
        """root => {
          const [around, own] = [root, root.querySelector('.gs-lanes')].map((node) => node.getBoundingClientRect());
          return [own.left - around.left, own.top - around.top, own.width, own.height];
        }"""
    )


def test_rows_open_by_mouse_and_keyboard_and_stay_open(page: Page, server: Server):
    open_app(page, server)
    for name in ROWS:
        assert part(page, name).get_attribute("open") is None
    lanes = place_of_lanes(page)
    open_row(page, "losses")
    expect(part(page, "loss-picture")).to_be_visible()
    part(page, "equations").locator("summary").focus()
    page.keyboard.press("Enter")
    expect(part(page, "equations")).to_contain_text("c = f·c′ + i·g")
    assert place_of_lanes(page) == lanes  # what is looked at does not move
    press(page, "ArrowRight", 3)
    press(page, "Shift+ArrowLeft")
    for name in ("losses", "equations"):
        expect(part(page, name)).to_have_attribute("open", "")
    open_row(page, "more")
    labels = part(page, "lane-labels")
    expect(labels).to_contain_text("what it reads")
    expect(labels).to_contain_text("prediction")


@pytest.mark.parametrize("way", ["pointer", "focus", "touch"])
def test_a_term_explains_itself_to_pointer_focus_and_touch(page: Page, server: Server, way: str):
    open_app(page, server)
    term = page.get_by_role("button", name="forget gate", exact=True)
    {"pointer": term.hover, "focus": term.focus, "touch": term.click}[way]()
    tip = page.get_by_role("tooltip").filter(has_text="the share of the memory that stays")
    expect(tip).to_be_visible()
    assert term.get_attribute("aria-describedby") == tip.get_attribute("id")
    page.keyboard.press("Escape")
    if way != "pointer":
        expect(tip).to_be_hidden()
    bounds = page.get_by_role("button", name="values:", exact=True)
    bounds.focus()
    expect(page.get_by_role("tooltip").filter(has_text="one bound for the whole run")).to_be_visible()


def test_a_question_mark_lists_the_keys_and_escape_gives_the_focus_back(page: Page, server: Server):
    open_app(page, server)
    part(page, "on").focus()
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys")
    expect(keys).to_be_visible()
    assert keys.locator("kbd").all_text_contents()[:3] == ["Space", "←", "→"]
    stood = where(page)["timestep"]
    page.keyboard.press("ArrowRight")
    assert where(page)["timestep"] == stood  # nothing plays behind the list
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    assert page.evaluate("() => document.activeElement.dataset.testid") == "stage-on"


def test_a_phone_shows_chart_and_lanes_together_over_a_low_transport(page: Page, server: Server):
    view(page, 375)
    page.set_viewport_size({"width": 375, "height": 812})
    open_app(page, server)
    transport = part(page, "transport").bounding_box()
    assert transport is not None
    assert transport["height"] <= 64
    assert transport["y"] + transport["height"] == pytest.approx(812, abs=1)
    stage(page).evaluate("node => node.scrollIntoView()")
    chart, lanes = part(page, "chart").bounding_box(), part(page, "lanes").bounding_box()
    foot = page.locator(".gs-foot").bounding_box()
    assert chart is not None
    assert lanes is not None
    assert foot is not None
    assert chart["y"] >= -1
    assert lanes["y"] + lanes["height"] <= foot["y"]
    for place, shown in (("cell", "diagram"), ("good", "verdict"), ("rest", "span-test"), ("rows", "lanes-canvas")):
        part(page, f"place-{place}").click()
        expect(part(page, shown)).to_be_visible()


@pytest.mark.parametrize("size", [(375, 812), (812, 375), (1280, 720), (1440, 900)])
@pytest.mark.parametrize("path", ["", "inside"])
def test_no_letter_is_smaller_than_eleven_pixels(page: Page, server: Server, size: tuple[int, int], path: str):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    open_app(page, server, path)
    if size[0] < 860:
        for place in ("cell", "good", "rest", "rows"):
            part(page, f"place-{place}").click()
            assert small_letters(page) == []
    assert small_letters(page) == []


def test_large_letters_leave_all_lanes_on_a_projector(page: Page, server: Server):
    page.set_viewport_size({"width": 1920, "height": 1080})
    open_app(page, server)
    part(page, "menu").click()
    part(page, "large").click()
    expect(stage(page)).to_have_attribute("data-large", "true")
    stage(page).evaluate("node => node.scrollIntoView()")
    lanes, transport = part(page, "lanes").bounding_box(), part(page, "transport").bounding_box()
    assert lanes is not None
    assert transport is not None
    assert lanes["y"] + lanes["height"] <= transport["y"]
    assert small_letters(page, 15.9) == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
