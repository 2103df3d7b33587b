"""What is known of a network once it stands still, and its predictions along the series while it learns."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from lstm_core.data.series import Series
from lstm_core.forecasting.significance import DieboldMariano, diebold_mariano
from lstm_core.hyperparameters import Resolved
from lstm_core.network.weights import Weights
from lstm_core.pieces import Pieces, Rest, cut, seconds_of, times_at_once
from lstm_core.training.windows import windows_of

if TYPE_CHECKING:
    from lstm_core.forecasting.evaluation import Evaluation
    from lstm_core.forecasting.predict import Forecast
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

    def against(self, other: "Predictions", windows: "Windows") -> DieboldMariano | None:
        """Could chance have made two networks differ over the test part? None where they have other test days."""
        mine, its = (each.within(windows.ends("test") + 1) for each in (self, other))
        same = np.array_equal(mine.days, its.days)
        return diebold_mariano(windows.values[mine.days], mine.values, its.values) if same else None


@dataclass(frozen=True, eq=False)
class Judgement:
    """What is known of a network once it stands still; forecast: None where no day can judge one."""

    epoch: float
    evaluation: "Evaluation"
    predictions: Predictions
    forecast: "Forecast | None"


def judge(hyperparameters: Resolved, series: Series, weights: Weights, epoch: float, horizon: int) -> Judgement:
    """All of `judging` at once, in this process."""
    return judging(hyperparameters, series, weights, epoch, horizon).all_at_once()


def judging(hyperparameters: Resolved, series: Series, weights: Weights, epoch: float, horizon: int) -> Pieces:
    """Test metrics beside naive, one-step predictions of every day that has a full window, and a forecast.

    A horizon longer than this series can judge is cut to the longest that it can: the verdict does not hang on it.
    """
    from lstm_core.forecasting.predict import longest_horizon, newest, origins

    windows = windows_of(series, hyperparameters)
    network = (hyperparameters, series, weights)
    ahead = min(horizon, longest_horizon(windows))
    rolled = [newest(windows), *cut(origins(windows, ahead), windows.hyperparameters)] if ahead else []
    every = cut(_every_end(windows), windows.hyperparameters)
    calls = [partial(_one_step, *network, ends) for ends in every]
    calls += [partial(_rolled, *network, ends, ahead, np.empty((len(ends), 0))) for ends in rolled]
    return Pieces(tuple(calls), partial(_judgement, hyperparameters, series, epoch, len(every)))


def _every_end(windows: "Windows") -> np.ndarray:
    return np.arange(windows.first_end, windows.last_end + 1)


def _one_step(hyperparameters: Resolved, series: Series, weights: Weights, ends: np.ndarray) -> np.ndarray:
    from lstm_core.forecasting.predict import one_step
    from lstm_core.network.forecaster import build

    windows = windows_of(series, hyperparameters)
    return one_step(build(windows.hyperparameters, weights), windows, ends)


def _rolled(
    hyperparameters: Resolved, series: Series, weights: Weights, ends: np.ndarray, ahead: int, path: np.ndarray
) -> np.ndarray | Rest:
    """path (K, P): predicted so far. A long way ahead takes several calls, each from where the last one stopped."""
    from lstm_core.forecasting.predict import roll_on
    from lstm_core.network.forecaster import build

    windows = windows_of(series, hyperparameters)
    more = path.shape[1] + times_at_once(seconds_of(hyperparameters, len(ends)))
    path = roll_on(build(hyperparameters, weights), windows, ends, path, min(ahead, more))
    if path.shape[1] == ahead:
        return path
    return Rest(partial(_rolled, hyperparameters, series, weights, ends, ahead, path))


def _judgement(
    hyperparameters: Resolved, series: Series, epoch: float, count: int, found: tuple[np.ndarray, ...]
) -> Judgement:
    """Of the first ``count`` results, one-step predictions, and of the others the first from the newest day."""
    from lstm_core.forecasting.evaluation import evaluation_of
    from lstm_core.forecasting.predict import forecast_of

    windows = windows_of(series, hyperparameters)
    ends, values = _every_end(windows), np.concatenate(found[:count])
    of_test = values[np.searchsorted(ends, windows.ends("test"))]
    return Judgement(
        epoch,
        evaluation_of(of_test, windows, series, "test"),
        Predictions(epoch, ends + 1, values, windows.values[ends]),
        forecast_of(found[count][0], np.concatenate(found[count + 1 :]), windows, series) if found[count:] else None,
    )
