"""What a worker is asked about one network that stands still: what mattered, what if, and when again.

Pure functions of picklable arguments: both sides import this file, so torch and all that needs it are
imported inside the functions.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from lstm_core.data.series import Series
from lstm_core.explaining.clamps import Clamp, check_clamps
from lstm_core.explaining.patterns import Pattern, check_pattern, runs
from lstm_core.forecasting.significance import DieboldMariano, diebold_mariano
from lstm_core.hyperparameters import Resolved
from lstm_core.network.weights import Weights
from lstm_core.pieces import Pieces, cut
from lstm_core.training.windows import windows_of
from lstm_core.work.snapshots import clamped

if TYPE_CHECKING:
    from lstm_core.network.forecaster import Forecaster
    from lstm_core.training.windows import Windows

# Windows run at once: so many, or fewer where each is long and wide, so that a large network takes no more memory.
_AT_ONCE, _ACTIVATIONS_AT_ONCE = 256, 4_000_000


@dataclass(frozen=True, eq=False)
class Explanation:
    """What mattered in the window that ends on day ``end``.

    input_gradients (T, D): d prediction after the last timestep / d input, both scaled.
    gradient_norms (L, T): norm of d training loss / d hidden state; targets after the series' last day are left out
    of the loss, and where that leaves none, all are NaN.
    """

    end: int
    input_gradients: np.ndarray
    gradient_norms: np.ndarray


@dataclass(frozen=True, eq=False)
class ClampedJudgement:
    """RMSE of one-step predictions over the test part, in the series' unit: with clamps, without, and naive.

    against_free, against_naive: whether chance could have made the difference between clamped and the other.
    """

    clamps: tuple[Clamp, ...]
    days: int
    rmse: float
    rmse_free: float
    rmse_naive: float
    against_free: DieboldMariano
    against_naive: DieboldMariano


@dataclass(frozen=True, eq=False)
class Matches:
    """Where a pattern holds: first and last (K,) are positions in the series, both inclusive, in order of date.

    days: how many days were looked at; active: how many of them were active, in a match or not.
    """

    first: np.ndarray
    last: np.ndarray
    days: int
    active: int


def explain(hyperparameters: Resolved, series: Series, weights: Weights, window_end: int) -> Explanation:
    """Gradients of the window that ends on a day: of its forecast, and of its loss on the way back through time."""
    from lstm_core.explaining.gradients import gradient_norms, input_gradients
    from lstm_core.network.forecaster import build

    windows = windows_of(series, hyperparameters)
    end = clamped(windows, window_end)
    forecaster = build(windows.hyperparameters, weights)
    inputs, target, scored = (each[0] for each in windows.batch(np.array([end])))
    norms = gradient_norms(forecaster, inputs, target, scored, windows.hyperparameters.loss)
    return Explanation(end, input_gradients(forecaster, inputs), norms)


def judge_clamped(
    hyperparameters: Resolved, series: Series, weights: Weights, clamps: tuple[Clamp, ...]
) -> ClampedJudgement:
    """All of `judging_clamped` at once, in this process."""
    return judging_clamped(hyperparameters, series, weights, clamps).all_at_once()


def judging_clamped(hyperparameters: Resolved, series: Series, weights: Weights, clamps: tuple[Clamp, ...]) -> Pieces:
    """How much worse (or better) the test part is foreseen with activations clamped.

    Raises `InvalidArgument` for a clamp of something that the network has not.
    """
    check_clamps(clamps, hyperparameters)
    windows = windows_of(series, hyperparameters)
    # Both ways in the same groups, so that without clamps the numbers are added up in the same order.
    groups = cut(windows.ends("test"), windows.hyperparameters, by_equations=bool(clamps))
    ways = [(way, ends) for way in (clamps, ()) for ends in groups]
    calls = tuple(partial(_one_step_clamped, hyperparameters, series, weights, *way) for way in ways)
    return Pieces(calls, partial(_clamped_judgement, hyperparameters, series, clamps))


def find_pattern(hyperparameters: Resolved, series: Series, weights: Weights, pattern: Pattern) -> Matches:
    """All of `finding` at once, in this process."""
    return finding(hyperparameters, series, weights, pattern).all_at_once()


def finding(hyperparameters: Resolved, series: Series, weights: Weights, pattern: Pattern) -> Pieces:
    """Every stretch of days on which the pattern holds, over all days on which a window can end.

    The state of a day is that after the last timestep of the window that ends on it. Raises `InvalidArgument` for a
    pattern of something that the network has not. Source: Strobelt et al. 2018, "LSTMVis".
    """
    check_pattern(pattern, hyperparameters)
    windows = windows_of(series, hyperparameters)
    is_cell_state = pattern.name == "cell_state"  # which torch keeps to itself
    groups = cut(_all_ends(windows), windows.hyperparameters, by_equations=is_cell_state)
    calls = tuple(partial(_active, hyperparameters, series, weights, pattern, ends) for ends in groups)
    return Pieces(calls, partial(_matches, hyperparameters, series, pattern))


def _one_step_clamped(
    hyperparameters: Resolved, series: Series, weights: Weights, clamps: tuple[Clamp, ...], ends: np.ndarray
) -> np.ndarray:
    """What windows ending on days ``ends`` (K,) predict for the day after: (K,), in the series' unit."""
    from lstm_core.explaining.clamped import predict_clamped
    from lstm_core.network.forecaster import build

    windows = windows_of(series, hyperparameters)
    forecaster = build(windows.hyperparameters, weights)

    def of(some: np.ndarray) -> np.ndarray:
        predicted = predict_clamped(forecaster, windows.batch(some).inputs, clamps)
        return windows.to_values(predicted, windows.values[windows.days(some)])[:, -1]

    return _over(windows, ends, of)


def _clamped_judgement(
    hyperparameters: Resolved, series: Series, clamps: tuple[Clamp, ...], found: tuple[np.ndarray, ...]
) -> ClampedJudgement:
    """The first half of the results is with clamps, the second without."""
    windows = windows_of(series, hyperparameters)
    ends, half = windows.ends("test"), len(found) // 2
    tomorrow, naive = windows.values[ends + 1], windows.values[ends]
    clamped, free = np.concatenate(found[:half]), np.concatenate(found[half:])
    rmse, rmse_free, rmse_naive = (float(np.sqrt(np.mean((each - tomorrow) ** 2))) for each in (clamped, free, naive))
    against_free, against_naive = (diebold_mariano(tomorrow, clamped, other) for other in (free, naive))
    return ClampedJudgement(clamps, len(ends), rmse, rmse_free, rmse_naive, against_free, against_naive)


def _all_ends(windows: "Windows") -> np.ndarray:
    return np.arange(windows.first_end, len(windows.values))


def _active(
    hyperparameters: Resolved, series: Series, weights: Weights, pattern: Pattern, ends: np.ndarray
) -> np.ndarray:
    """Whether the pattern holds on each of these days: (K,)."""
    from lstm_core.network.forecaster import build

    windows = windows_of(series, hyperparameters)
    forecaster = build(windows.hyperparameters, weights)

    def of(some: np.ndarray) -> np.ndarray:
        return pattern.active(_last_states(forecaster, windows.batch(some).inputs, pattern))

    return _over(windows, ends, of)


def _matches(hyperparameters: Resolved, series: Series, pattern: Pattern, found: tuple[np.ndarray, ...]) -> Matches:
    ends, active = _all_ends(windows_of(series, hyperparameters)), np.concatenate(found)
    first, last = runs(active, pattern.at_least)
    return Matches(ends[first], ends[last], len(ends), int(active.sum()))


def _last_states(forecaster: "Forecaster", inputs: np.ndarray, pattern: Pattern) -> np.ndarray:
    """States of the pattern's name and layer after the last timestep: (B, T, D) -> (B, H)."""
    import torch

    recurrent = forecaster.recurrent
    with torch.no_grad():
        x = torch.from_numpy(inputs).to(forecaster.head.weight)
        for layer in range(pattern.layer):
            x = recurrent.run_layer(layer, x)
        if pattern.name == "hidden_state":
            return recurrent.run_layer(pattern.layer, x)[:, -1].cpu().numpy()
        last = deque(recurrent.steps(x, recurrent.layer_weights(pattern.layer)), maxlen=1).pop()
        return last.cell_state.cpu().numpy()


def _over(windows: "Windows", ends: np.ndarray, of: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    """A function of window ends, applied to some at a time: (K,) -> (K,)."""
    size = windows.hyperparameters
    at_once = int(np.clip(_ACTIVATIONS_AT_ONCE // (size.window_length * size.hidden_size), 1, _AT_ONCE))
    return np.concatenate([of(ends[at : at + at_once]) for at in range(0, len(ends), at_once)])
