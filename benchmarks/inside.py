"""Inside the cell in Chromium: how soon a dragged day is answered, and how soon gradients come from a worker.

    python benchmarks/inside.py [--drags 120]

A drag is answered when every number and lane follows: the work of one pointer move, from the event to the end of what
the page does about it, and from the event to the frame after. Gradients: from choosing another kept epoch in the list
to their strip drawn, while two other people's networks train. Needs Debian's chromium on the path.
"""

import argparse
import re
import time
from itertools import cycle

from page import chromium, fresh, ready, report, served, train
from playwright.sync_api import Browser, Page

SMALL = "?hidden_size=50&window_length=60&epochs=1&burn_in=10"
LARGE = "?hidden_size=128&num_layers=2&window_length=250&burn_in=20&epochs=3"
OTHERS = {
    "nobody trains": "",
    "two train 32 units": "?epochs=5000",
    "two train 2 x 128 x 250": "?hidden_size=128&num_layers=2&window_length=250&burn_in=20&epochs=5000",
}

# Times every pointer move on the price row: `work` until the page is done with it, `frame` until the frame after.
LISTEN = """() => {
  const row = document.querySelector("[data-testid='stage-price-drag']");
  window.drags = [];
  let began = 0;
  window.addEventListener("pointermove", (event) => { if (event.buttons) began = performance.now(); }, true);
  row.addEventListener("pointermove", (event) => {
    if (!event.buttons) return;
    const drag = { work: performance.now() - began, frame: 0 };
    window.drags.push(drag);
    requestAnimationFrame(() => setTimeout(() => { drag.frame = performance.now() - began; }));
  });
}"""
# Resolves with the seconds from choosing an epoch to the first frame with its gradients.
CHOOSE = """(epoch) => new Promise((resolve) => {
  const select = document.querySelector("[data-testid='stage-epoch']");
  const stage = document.querySelector("[data-testid='stage']");
  const began = performance.now();
  select.value = String(epoch);
  select.dispatchEvent(new Event("change"));
  const look = () => stage.dataset.explained === String(epoch)
    ? resolve((performance.now() - began) / 1000) : requestAnimationFrame(look);
  requestAnimationFrame(look);
})"""


def main() -> None:
    arguments = argparse.ArgumentParser(description="Inside the cell in Chromium.")
    arguments.add_argument("--drags", type=int, default=120)
    options = arguments.parse_args()
    with served() as url, chromium() as browser:
        for what, query, bound in (("50 x 60", SMALL, 16), ("2 x 128 x 250", LARGE, 100)):
            drags = dragged(browser, f"{url}inside{query}", options.drags)
            for kind in ("work", "frame"):
                values = sorted(drag[kind] for drag in drags)
                report(f"a dragged day, {what}: {kind}", "ms", values)
                print(f"{'  95 % within':<58} {values[int(0.95 * len(values)) - 1]:>8.2f} ms", flush=True)
            share = sum(drag["work"] <= bound for drag in drags) / len(drags)
            print(f"{f'  done within {bound} ms':<58} {share:>8.1%}", flush=True)
        for seed, (who, query) in enumerate(OTHERS.items()):
            report(f"gradients, 2 x 128 x 250, {who}", "s", gradients(browser, url, seed, query))


def dragged(browser: Browser, address: str, moves: int) -> list[dict[str, float]]:
    with fresh(browser) as page:
        trained(page, address)
        page.get_by_test_id("stage-tab-what_if").click()
        row = page.get_by_test_id("stage-price-drag")
        row.scroll_into_view_if_needed()
        box = row.bounding_box()
        assert box is not None
        x, middle = box["x"] + 0.5 * box["width"], box["y"] + box["height"] / 2
        page.evaluate(LISTEN)
        page.mouse.move(x, middle)
        page.mouse.down()
        for move, up in zip(range(moves), cycle((1, 1, 1, -1, -1, -1)), strict=False):
            page.mouse.move(x, middle + 6 * up * (1 + move % 3))
        page.mouse.up()
        time.sleep(0.2)
        return page.evaluate("() => window.drags.filter((drag) => drag.frame > 0).slice(3)")


def gradients(browser: Browser, url: str, seed: int, query: str) -> list[float]:
    """The others' tabs close once they train; within the grace time their networks train on."""
    with fresh(browser) as page:
        trained(page, f"{url}inside{LARGE}&seed={seed}")
        for other in range(2 if query else 0):
            with fresh(browser) as theirs:
                train(theirs, f"{url}{query}&seed={other + 5}")
        page.wait_for_function("() => document.querySelector(\"[data-testid='stage-epoch']\").options.length > 3")
        return [page.evaluate(CHOOSE, epoch) for epoch in (0, 1, 2)]


def trained(page: Page, address: str) -> None:
    ready(page, address)
    page.get_by_role("button", name="Train", exact=True).click()
    page.get_by_text(re.compile(r"test days this LSTM \(epoch [0-3]\)")).wait_for()
    page.wait_for_function("() => document.querySelector(\"[data-testid='stage']\").dataset.explained !== ''")


if __name__ == "__main__":
    main()
