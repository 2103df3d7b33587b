"""Inside the cell in Chromium: how soon a dragged day is answered, and how soon gradients come from a worker.

A drag is answered when every number and lane follows: the work of one pointer move, from the event to the end of what
the page does about it, and from the event to the frame after. Gradients: from choosing another kept epoch in the list
to their strip drawn, while two other people's networks train. Needs Debian's chromium on the path.
"""

from collections.abc import Iterator
from itertools import cycle
from statistics import quantiles

from playwright.sync_api import Browser, Page

from benchmarks.browser import fresh, ready, train
from benchmarks.figures import Figure, Size, take
from benchmarks.serving import chromium, served

OTHERS = "?epochs=5000"

DRAG = "a dragged day answered: the page's work, 95 % within"
DRAGGED_SMALL = Figure(f"{DRAG}, 50 units x 60 timesteps", "at most 16 ms", ".1f", "ms")
DRAGGED_LARGE = Figure(f"{DRAG}, 2 x 128 units x 250 timesteps", "at most 100 ms", ".0f", "ms")
GRADIENT = "gradients of 2 x 128 units x 250 timesteps, from choosing an epoch to drawn"
GRADIENTS_AT_REST = Figure(f"{GRADIENT}, nobody training", "at most 0.3 s", ".2f", "s")
GRADIENTS_TRAINING = Figure(f"{GRADIENT}, both workers training 32 units", "at most 0.3 s", ".2f", "s")
FIGURES = (DRAGGED_SMALL, DRAGGED_LARGE, GRADIENTS_AT_REST, GRADIENTS_TRAINING)

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
# Whether each epoch up to the last can be chosen, of the new network and not of the one before, and one is explained.
TRAINED = """(last) => {
  const options = document.querySelector("[data-testid='stage-epoch']").options;
  const choices = Array.from(options, (each) => Number(each.value));
  const explained = document.querySelector("[data-testid='stage']").dataset.explained;
  return choices.at(-1) === last && choices.filter(Number.isInteger).length === last + 1
    && explained && choices.includes(Number(explained));
}"""


def measure(drags: int, rounds: int, units: int, timesteps: int) -> Iterator[Figure]:
    small = "inside?hidden_size=50&window_length=60&burn_in=10"
    large = f"inside?hidden_size={units}&num_layers=2&window_length={timesteps}&burn_in=20"
    with served() as url, chromium() as browser:
        for figure, query in ((DRAGGED_SMALL, small), (DRAGGED_LARGE, large)):
            took = [dragged(browser, f"{url}{query}", drags) for _ in range(rounds)]
            frames = [quantile([drag["frame"] for drag in each]) for each in took]
            print(f"  to the frame after, 95 %: {', '.join(f'{frame:.0f} ms' for frame in frames)}", flush=True)
            yield figure.measured([quantile([drag["work"] for drag in each]) for each in took])
        for seed, (figure, others) in enumerate(((GRADIENTS_AT_REST, 0), (GRADIENTS_TRAINING, 2))):
            yield figure.measured(gradients(browser, url, f"{large}&seed={seed}", others))


def quantile(values: list[float]) -> float:
    """95 % are no more than this."""
    return quantiles(values, n=20, method="inclusive")[-1]


def dragged(browser: Browser, address: str, moves: int) -> list[dict[str, float]]:
    with fresh(browser) as page:
        trained(page, address, 1)
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
        page.wait_for_function("() => window.drags.length && window.drags.every((drag) => drag.frame > 0)")
        return page.evaluate("() => window.drags.slice(3)")


def gradients(browser: Browser, url: str, query: str, others: int) -> list[float]:
    """The others' tabs close once they train; within the grace time their networks train on."""
    with fresh(browser) as page:
        trained(page, f"{url}{query}", 3)
        for other in range(others):
            with fresh(browser) as theirs:
                train(theirs, f"{url}{OTHERS}&seed={other + 5}")
        return [page.evaluate(CHOOSE, epoch) for epoch in (0, 1, 2)]


def trained(page: Page, address: str, epochs: int) -> None:
    """All epochs of the new network can be chosen, and the gradients of one of them are there."""
    ready(page, f"{address}&epochs={epochs}")
    page.get_by_role("button", name="Train", exact=True).click()
    page.wait_for_function(TRAINED, arg=epochs)


if __name__ == "__main__":
    take(
        __doc__,
        FIGURES,
        measure,
        drags=Size(120, 20, "moves of the pointer in each round"),
        rounds=Size(2, 1, "of dragging"),
        units=Size(128, 16, "in each of the large network's two layers"),
        timesteps=Size(250, 60, "of the large network"),
    )
