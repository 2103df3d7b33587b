"""What is chosen on the stage, held against the network that is there: a link may ask for what that one has not."""

from collections.abc import Callable
from typing import Any

from dashboard.run_view.viewed_run import ViewedRun
from dashboard.session.bounds import NotTaken, whole
from dashboard.session.link import AppState
from dashboard.texts import sentences
from lstm_core.errors import InvalidArgument
from lstm_core.formatting import date
from lstm_core.training.windows import windows_of


def unfit(state: AppState, viewed: ViewedRun) -> dict[str, str]:
    """Of window, epoch, unit, layer and timestep those that this network has not: name -> sentence."""
    problems = {}
    for name, check in _CHECKS.items():
        value = getattr(state, name)
        expected = None if value is None else check(value, viewed)
        if expected is not None:
            problems[name] = sentences.passed_over(InvalidArgument(name, expected, value))
    return problems


def _window(end: int, viewed: ViewedRun) -> str | None:
    windows = windows_of(viewed.series, viewed.hyperparameters)
    first, last = windows.first_end, len(windows.values) - 1
    since, until = (date(viewed.series.dates[each]) for each in (first, last))
    told = f"observation {first} to {last} of this series ({since} to {until})"
    return None if first <= end <= last else told


def _epoch(epoch: float, viewed: ViewedRun) -> str | None:
    if epoch in viewed.kept:
        return None
    kept = sorted(viewed.kept)
    return f"one whose weights are kept, of {kept[0]:g} to {kept[-1]:g}" if kept else "left out before the first one"


def _at_most(most: Callable[[ViewedRun], int]) -> Callable[[int, ViewedRun], str | None]:
    def check(value: int, viewed: ViewedRun) -> str | None:
        bounds = whole(1, most(viewed))
        try:
            bounds.read(str(value))
        except NotTaken:
            return f"{bounds.expected} here"
        return None

    return check


_CHECKS: dict[str, Callable[[Any, ViewedRun], str | None]] = {
    "window": _window,
    "epoch": _epoch,
    "unit": _at_most(lambda viewed: viewed.hyperparameters.hidden_size),
    "layer": _at_most(lambda viewed: viewed.hyperparameters.num_layers),
    "timestep": _at_most(lambda viewed: viewed.hyperparameters.window_length),
}
