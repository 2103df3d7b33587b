"""Pictures: one window in the eyes of a network, at one age or at many."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lstm_core.data.series import Series
from lstm_core.hyperparameters import Resolved
from lstm_core.network.trace import Trace
from lstm_core.network.weights import Weights
from lstm_core.training.windows import windows_of

if TYPE_CHECKING:
    from lstm_core.training.windows import Windows


@dataclass(frozen=True, eq=False)
class Snapshot:
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
    snapshots: tuple[Snapshot, ...]
    cell_state_bound: float


def film(
    hyperparameters: Resolved,
    series: Series,
    kept: Mapping[int, Weights],
    window_end: int,
) -> Film:
    """The window at every kept epoch."""
    windows = windows_of(series, hyperparameters)
    end = clamped(windows, window_end)
    snapshots = tuple(snapshot(windows, weights, epoch, end) for epoch, weights in kept.items())
    return Film(window_facts(windows, end), snapshots, cell_state_bound(snapshots))


def snapshot(windows: "Windows", weights: Weights, epoch: float, end: int) -> Snapshot:
    """Trace the window that ends on day ``end``."""
    from lstm_core.network.forecaster import build, trace_window

    forecaster = build(windows.hyperparameters, weights)
    batch = windows.batch(np.array([end]))
    trace = trace_window(forecaster, batch.inputs[0])
    shown = windows.values[windows.days(np.array([end]))]
    return Snapshot(
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


def cell_state_bound(snapshots: tuple[Snapshot, ...]) -> float:
    """The 98th percentile of |c| over all snapshots, for drawing; 1 where the cell has no cell state or it is zero."""
    states = [
        np.abs(each.trace.activations["cell_state"]) for each in snapshots if "cell_state" in each.trace.activations
    ]
    bound = float(np.percentile(np.concatenate([state.ravel() for state in states]), 98)) if states else 0.0
    return bound or 1.0


def clamped(windows: "Windows", end: int) -> int:
    """The day nearest to ``end`` on which a window can end."""
    return int(np.clip(end, windows.first_end, len(windows.values) - 1))
