"""What stands in a picture's place until it comes: there before it, in its shape, and gone with it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from tests.helpers.browser.server import PATIENCE, Server
from tests.helpers.browser.stage_page import view, wait_for_calm

PICTURES = {"": "stage", "inside": "stage", "smallest": "smallest", "experiments": "batch"}
WORDS = {
    "": "Fetching 60 days of Microsoft and a trained network",
    "inside": "Fetching 60 days of Microsoft and a trained network",
    "smallest": "Training one unit",
    "experiments": "Fetching the lanes",
}
OURS = ".st-key-picture .gsk"
# Counts the frames in which there is neither a skeleton nor a picture: from the page's first one on.
WATCH = """
window.emptyFrames = 0;
const tall = (node) => node.getBoundingClientRect().height > 100;
const shown = (query) => [...document.querySelectorAll(query)].some(tall);
const look = () => {
  if (shown(".st-key-picture .gsk")) window.sawSkeleton = true;
  if (document.body && !shown(".gsk") && !shown(".gs")) window.emptyFrames += 1;
  requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""


@pytest.fixture
def held(page: Page) -> Iterator[list[Route]]:
    """The stage's scripts do not come before a test lets them."""
    routes: list[Route] = []
    page.route("**/vendor/stage-*/*.js", lambda route: routes.append(route))
    yield routes
    page.unroute_all(behavior="ignoreErrors")


def let_go(page: Page, routes: list[Route]) -> None:
    for route in routes:
        route.continue_()
    page.unroute_all(behavior="ignoreErrors")


def box(page: Page, selector: str) -> dict[str, float]:
    found = page.locator(selector).first.bounding_box()
    assert found
    return {name: found[name] for name in ("x", "y", "width", "height")}


@pytest.mark.parametrize("path", PICTURES)
def test_it_stands_where_the_picture_will_be_and_goes_with_it(page: Page, server: Server, held: list[Route], path: str):
    page.goto(f"{server.url}/{path}")
    expect(page.locator(f"{OURS} .gsk-word")).to_contain_text(WORDS[path], timeout=PATIENCE)
    expect(page.locator("#gsk-welcome")).to_be_hidden()
    wait_for_calm(page)
    before = box(page, OURS)
    assert page.locator("[data-testid='stSkeleton']:visible").count() == 0
    let_go(page, held)
    picture = page.get_by_test_id(PICTURES[path])
    expect(picture).to_be_visible(timeout=PATIENCE)
    expect(page.locator(OURS)).to_be_hidden()
    after = box(page, f"[data-testid='{PICTURES[path]}']")
    assert after["x"] == pytest.approx(before["x"], abs=1)
    assert after["width"] == pytest.approx(before["width"], abs=1)
    assert after["y"] == pytest.approx(before["y"], abs=1)


@pytest.mark.parametrize("width", [1440, 375])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_its_boxes_can_be_seen_in_both_themes_and_on_a_phone(
    page: Page, server: Server, held: list[Route], width: int, scheme: str
):
    view(page, width, scheme)
    page.goto(server.url)
    expect(page.locator(f"{OURS} .gsk-word")).to_contain_text(WORDS[""], timeout=PATIENCE)
    lanes = page.locator(f"{OURS} .gsk-lane")
    assert lanes.count() == 6
    letters = page.locator(f"{OURS} .gsk-letter").all_text_contents()
    assert letters == list("figcoh")
    panel = lanes.first.evaluate("node => getComputedStyle(node).backgroundColor")
    assert panel == {"light": "rgb(247, 248, 250)", "dark": "rgb(22, 28, 36)"}[scheme]
    boxes = [lane.bounding_box() for lane in lanes.all()]
    assert all(each and each["height"] > 20 and each["x"] + each["width"] <= width for each in boxes)


@pytest.mark.parametrize("path", PICTURES)
def test_at_no_moment_is_there_nothing(page: Page, server: Server, path: str):
    page.add_init_script(WATCH)
    page.goto(f"{server.url}/{path}")
    expect(page.get_by_test_id(PICTURES[path])).to_be_visible(timeout=PATIENCE)
    assert page.evaluate("window.emptyFrames") == 0
    assert page.evaluate("window.sawSkeleton")


def test_a_choice_does_not_bring_it_back(page: Page, server: Server):
    page.add_init_script(WATCH)
    page.goto(server.url)
    expect(page.get_by_test_id("stage")).to_be_visible(timeout=PATIENCE)
    wait_for_calm(page)
    page.evaluate("Object.assign(window, { sawSkeleton: false, emptyFrames: 0 })")
    page.get_by_text("Show code").click()
    wait_for_calm(page)
    assert not page.evaluate("window.sawSkeleton")
    assert page.evaluate("window.emptyFrames") == 0


@pytest.mark.parametrize("width", [1440, 375])
@pytest.mark.parametrize("path", ["", "smallest"])
def test_the_pages_own_skeleton_stands_where_the_apps_will(page: Page, server: Server, width: int, path: str):
    """Within a few pixels: nothing is seen to jump."""
    view(page, width)
    scripts: list[Route] = []
    page.route("**/static/js/index.*.js", lambda route: scripts.append(route))
    page.goto(f"{server.url}/{path}", wait_until="commit")
    expect(page.locator("#gsk-welcome .gsk-word")).to_be_visible(timeout=PATIENCE)
    before = box(page, "#gsk-welcome")
    let_go(page, scripts)
    expect(page.get_by_test_id(PICTURES[path])).to_be_visible(timeout=PATIENCE)
    after = box(page, f"[data-testid='{PICTURES[path]}']")
    assert page.locator("#gsk-welcome").count() == 0
    assert (before["x"], before["width"]) == (after["x"], after["width"])
    assert before["y"] == pytest.approx(after["y"], abs=8)


@pytest.mark.parametrize(
    ("path", "width", "height"),
    [("", 1440, 900), ("", 375, 812), ("?letters=large", 375, 812), ("", 1920, 1080), ("inside", 1440, 900)],
)
def test_its_chart_lanes_and_cell_lie_where_the_pictures_lie(
    page: Page, server: Server, held: list[Route], path: str, width: int, height: int
):
    """skeleton.css repeats the sums of layout.js, and skeleton.py the places of diagram.js."""
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.goto(f"{server.url}/{path}")
    expect(page.locator(f"{OURS} .gsk-word")).to_be_visible(timeout=PATIENCE)
    wait_for_calm(page)
    skeleton = {"chart": ".gsk-plot", "lanes": ".gsk-lanes", "cell": ".gsk-cell"}
    picture = {"chart": ".gs-ground", "lanes": "[data-testid='stage-lanes-canvas']", "cell": ".gs-diagram"}
    parts = ("chart", "lanes", "cell") if width > 900 else ("chart", "lanes")
    before = {part: box(page, f"{OURS} {skeleton[part]}") for part in parts}
    lane = box(page, f"{OURS} .gsk-lane")
    before["lanes"] |= {"x": lane["x"], "width": lane["width"]}  # the names stand outside
    let_go(page, held)
    expect(page.locator(picture["chart"])).to_be_visible(timeout=PATIENCE)
    wait_for_calm(page)
    for part in parts:
        assert box(page, picture[part]) == pytest.approx(before[part], abs=4), part
