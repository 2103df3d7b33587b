"""Pictures: one window in the eyes of a network, at one age or at many."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from lstm_core.data.series import Series
from lstm_core.hyperparameters import Resolved
from lstm_core.network.trace import Trace
from lstm_core.network.weights import Weights
from lstm_core.pieces import Pieces, seconds_of, times_at_once
from lstm_core.training.windows import windows_of

if TYPE_CHECKING:
    from lstm_core.network.forecaster import Forecaster
    from lstm_core.training.windows import Windows

_TRACE = 4  # times as long as running the window through the network takes to trace and picture it


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


def film(hyperparameters: Resolved, series: Series, kept: Mapping[int, Weights], window_end: int) -> Film:
    """All of `filming` at once, in this process."""
    return filming(hyperparameters, series, kept, window_end).all_at_once()


def filming(hyperparameters: Resolved, series: Series, kept: Mapping[int, Weights], window_end: int) -> Pieces:
    """The window at every kept epoch, some epochs at a time."""
    epochs, at_once = list(kept), times_at_once(_TRACE * seconds_of(hyperparameters, 1))
    groups = [epochs[at : at + at_once] for at in range(0, len(epochs), at_once)]
    some = [{epoch: kept[epoch] for epoch in group} for group in groups]
    calls = tuple(partial(_snapshots, hyperparameters, series, each, window_end) for each in some)
    return Pieces(calls, partial(_film, hyperparameters, series, window_end), is_light=True)


def _snapshots(
    hyperparameters: Resolved, series: Series, kept: Mapping[int, Weights], window_end: int
) -> tuple[Snapshot, ...]:
    windows = windows_of(series, hyperparameters)
    end = clamped(windows, window_end)
    return tuple(snapshot(windows, weights, epoch, end) for epoch, weights in kept.items())


def _film(hyperparameters: Resolved, series: Series, window_end: int, found: tuple[tuple[Snapshot, ...], ...]) -> Film:
    windows, snapshots = windows_of(series, hyperparameters), tuple(chain.from_iterable(found))
    return Film(window_facts(windows, clamped(windows, window_end)), snapshots, cell_state_bound(snapshots))


def snapshot(windows: "Windows", weights: Weights, epoch: float, end: int) -> Snapshot:
    """Trace the window that ends on day ``end``."""
    from lstm_core.network.forecaster import build

    return snapshot_of(build(windows.hyperparameters, weights), windows, epoch, end)


def snapshot_of(network: "Forecaster", windows: "Windows", epoch: float, end: int) -> Snapshot:
    """The same of a network that stands in memory."""
    from lstm_core.network.forecaster import trace_window

    trace = trace_window(network, windows.batch(np.array([end])).inputs[0])
    shown = windows.values[windows.days(np.array([end]))]
    head = network.head
    return Snapshot(
        epoch,
        trace,
        windows.to_values(trace.prediction[None], shown)[0],
        head.weight[0].detach().cpu().numpy().copy(),
        head.bias.item(),
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
