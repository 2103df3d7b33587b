"""For everybody: axe-core finds nothing serious on any page in either theme, and whoever has only keys sees the focus."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from dashboard.experiments.table import EXPERIMENTS
from tests.browser.conftest import PATIENCE, Server
from tests.browser.stage_page import wait_for_calm

# Path -> what has to stand there before the page is looked at.
PAGES = {
    "": "[data-testid=stage-lanes-canvas]",
    "inside": "[data-testid=stage-tools]",
    "compare": "[data-testid=compare]",
    "smallest": "[data-testid=smallest]",
    **{f"experiments?experiment={name}": "[data-testid=stMain] button" for name in EXPERIMENTS},
}
# Streamlit's own parts, which no page can change.
NOT_OURS: dict[str, str] = {}
# What a person with keys would look at: is the focused element in sight, on top, and marked?
FOCUS = """() => {
  const node = document.activeElement;
  if (!node || node === document.body) return null;
  const box = node.getBoundingClientRect();
  const points = [[0.5, 0.5], [0.1, 0.5], [0.9, 0.5], [0.5, 0.9]];
  const seen = points.some(([x, y]) => {
    const top = document.elementFromPoint(box.x + box.width * x, box.y + box.height * y);
    return top && (node === top || node.contains(top) || top.contains(node));
  });
  return { name: `${node.tagName} ${node.getAttribute("data-testid") ?? ""} ${node.textContent.slice(0, 40)}`,
           small: box.width * box.height < 4, seen };
}"""


@pytest.fixture(params=["light", "dark"])
def themed(browser: Browser, request: pytest.FixtureRequest):
    context = browser.new_context(
        viewport={"width": 1440, "height": 900}, color_scheme=request.param, reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def serious(page: Page) -> list[str]:
    """Rule, impact, and the first place of each finding that is serious or critical."""
    found = Axe().run(page).response["violations"]
    return [
        f"{each['id']} ({each['impact']}): {node['target']} {node['failureSummary'][:300]}"
        for each in found
        if each["impact"] in ("serious", "critical") and each["id"] not in NOT_OURS
        for node in each["nodes"][:3]
    ]


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_serious(themed: Page, server: Server, path: str):
    themed.goto(f"{server.url}/{path}")
    expect(themed.locator(PAGES[path]).first).to_be_visible(timeout=PATIENCE)
    wait_for_calm(themed)
    assert serious(themed) == []


@pytest.mark.parametrize("path", ["", "inside", "compare", "smallest", "experiments"])
def test_the_focus_is_never_covered(page: Page, server: Server, path: str):
    page.goto(f"{server.url}/{path}")
    expect(page.locator(PAGES.get(path, "[data-testid=stMain] button")).first).to_be_visible(timeout=PATIENCE)
    wait_for_calm(page)
    covered = []
    for _ in range(60):
        page.keyboard.press("Tab")
        now = page.evaluate(FOCUS)
        if now and not now["small"] and not now["seen"]:
            covered.append(now["name"])
    assert covered == []
