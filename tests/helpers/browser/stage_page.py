"""What the browser tests do and read on the page."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.helpers.browser.server import PATIENCE, Server, wait_until

LONG = "?epochs=5000&hidden_size=8&window_length=30&burn_in=5"  # a training that no test waits for the end of


def open_app(page: Page, server: Server, query: str = "") -> None:
    page.goto(f"{server.url}/{query}")
    expect(stage(page)).to_be_visible(timeout=PATIENCE)
    shows = "() => document.querySelector('.gs').dataset.timestep || document.querySelector('.gs-empty').textContent"
    page.wait_for_function(shows, timeout=PATIENCE)


def stage(page: Page) -> Locator:
    return page.get_by_test_id("stage")


def part(page: Page, name: str) -> Locator:
    return page.get_by_test_id(f"stage-{name}").first


def number(page: Page, name: str) -> float:
    """A number in the diagram or the ledger, as shown."""
    return to_number(part(page, name).text_content() or "")


def to_number(text: str) -> float:
    found = re.search(r"[+−-]?[$]?[\d,]+\.?\d*", text)
    assert found, text
    return float(found.group().replace("−", "-").replace("$", "").replace(",", ""))


def where(page: Page) -> dict[str, str]:
    """Timestep, epoch, unit, layer and whether it plays."""
    return stage(page).evaluate("node => ({...node.dataset})")


def press(page: Page, key: str, times: int = 1) -> None:
    stage(page).focus()
    for _ in range(times):
        page.keyboard.press(key)


def open_row(page: Page, name: str) -> None:
    """One of the rows that open: verdict, losses, ledger, more, equations."""
    part(page, name).locator("summary").click()
    expect(part(page, name)).to_have_attribute("open", "")


def show_span(page: Page, name: str) -> None:
    """A wide span of the chart, once Plotly has drawn it."""
    part(page, f"span-{name}").click()
    page.wait_for_function("() => document.querySelector('.gs-plot.js-plotly-plot')?._fullLayout", timeout=PATIENCE)


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def wait_for_calm(page: Page) -> None:
    """Until no run was told for a second: a page that still comes takes the place of what is clicked. A live part that
    finds nothing new is not told."""
    page.wait_for_function(
        """() => {
          const [now, app] = [performance.now(), document.querySelector('[data-testid="stApp"]')];
          if (app.dataset.testScriptState !== "notRunning") window.ranAt = now;
          window.ranAt ??= now;
          return now - window.ranAt > 1000;
        }"""
    )


def view(page: Page, width: int, scheme: str = "light") -> None:
    """As somebody with such a screen and such a taste."""
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")


def overhang(page: Page, name: str) -> list[str]:
    """What sticks out of its panel, of the part of the page it belongs to, or (the transport) of the screen."""
    return page.get_by_test_id(name).evaluate(
        """root => [...root.querySelectorAll('*')].filter((node) => {
          const box = node.getBoundingClientRect();
          const around = node.closest('.gs-foot, .gs-transport') ? [] : [root, node.closest('.gs-panel') ?? root];
          const edge = Math.min(window.innerWidth, ...around.map((each) => each.getBoundingClientRect().right));
          return box.width > 1 && box.right > edge + 1 && !node.closest('.gs-plot');
        }).map((node) => node.outerHTML.slice(0, 200))"""
    )


def progress(page: Page) -> Locator:
    return page.get_by_text(re.compile(r"(Training|Paused|Waiting|Pausing).*: epoch \d+ of \d+"))


def expect_verdict(page: Page, pattern: str) -> None:
    """In the row "Is it any good?", open or not."""
    expect(part(page, "verdict-words")).to_have_text(re.compile(pattern), timeout=PATIENCE)


def judged_epoch(page: Page) -> str:
    """The epoch that the verdict is about, once there is one; not that of the opening run, with its 490 days."""
    expect_verdict(page, r"Over (?!490 )\d+ test days this \w+ \(epoch \d+, ")
    found = re.search(r"\(epoch (\d+), ", part(page, "verdict-words").text_content() or "")
    assert found
    return found.group(1)


def train_to_the_end(page: Page) -> None:
    """Until the network of the judged epoch is on show: before that each new epoch is."""
    button(page, "Train").click()
    judged = judged_epoch(page)
    wait_until(lambda: part(page, "epoch").input_value() == judged, "the list of epochs stands at the judged one")


def epoch_trained(page: Page) -> int:
    found = re.search(r"epoch (\d+) of", progress(page).text_content() or "")
    assert found
    return int(found.group(1))
