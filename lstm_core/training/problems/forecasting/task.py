"""The task of forecasting a series. Imports no torch."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lstm_core.data.series import Series
from lstm_core.hyperparameters import Resolved
from lstm_core.network.weights import Weights
from lstm_core.training.windows import windows_of

if TYPE_CHECKING:
    from lstm_core.training.problems.forecasting.problem import ForecastingProblem


@dataclass(frozen=True, eq=False)
class Forecasting:
    """A network of these hyperparameters, and the series that it learns."""

    hyperparameters: Resolved
    series: Series

    @property
    def epochs(self) -> int:
        return self.hyperparameters.epochs

    def read_by_a_slice(self) -> "Forecasting":
        return replace(self, series=self.series.of_its_values())

    def problem(self, weights: Weights | None = None, carried: Weights | None = None) -> "ForecastingProblem":
        """Nothing is carried on from batch to batch. Raises `InvalidArgument` where the hyperparameters do not fit."""
        from lstm_core.training.problems.forecasting.problem import ForecastingProblem

        return ForecastingProblem(windows_of(self.series, self.hyperparameters), weights)
