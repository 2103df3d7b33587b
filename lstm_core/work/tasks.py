"""What a worker is asked to do: pure functions of picklable arguments.

The only file that both sides import, so torch and all that needs it are imported inside the functions.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

from lstm_core.data.series import Series
from lstm_core.hyperparameters import Hyperparameters
from lstm_core.network.trace import Trace
from lstm_core.network.weights import Weights
from lstm_core.training.checkpoint import Checkpoint, EpochReport
from lstm_core.training.problem import Task
from lstm_core.training.problems.forecasting.task import Forecasting
from lstm_core.training.windows import windows_of

if TYPE_CHECKING:
    from lstm_core.forecasting.evaluation import Evaluation
    from lstm_core.forecasting.predict import Forecast
    from lstm_core.network.forecaster import Forecaster
    from lstm_core.training.windows import Windows


@dataclass(frozen=True, eq=False)
class Predictions:
    """One-step predictions by a network of age ``epoch``, along the series.

    days: (K,) positions of the days predicted; values and naive: (K,) in the series' unit.
    """

    epoch: float
    days: np.ndarray
    values: np.ndarray
    naive: np.ndarray

    def within(self, days: np.ndarray) -> "Predictions":
        """Those of these days."""
        chosen = np.isin(self.days, days)
        return Predictions(self.epoch, self.days[chosen], self.values[chosen], self.naive[chosen])


@dataclass(frozen=True, eq=False)
class Picture:
    """A network at one age, looking at one window.

    epoch: epochs completed (with a fraction inside one). values (T,): the trace's predictions in the series' unit.
    """

    epoch: float
    trace: Trace
    values: np.ndarray
    head_weight: np.ndarray
    head_bias: float


@dataclass(frozen=True, eq=False)
class WindowFacts:
    """What does not depend on the network: the window that ends on day ``end``; all arrays (T,).

    target: scaled; target_values and naive_values: the day after each timestep, in the series' unit (the day after the
    series' last is not known: NaN). scale: mean and deviation of the target.
    """

    end: int
    target: np.ndarray
    target_values: np.ndarray
    naive_values: np.ndarray
    scale: tuple[float, float]


@dataclass(frozen=True, eq=False)
class Film:
    """One window through the eyes of the same network at several ages; bound: for drawing |c|, of the whole run."""

    facts: WindowFacts
    pictures: tuple[Picture, ...]
    cell_state_bound: float


@dataclass(frozen=True, eq=False)
class Slice:
    """What a slice of training gives back. baseline_scores: those of the naive answer, by name."""

    checkpoint: Checkpoint
    reports: tuple[EpochReport, ...]
    baseline_scores: Mapping[str, float]
    picture: Picture | None = None
    facts: WindowFacts | None = None
    predictions: Predictions | None = None
    predictions_seconds: float = 0.0


@dataclass(frozen=True, eq=False)
class Judgement:
    """What is known of a network once it stands still; forecast: None where no day can judge one."""

    epoch: float
    evaluation: "Evaluation"
    predictions: Predictions
    forecast: "Forecast | None"


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
    from lstm_core.training.loop import advance, start

    if checkpoint is None:
        problem = task.problem()
        after, reports = start(problem)
    else:
        problem = task.problem(checkpoint.weights, checkpoint.carried)
        after, reports = advance(checkpoint, problem, seconds, epochs)
    slice = Slice(after, reports, problem.baseline_scores())
    return _shown(task, slice, window_end, with_predictions) if isinstance(task, Forecasting) else slice


def _shown(task: Forecasting, slice: Slice, window_end: int | None, with_predictions: bool) -> Slice:
    """The slice with what the live view draws."""
    after, windows = slice.checkpoint, windows_of(task.series, task.hyperparameters)
    end = None if window_end is None else clamped(windows, window_end)
    if with_predictions:
        began = perf_counter()
        predictions = _predictions_of(after, windows, end)
        slice = replace(slice, predictions=predictions, predictions_seconds=perf_counter() - began)
    if end is None:
        return slice
    look = picture(windows, after.weights, _age(after, windows), end)
    return replace(slice, picture=look, facts=window_facts(windows, end))


def film(
    hyperparameters: Hyperparameters,
    series: Series,
    kept: Mapping[int, Weights],
    window_end: int,
) -> Film:
    """The window at every kept epoch."""
    windows = windows_of(series, hyperparameters)
    end = clamped(windows, window_end)
    pictures = tuple(picture(windows, weights, epoch, end) for epoch, weights in kept.items())
    return Film(window_facts(windows, end), pictures, cell_state_bound(pictures))


def judge(hyperparameters: Hyperparameters, series: Series, weights: Weights, epoch: float, horizon: int) -> Judgement:
    """Test metrics beside naive, one-step predictions of every day that has a full window, and a forecast.

    A horizon longer than this series can judge is cut to the longest that it can: the verdict does not hang on it.
    """
    from lstm_core.forecasting.evaluation import evaluate
    from lstm_core.forecasting.predict import forecast, longest_horizon
    from lstm_core.network.forecaster import build

    windows = windows_of(series, hyperparameters)
    forecaster = build(windows.hyperparameters, weights)
    ends = np.arange(windows.first_end, windows.last_end + 1)
    ahead = min(horizon, longest_horizon(windows))
    return Judgement(
        epoch,
        evaluate(forecaster, windows, series),
        _predictions(epoch, forecaster, windows, ends),
        forecast(forecaster, windows, series, ahead) if ahead else None,
    )


def picture(windows: "Windows", weights: Weights, epoch: float, end: int) -> Picture:
    """Trace the window that ends on day ``end``."""
    from lstm_core.network.forecaster import build, trace_window

    forecaster = build(windows.hyperparameters, weights)
    batch = windows.batch(np.array([end]))
    trace = trace_window(forecaster, batch.inputs[0])
    shown = windows.values[windows.days(np.array([end]))]
    return Picture(
        epoch,
        trace,
        windows.to_values(trace.prediction[None], shown)[0],
        weights["head.weight"][0],
        float(weights["head.bias"][0]),
    )


def window_facts(windows: "Windows", end: int) -> WindowFacts:
    batch = windows.batch(np.array([end]))
    days = windows.days(np.array([end]))[0]
    known = days + 1 < len(windows.values)
    tomorrow = np.where(known, windows.values[np.minimum(days + 1, len(windows.values) - 1)], np.nan)
    target = np.where(known, batch.target[0], np.nan)
    mean, deviation = windows.scales[windows.hyperparameters.target]
    return WindowFacts(end, target, tomorrow, windows.values[days], (mean, deviation))


def cell_state_bound(pictures: tuple[Picture, ...]) -> float:
    """The 98th percentile of |c| over all pictures, for drawing; 1 where the cell has no cell state or it is zero."""
    states = [
        np.abs(each.trace.activations["cell_state"]) for each in pictures if "cell_state" in each.trace.activations
    ]
    bound = float(np.percentile(np.concatenate([state.ravel() for state in states]), 98)) if states else 0.0
    return bound or 1.0


def clamped(windows: "Windows", end: int) -> int:
    """The day nearest to ``end`` on which a window can end."""
    return int(np.clip(end, windows.first_end, len(windows.values) - 1))


def _predictions(epoch: float, forecaster: "Forecaster", windows: "Windows", ends: np.ndarray) -> Predictions:
    from lstm_core.forecasting.predict import one_step

    return Predictions(epoch, ends + 1, one_step(forecaster, windows, ends), windows.values[ends])


def _predictions_of(checkpoint: Checkpoint, windows: "Windows", watched: int | None) -> Predictions:
    from lstm_core.forecasting.live_predictions import live_predictions
    from lstm_core.network.forecaster import build

    forecaster = build(windows.hyperparameters, checkpoint.weights)
    days, values = live_predictions(forecaster, windows, watched)
    return Predictions(_age(checkpoint, windows), days, values, windows.values[days - 1])


def _age(checkpoint: Checkpoint, windows: "Windows") -> float:
    """Epochs completed, with the fraction of the one under way; after divergence, the epoch whose weights are left."""
    if checkpoint.outcome == "diverged":
        return checkpoint.best_epoch
    if not checkpoint.batch:
        return checkpoint.epoch
    hyperparameters = windows.hyperparameters
    batches = len(windows.ends("train")) / hyperparameters.training_stride / hyperparameters.batch_size
    return round(checkpoint.epoch + min(0.99, checkpoint.batch / max(batches, 1)), 2)
