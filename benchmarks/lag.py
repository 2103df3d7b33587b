"""How far the chart's curve lags behind the loss panel while a network trains: what the screen showed -> numbers."""

from typing import NamedTuple

# Within so many milliseconds, whenever one of them changes: [milliseconds, newest epoch of the loss panel, epoch of the
# chart's curve, which is 0 as long as there is none].
SEEN = """(span) => new Promise((resolve) => {
  const plot = document.querySelector("[data-testid='stage-plot']");
  const slider = document.querySelector("[data-testid='stage-epoch-scrubber']");
  const seen = [], began = performance.now();
  const look = () => {
    const curve = plot.data?.find((trace) => trace.legendgroup === "lstm");
    const now = [Number(slider.getAttribute("aria-valuemax")), curve ? curve.meta : 0];
    const last = seen.at(-1);
    if (!last || last[1] !== now[0] || last[2] !== now[1]) seen.push([performance.now() - began, ...now]);
    performance.now() - began < span ? requestAnimationFrame(look) : resolve([...seen, [span, ...now]]);
  };
  look();
})"""


class Seen(NamedTuple):
    """From this moment on the screen shows: the loss panel's newest epoch, and the epoch of the chart's curve."""

    milliseconds: float
    panel: float
    chart: float


class Lag(NamedTuple):
    epochs: float
    seconds: float


def most(moments: list[Seen]) -> Lag:
    """The most epochs that the curve was behind, and the longest that the panel had been past the curve's epoch.

    The last moment ends the watching. What the curve showed when it began may be older: its time counts from there.
    """
    ends = [later.milliseconds for later in moments[1:]]
    seconds = [(end - _passed(moments, index, end)) / 1000 for index, end in enumerate(ends)]
    return Lag(max(now.panel - now.chart for now in moments), max(seconds))


def _passed(moments: list[Seen], index: int, otherwise: float) -> float:
    """When the panel first showed a newer epoch than the curve shows at a moment."""
    chart = moments[index].chart
    return next((past.milliseconds for past in moments[: index + 1] if past.panel > chart), otherwise)
