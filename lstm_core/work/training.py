"""Slices of training, with what the live view draws of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from time import perf_counter
from typing import TYPE_CHECKING

from lstm_core.training.checkpoint import Checkpoint, EpochReport, Outcome
from lstm_core.training.problem import Task
from lstm_core.training.problems.forecasting.task import Forecasting
from lstm_core.training.windows import windows_of
from lstm_core.work.judging import Predictions
from lstm_core.work.snapshots import Snapshot, WindowFacts, clamped, snapshot_of, window_facts

if TYPE_CHECKING:
    from lstm_core.network.forecaster import Forecaster
    from lstm_core.training.windows import Windows


@dataclass(frozen=True, eq=False)
class Slice:
    """What a slice of training gives back. baseline_scores: those of the naive answer, by name, of the first
    slice alone: they do not change."""

    checkpoint: Checkpoint
    reports: tuple[EpochReport, ...]
    baseline_scores: Mapping[str, float] = field(default_factory=dict)
    snapshot: Snapshot | None = None
    facts: WindowFacts | None = None
    predictions: Predictions | None = None
    predictions_seconds: float = 0.0


def warm_up() -> None:
    """What a first slice would otherwise wait for."""
    from lstm_core.training.loop import warm_up

    warm_up()


def train_slice(
    task: Task,
    checkpoint: Checkpoint | None,
    seconds: float,
    *,
    epochs: int | None = None,
    window_end: int | None = None,
    with_predictions: bool = False,
) -> Slice:
    """Begin (checkpoint None: no training yet) or train on for about ``seconds``.

    Of a forecasting network then look at the window that ends on a day, and with predictions also predict the chart's
    points; what that took is ``predictions_seconds``.
    """
    from lstm_core.network.forecaster import Forecaster
    from lstm_core.training.loop import advance, start

    if checkpoint is None:
        problem = task.problem()
        after, reports = start(problem)
        slice = Slice(after, reports, problem.baseline_scores())
    else:
        problem = task.problem(checkpoint.weights, checkpoint.carried)
        slice = Slice(*advance(checkpoint, problem, seconds, epochs))
    if not isinstance(task, Forecasting):
        return slice
    if slice.checkpoint.outcome == "diverged":  # what is left is not what the problem's network holds
        problem = task.problem(slice.checkpoint.weights)
    assert isinstance(problem.network, Forecaster)
    return _shown(task, slice, problem.network, window_end, with_predictions)


def _shown(
    task: Forecasting, slice: Slice, network: "Forecaster", window_end: int | None, with_predictions: bool
) -> Slice:
    """The slice with what the live view draws of its network."""
    after, windows = slice.checkpoint, windows_of(task.series, task.hyperparameters)
    end = None if window_end is None else clamped(windows, window_end)
    if with_predictions:
        began = perf_counter()
        predictions = _predictions_of(network, after, windows, end)
        slice = replace(slice, predictions=predictions, predictions_seconds=perf_counter() - began)
    if end is None:
        return slice
    look = snapshot_of(network, windows, _age(after, windows), end)
    return replace(slice, snapshot=look, facts=window_facts(windows, end))


def _predictions_of(
    network: "Forecaster", checkpoint: Checkpoint, windows: "Windows", watched: int | None
) -> Predictions:
    from lstm_core.forecasting.live_predictions import live_predictions

    days, values = live_predictions(network, windows, watched)
    return Predictions(_age(checkpoint, windows), days, values, windows.values[days - 1])


def _age(checkpoint: Checkpoint, windows: "Windows") -> float:
    """Epochs completed, with the fraction of the one under way; after divergence, the epoch whose weights are left."""
    if checkpoint.outcome is Outcome.DIVERGED:
        return checkpoint.best_epoch
    if not checkpoint.batch:
        return checkpoint.epoch
    hyperparameters = windows.hyperparameters
    batches = len(windows.ends("train")) / hyperparameters.training_stride / hyperparameters.batch_size
    return round(checkpoint.epoch + min(0.99, checkpoint.batch / max(batches, 1)), 2)
