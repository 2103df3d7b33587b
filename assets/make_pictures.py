"""Take the README's pictures of the app as it is: python -m assets.make_pictures [NAMES], with Debian's chromium."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page

from benchmarks.serving import chromium, served

FOLDER = Path(__file__).resolve().parent
DRAGGED = 45  # the timestep whose day is dragged up
PATIENCE = 240_000  # milliseconds for the longest experiment


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
    page.get_by_test_id("stage-tab-what_if").click()
    row = page.get_by_test_id("stage-price-drag")
    row.scroll_into_view_if_needed()
    box = row.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] * (DRAGGED + 0.5) / 60, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y - 30, steps=5)
    page.mouse.up()


def open_ledger(page: Page) -> None:
    page.get_by_test_id("stage-ledger").locator("summary").click()


def list_the_terms(page: Page) -> None:
    page.get_by_test_id("stage-terms").click()


def let_it_train(page: Page) -> None:
    """The smallest LSTM trains as its page opens."""
    page.get_by_text("As trained, epoch 500").wait_for()


def open_layers(page: Page) -> None:
    """Of a small stack, trained for two epochs."""
    page.get_by_role("button", name="Train", exact=True).click()
    page.get_by_role("button", name="Stop", exact=True, disabled=True).wait_for(timeout=PATIENCE)
    page.get_by_test_id("stage-verdict-aside").filter(has_text="naive").wait_for(timeout=PATIENCE)
    page.get_by_test_id("stage-tab-layers").click()


def race(page: Page) -> None:
    """All cells, trained to the end and judged."""
    page.get_by_role("button", name="Train all", exact=True).click()
    page.get_by_text("Finished", exact=True).wait_for(timeout=PATIENCE)
    for figure in page.get_by_test_id("figure-skill").all():
        figure.get_by_text("%").wait_for(timeout=PATIENCE)
    page.get_by_test_id("compare").focus()
    for _ in range(6):
        page.keyboard.press("ArrowLeft")
    page.get_by_test_id("compare").evaluate("node => node.blur()")


def experiment(title: str, button: str = "Run") -> Callable[[Page], None]:
    """One experiment, run until its conclusion stands there in bold."""

    def prepare(page: Page) -> None:
        page.get_by_test_id("stSidebar").get_by_text(title).first.click()
        page.get_by_role("heading", name=title).wait_for()
        page.get_by_test_id("stMain").get_by_role("button", name=button, exact=True).click()
        page.locator(".st-key-conclusion strong").first.wait_for(timeout=PATIENCE)
        page.wait_for_timeout(3000)  # the last answers are on their way

    return prepare


STACK = "inside?num_layers=2&hidden_size=12&dropout=0.2&epochs=2"
PICTURES = {
    "page-light.png": Picture(1440, 980),
    "page-dark.png": Picture(1440, 980, "dark"),
    "phone.png": Picture(375, 812),
    "what-if.png": Picture(1440, 1120, path="inside", prepare=drag_a_day),
    "ledger.png": Picture(1440, 1400, path="inside", prepare=open_ledger, only="stage-ledger"),
    "terms.png": Picture(1440, 1400, path="inside", prepare=list_the_terms, only="stage-tools"),
    "layers.png": Picture(1440, 1400, path=STACK, prepare=open_layers, only="stage-tools"),
    "compare.png": Picture(1440, 1240, path="compare?compare=cells", prepare=race),
    "smallest.png": Picture(1440, 1180, path="smallest", prepare=let_it_train),
    **{
        f"{name}.png": Picture(width, height, path="experiments", prepare=experiment(*told))
        for name, width, height, *told in (
            ("sine", 1200, 1480, "Sine"),
            ("three-ways", 1200, 900, "One LSTM, three ways"),
            ("first-model", 1200, 1160, "First model"),
            ("experiments", 1440, 1080, "Vanishing and exploding gradients"),
            ("gaps", 1200, 900, "Accuracy against the gap"),
            ("long-memory", 1200, 900, "Long memory"),
            ("amazon", 1200, 1100, "Amazon", "Train"),
            ("stacked", 1200, 1100, "Stacked", "Train"),
            ("scratch", 1200, 860, "From scratch", "Train"),
        )
    },
}


def main(*names: str) -> None:
    with served() as url, chromium() as browser:
        for name in names or PICTURES:
            take(browser, url, name, PICTURES[name])


def take(browser: Browser, url: str, name: str, picture: Picture) -> None:
    """The page standing still on the step that it opens on."""
    viewport = {"width": picture.width, "height": picture.height}
    context = browser.new_context(viewport=viewport, color_scheme=picture.scheme, reduced_motion="reduce")  # pyright: ignore[reportArgumentType]
    page = context.new_page()
    page.goto(f"{url}{picture.path}")
    if picture.path.split("?")[0] in ("", "inside"):
        page.get_by_test_id("stage").wait_for()
        page.wait_for_timeout(3000)  # verdict and answers of workers
    picture.prepare(page)
    page.mouse.move(5, 5)
    page.wait_for_timeout(700)
    if picture.only:  # the transport lies over whatever is at the window's foot
        page.get_by_test_id("stage-transport").evaluate("node => { node.style.visibility = 'hidden'; }")
    shown = page.get_by_test_id(picture.only) if picture.only else page
    shown.screenshot(path=FOLDER / name)
    context.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
