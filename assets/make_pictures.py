"""Take the README's pictures of the running app: python assets/make_pictures.py URL, with Debian's chromium."""

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).resolve().parent
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
STACK = "num_layers=2&hidden_size=12&dropout=0.2&epochs=2"
TIMESTEP = 39  # where the largest change of the first run's window comes in


@dataclass(frozen=True)
class Picture:
    """prepare: what somebody did before. only: the part that is shown, by its test id; None: the whole window."""

    width: int
    height: int
    scheme: Literal["light", "dark"] = "light"
    path: str = ""
    prepare: Callable[[Page], None] = lambda page: None
    only: str | None = None


def drag_a_day(page: Page) -> None:
    """The day after the jump, dragged up."""
    page.get_by_test_id("stage-tab-what_if").click()
    row = page.get_by_test_id("stage-price-drag")
    row.scroll_into_view_if_needed()
    box = row.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] * (TIMESTEP + 8.5) / 60, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y - 30, steps=5)
    page.mouse.up()


def list_the_terms(page: Page) -> None:
    page.get_by_test_id("stage-terms").click()


def let_it_train(page: Page) -> None:
    """The smallest LSTM trains as its page opens."""
    page.get_by_text("As trained, epoch 500").wait_for()


def open_layers(page: Page) -> None:
    """Of a small stack, trained for two epochs."""
    page.get_by_role("button", name="Train", exact=True).click()
    page.get_by_role("button", name="Stop", exact=True, disabled=True).wait_for(timeout=120_000)
    page.get_by_test_id("stage-verdict-aside").filter(has_text="naive").wait_for(timeout=120_000)
    page.get_by_test_id("stage-tab-layers").click()


def race(page: Page) -> None:
    """LSTM, GRU and RNN, trained to the end and judged."""
    page.get_by_role("button", name="Train all three", exact=True).click()
    page.get_by_text("Finished", exact=True).wait_for(timeout=120_000)
    for figure in page.get_by_test_id("figure-skill").all():
        figure.get_by_text("%").wait_for(timeout=60_000)
    page.get_by_test_id("compare").focus()
    for _ in range(6):
        page.keyboard.press("ArrowLeft")
    page.get_by_test_id("compare").evaluate("node => node.blur()")


def experiment(title: str, button: str, foot: bool = False) -> Callable[[Page], None]:
    """One experiment, run until its conclusion stands there in bold; ``foot``: its lower end is shown."""

    def prepare(page: Page) -> None:
        page.get_by_test_id("stSidebar").get_by_text(title).first.click()
        page.get_by_role("heading", name=title).wait_for()
        page.get_by_test_id("stMain").get_by_role("button", name=button, exact=True).click()
        page.locator(".st-key-conclusion strong").first.wait_for(timeout=240_000)
        page.wait_for_timeout(3000)  # the last answers are on their way
        if foot:
            page.locator("[data-testid=stMain]").evaluate("node => { node.dataset.foot = 'true'; }")

    return prepare


PICTURES = {
    "page-light.png": Picture(1440, 980),
    "page-dark.png": Picture(1440, 980, "dark"),
    "phone.png": Picture(375, 812),
    "what-if.png": Picture(1440, 1120, path="inside", prepare=drag_a_day),
    "ledger.png": Picture(1440, 1400, path="inside", only="stage-ledger"),
    "terms.png": Picture(1440, 1400, path="inside", prepare=list_the_terms, only="stage-tools"),
    "layers.png": Picture(
        1440,
        1400,
        path="inside?num_layers=2&hidden_size=12&dropout=0.2&epochs=2",
        prepare=open_layers,
        only="stage-tools",
    ),
    "compare.png": Picture(1440, 1240, path="compare?compare=cells", prepare=race),
    "sine.png": Picture(1200, 900, path="experiments", prepare=experiment("Sine", "Run", foot=True)),
    "three-ways.png": Picture(1200, 900, path="experiments", prepare=experiment("One LSTM, three ways", "Run")),
    "first-model.png": Picture(1200, 1160, path="experiments", prepare=experiment("First model", "Run")),
    "experiments.png": Picture(
        1440,
        1080,
        path="experiments",
        prepare=experiment("Vanishing and exploding gradients", "Run"),
    ),
    "gaps.png": Picture(1200, 900, path="experiments", prepare=experiment("Accuracy against the gap", "Run")),
    "long-memory.png": Picture(1200, 900, path="experiments", prepare=experiment("Long memory", "Run")),
    "amazon.png": Picture(1200, 1100, path="experiments", prepare=experiment("Amazon", "Train")),
    "stacked.png": Picture(1200, 1100, path="experiments", prepare=experiment("Stacked", "Train")),
    "scratch.png": Picture(1200, 860, path="experiments", prepare=experiment("From scratch", "Train")),
    "smallest.png": Picture(1440, 1180, path="smallest", prepare=let_it_train),
}


def main(url: str, *names: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for name in names or PICTURES:
            take(browser, url.rstrip("/"), name, PICTURES[name])
        browser.close()


def take(browser: Browser, url: str, name: str, picture: Picture) -> None:
    """The page standing still at one timestep, the chart drawn."""
    viewport = {"width": picture.width, "height": picture.height}
    context = browser.new_context(viewport=viewport, color_scheme=picture.scheme, reduced_motion="reduce")  # pyright: ignore[reportArgumentType]
    page = context.new_page()
    page.goto(f"{url}/{picture.path}")
    if picture.path.split("?")[0] in ("", "inside"):
        stand_still(page)
    picture.prepare(page)
    page.locator("[data-testid=stMain]").evaluate("node => node.scrollTo(0, node.dataset.foot ? 1e6 : 0)")
    page.mouse.move(5, 5)
    page.wait_for_timeout(700)
    if picture.only:  # the transport lies over whatever is at the window's foot
        page.get_by_test_id("stage-transport").evaluate("node => { node.style.visibility = 'hidden'; }")
    shown = page.get_by_test_id(picture.only) if picture.only else page
    shown.screenshot(path=FOLDER / name)
    context.close()


def stand_still(page: Page) -> None:
    page.wait_for_selector("[data-testid='stage-window-chart'] .gs-line-lstm[d]", state="attached", timeout=60_000)
    page.get_by_test_id("stage-scrubber").fill(str(TIMESTEP))


if __name__ == "__main__":
    main(*sys.argv[1:])
