"""Naive forecasts and metrics on the test part: is the LSTM better than repeating yesterday's value?

Imports no torch, so that the app's process can hold what it returns.
"""

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from lstm_core.data.series import Series
from lstm_core.forecasting.predict import one_step
from lstm_core.forecasting.significance import DieboldMariano, diebold_mariano
from lstm_core.training.windows import Windows

if TYPE_CHECKING:
    from lstm_core.network.forecaster import Forecaster

NETWORK = "network"


@dataclass(frozen=True)
class Metrics:
    """One forecaster's one-step errors on a part, in the series' own unit.

    relative_mae: its MAE divided by naive's, so 1 is as good as naive (NaN where naive never errs); direction: share of
    days whose rise or fall it foresaw, to be read beside ``majority``; None where it never commits itself (naive) or
    nothing moved.
    """

    rmse: float
    mae: float
    relative_mae: float
    direction: float | None


@dataclass(frozen=True)
class Evaluation:
    """One-step forecasts of every day of a part, by the network and by each baseline.

    majority: the share of the more frequent direction, which anybody reaches who always says the same.
    diebold_mariano: of the network against naive; below 0 where the network is better.
    """

    part: str
    days: int
    metrics: dict[str, Metrics]
    majority: float
    diebold_mariano: DieboldMariano

    @property
    def skill(self) -> float:
        """1 - RMSE of the network / RMSE of naive: above 0 it is better than naive, below worse."""
        naive = self.metrics["naive"].rmse
        return 1 - self.metrics[NETWORK].rmse / naive if naive else float("nan")

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON; None where there is no number."""
        return {
            "part": self.part,
            "days": self.days,
            "majority_direction": self.majority,
            "skill": self.skill if np.isfinite(self.skill) else None,
            "metrics": {name: _plain(metrics) for name, metrics in self.metrics.items()},
            "diebold_mariano": self.diebold_mariano.to_dict(),
        }


def evaluate(forecaster: "Forecaster", windows: Windows, series: Series, part: str = "test") -> Evaluation:
    """The network, naive (the last value, held) and drift (the training part's mean step, added) on one part."""
    return evaluation_of(one_step(forecaster, windows, windows.ends(part)), windows, series, part)


def evaluation_of(predicted: np.ndarray, windows: Windows, series: Series, part: str) -> Evaluation:
    """The same of what the network has said, in the series' unit, for the day after each of the part's window ends."""
    ends = windows.ends(part)
    today, tomorrow = windows.values[ends], windows.values[ends + 1]
    predictions = {
        NETWORK: predicted,
        "naive": today,
        "drift": today + np.diff(windows.values[: windows.bounds["train"][1]]).mean(),
    }
    return Evaluation(
        part,
        len(ends),
        _metrics(series.dates[ends + 1], today, tomorrow, predictions),
        _majority(tomorrow - today),
        diebold_mariano(tomorrow, predictions[NETWORK], today),
    )


def r_squared(predicted: np.ndarray, happened: np.ndarray) -> float:
    """The coefficient of determination: 1 - the squared errors over those of the mean; both (K,)."""
    return 1 - float(np.square(happened - predicted).sum() / np.square(happened - happened.mean()).sum())


def _plain(metrics: Metrics) -> dict[str, float | None]:
    return asdict(metrics) | {"relative_mae": metrics.relative_mae if np.isfinite(metrics.relative_mae) else None}


def _metrics(dates: np.ndarray, today: np.ndarray, tomorrow: np.ndarray, predictions: dict) -> dict[str, Metrics]:
    from utilsforecast.losses import mae, rmse

    table = pd.DataFrame({"unique_id": 0, "ds": dates, "y": tomorrow} | predictions)
    models = list(predictions)
    rmse_of, mae_of = rmse(table, models), mae(table, models)
    naive = float(mae_of["naive"].iloc[0])
    return {
        name: Metrics(
            float(rmse_of[name].iloc[0]),
            float(mae_of[name].iloc[0]),
            float(mae_of[name].iloc[0]) / naive if naive else float("nan"),
            _direction(predictions[name] - today, tomorrow - today),
        )
        for name in models
    }


def _direction(foreseen: np.ndarray, happened: np.ndarray) -> float | None:
    """Share of the days that moved on which the foreseen sign was right."""
    moved = happened != 0
    if not moved.any() or not foreseen.any():
        return None
    return float((np.sign(foreseen[moved]) == np.sign(happened[moved])).mean())


def _majority(happened: np.ndarray) -> float:
    moved = happened[happened != 0]
    if not moved.size:
        return 1.0
    up = float((moved > 0).mean())
    return max(up, 1 - up)
