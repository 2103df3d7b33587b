"""The page in Chromium: opening, the first live frame, live updates a second, how far the chart's curve lags behind the
loss panel, and frame times of playback under load. Needs Debian's chromium on the path.
"""

from collections.abc import Iterator
from time import perf_counter

from playwright.sync_api import Browser

from benchmarks import lag, opening
from benchmarks.browser import FRAMES, NEXT_EPOCH, STAGE, fresh, ready, share_within, train, training
from benchmarks.figures import Figure, Size, take
from benchmarks.serving import chromium, served

ALL_DAY = 5000  # epochs: more than anybody watches here
LARGE = f"?hidden_size=128&num_layers=2&window_length=120&epochs={ALL_DAY}"
HEAVY = f"?hidden_size=128&window_length=250&burn_in=20&epochs={ALL_DAY}"
SMALL = f"?epochs={ALL_DAY}"
PROMPT = 20  # milliseconds

# How many different epochs the stage shows within so many milliseconds.
UPDATES = f"""(span) => new Promise((resolve) => {{
  const stage = {STAGE}, seen = new Set(), until = performance.now() + span;
  const look = () => {{
    seen.add(stage.dataset.epoch);
    performance.now() < until ? requestAnimationFrame(look) : resolve(seen.size - 1);
  }};
  look();
}})"""

FIRST_FRAME = Figure("click on Train to the first live frame", "at most 0.35 s", ".2f", "s")
UPDATED = Figure("live updates a second, one person", "at least 3", ".1f")
BEHIND = "chart's curve behind the loss panel, the most in ten seconds of training"
EPOCHS_BEHIND = (
    Figure(f"{BEHIND} 32 units, in epochs", "at most 5", ".1f"),
    Figure(f"{BEHIND} 2 x 128 units, in epochs", "at most 5", ".1f"),
)
SECONDS_BEHIND = (
    Figure(f"{BEHIND} 32 units, in seconds", "at most 2 s", ".1f", "s"),
    Figure(f"{BEHIND} 2 x 128 units, in seconds", "at most 2 s", ".1f", "s"),
)
SMOOTH = Figure(
    f"frames of playback within {PROMPT} ms, 128 units x 250 timesteps, two workers training on the browser's own two "
    "cores",
    "at least 97 %",
    ".0f",
    "%",
)
FIGURES = (*opening.OPENING, FIRST_FRAME, UPDATED, *EPOCHS_BEHIND, *SECONDS_BEHIND, SMOOTH)


def measure(repeats: int, rounds: int, seconds: float) -> Iterator[Figure]:
    with chromium() as browser:
        yield from opening.measure(browser, repeats, rounds)
    with served() as url, chromium() as browser:
        yield FIRST_FRAME.measured([first_frame(browser, url) for _ in range(repeats)])
        yield UPDATED.measured([updates(browser, url, seconds) for _ in range(rounds)])
        lags = [[behind(browser, f"{url}{query}", seconds) for _ in range(rounds)] for query in (SMALL, LARGE)]
        for figure, took in zip(EPOCHS_BEHIND, lags, strict=True):
            yield figure.measured([each.epochs for each in took])
        for figure, took in zip(SECONDS_BEHIND, lags, strict=True):
            yield figure.measured([each.seconds for each in took])
        yield SMOOTH.measured(playback(browser, url, rounds, seconds))


def first_frame(browser: Browser, url: str) -> float:
    """From the click to the first picture of the new network: the run in assets/ stands at another epoch."""
    with fresh(browser) as page:
        ready(page, f"{url}{SMALL}")
        page.evaluate(f"() => {{ window.nextEpoch = ({NEXT_EPOCH})(); }}")
        began = perf_counter()
        page.get_by_role("button", name="Train", exact=True).click()
        page.evaluate("() => window.nextEpoch")
        seconds = perf_counter() - began
        page.get_by_role("button", name="Stop", exact=True).click()
        return seconds


def updates(browser: Browser, url: str, seconds: float) -> float:
    with training(browser, f"{url}{SMALL}") as page:
        return page.evaluate(UPDATES, 1000 * seconds) / seconds


def behind(browser: Browser, url: str, seconds: float) -> lag.Lag:
    with training(browser, url) as page:
        page.wait_for_selector("[data-testid='stage'][data-losses='present']")
        return lag.most([lag.Seen(*each) for each in page.evaluate(lag.SEEN, 1000 * seconds)])


def playback(browser: Browser, url: str, rounds: int, seconds: float) -> list[float]:
    """Percent of prompt frames, round by round, while the stage plays 128 x 250 and both workers train.

    The second training is somebody else's, whose screen is not drawn here: its tab closes, and the grace time of half a
    minute begins.
    """
    with fresh(browser) as other:
        train(other, f"{url}{HEAVY}&seed=1")
    with training(browser, f"{url}{HEAVY}") as page:
        if page.get_attribute("[data-testid='stage']", "data-playing") != "true":
            page.get_by_test_id("stage-play").click()
        return [share_within(PROMPT, page.evaluate(FRAMES, 1000 * seconds)) for _ in range(rounds)]


if __name__ == "__main__":
    take(
        __doc__,
        FIGURES,
        measure,
        repeats=Size(5, 1, "openings and first frames"),
        rounds=Size(2, 1, "starts of servers, trainings that are watched, and stretches of playback"),
        seconds=Size(10.0, 1.0, "that each of them is watched"),
    )
