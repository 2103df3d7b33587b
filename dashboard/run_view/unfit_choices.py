"""What is chosen on the stage, held against the network that is there: a link may ask for what that one has not."""

from collections.abc import Callable
from typing import Any

from dashboard.run_view.viewed_run import ViewedRun
from dashboard.session.bounds import NotTaken, whole
from dashboard.session.link import AppState
from dashboard.texts import sentences
from lstm_core.errors import InvalidArgument
from lstm_core.phrases import Phrase
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


def _window(end: int, viewed: ViewedRun) -> Phrase | None:
    windows = windows_of(viewed.series, viewed.hyperparameters)
    first, last = windows.first_end, len(windows.values) - 1
    since, until = viewed.series.dates[[first, last]]
    expected = Phrase("observation", first=first, last=last, since=since, until=until)
    return None if first <= end <= last else expected


def _epoch(epoch: float, viewed: ViewedRun) -> Phrase | None:
    if epoch in viewed.kept:
        return None
    kept = sorted(viewed.kept)
    return Phrase("kept_epoch", first=kept[0], last=kept[-1]) if kept else Phrase("no_epoch_yet")


def _at_most(most: Callable[[ViewedRun], int]) -> Callable[[int, ViewedRun], Phrase | None]:
    def check(value: int, viewed: ViewedRun) -> Phrase | None:
        try:
            whole(1, most(viewed)).read(str(value))
        except NotTaken:
            return Phrase("whole_number_here", low=1, high=most(viewed))
        return None

    return check


_CHECKS: dict[str, Callable[[Any, ViewedRun], Phrase | None]] = {
    "window": _window,
    "epoch": _epoch,
    "unit": _at_most(lambda viewed: viewed.hyperparameters.hidden_size),
    "layer": _at_most(lambda viewed: viewed.hyperparameters.num_layers),
    "timestep": _at_most(lambda viewed: viewed.hyperparameters.window_length),
}
