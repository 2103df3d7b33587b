"""The sine to be learnt: settings, series, and what a free-running forecast is.

The stateful way walks through the series in order, the windowed one draws from it.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lstm_core.errors import InvalidArgument
from lstm_core.experiments.settings import Settings
from lstm_core.hyperparameters import check_fields, choice, number
from lstm_core.network.weights import Weights
from lstm_core.phrases import Phrase

if TYPE_CHECKING:
    from lstm_core.experiments.sine.problem import SineProblem

MODES = ("stateful", "windowed")
PERIODS = 3  # that a free-running forecast is scored on
IN_PHASE = 0.95  # correlation with the true sine
CHUNKS = 4  # whose hidden states are looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class Sine(Settings):
    """One input, one layer, the next value as the target at every timestep; mean squared error and Adam."""

    mode: str = choice("stateful", MODES, "task", "Carry the hidden states from chunk to chunk, or draw windows.")
    period: int = number(40, 4, 200, "task", "Timesteps of one period.")
    observations: int = number(1000, 50, 10_000, "task", "Timesteps of the series to learn from.")
    window_length: int = number(40, 2, 500, "task", "Timesteps T of a chunk or a window.")
    hidden_size: int = number(100, 1, 256, "model", "Hidden units H.")
    learning_rate: float = number(0.005, 1e-6, 1.0, "training", "Step size of Adam at the start; it falls to zero.")
    batch_size: int = number(4, 1, 64, "training", "Windows in one step; stateful: parts of the series side by side.")
    steps: int = number(400, 1, 20_000, "training", "Gradient steps.")

    def __post_init__(self) -> None:
        check_fields(self)
        part = (self.observations - 1) // (self.batch_size if self.mode == "stateful" else 1)
        if part < 2 * self.window_length:
            raise InvalidArgument("window_length", Phrase("two_fit", most=part // 2), self.window_length)

    @property
    def input_size(self) -> int:
        return 1

    def problem(self, weights: Weights | None = None, carried: Weights | None = None) -> "SineProblem":
        """Scores: ``correlation`` and ``rmse`` of a free-running forecast over three periods."""
        from lstm_core.experiments.sine.problem import SineProblem

        return SineProblem(self, weights, carried)

    @property
    def chunks(self) -> int:
        """Chunks that one part of the series is cut into; the states are carried from each to the next."""
        return (self.observations - 1) // self.batch_size // self.window_length


@dataclass(frozen=True, eq=False)
class FreeRun:
    """A forecast fed with its own predictions: after observed (N,): truth, forecast, naive (last value), (K,)."""

    observed: np.ndarray
    truth: np.ndarray
    forecast: np.ndarray
    naive: np.ndarray

    @property
    def correlation(self) -> float:
        """Of forecast and truth; 0 for a forecast that does not move."""
        if np.ptp(self.forecast) < 1e-9:
            return 0.0
        return float(np.corrcoef(self.forecast, self.truth)[0, 1])

    @property
    def is_in_phase(self) -> bool:
        return self.correlation > IN_PHASE

    @property
    def rmse(self) -> float:
        return float(np.sqrt(np.mean((self.forecast - self.truth) ** 2)))


@dataclass(frozen=True, eq=False)
class ChunkStates:
    """The first chunks of the series through one network, with states carried over and with each begun from zero.

    values (T,) that it reads, chunk after chunk of ``length`` timesteps. carried, restarted: hidden states (T, H);
    carried_forecast, restarted_forecast (T,): the next value, as the network says after each.
    """

    length: int
    values: np.ndarray
    carried: np.ndarray
    restarted: np.ndarray
    carried_forecast: np.ndarray
    restarted_forecast: np.ndarray

    @property
    def boundaries(self) -> list[int]:
        """Timesteps at which a chunk begins, but for the first."""
        return list(range(self.length, len(self.values), self.length))

    def errors_by_place(self, forecast: np.ndarray) -> np.ndarray:
        """Mean |error| of a forecast (T,) at each timestep of a chunk, (length,): over all chunks but the first, which
        begins from zero whatever is done. The value after the last one is not known here; its error is left out."""
        errors = np.append(np.abs(forecast[:-1] - self.values[1:]), np.nan)
        return np.nanmean(errors.reshape(-1, self.length)[1:], axis=0)

    def own_errors(self, mode: str) -> np.ndarray:
        """Of a network used as it was trained: with states carried over, or from zero."""
        return self.errors_by_place(self.carried_forecast if mode == "stateful" else self.restarted_forecast)

    @property
    def naive_errors(self) -> np.ndarray:
        """Of the value just read, held."""
        return self.errors_by_place(self.values)


def in_first_half(errors: np.ndarray) -> float:
    """Their mean over the first half of a chunk, (length,): there the two ways of training differ."""
    return float(errors[: len(errors) // 2].mean())


def series(settings: Sine, count: int) -> np.ndarray:
    """numpy.sin, (count,), from t = 0; the first ``observations`` are learnt from."""
    return np.sin(2 * np.pi * np.arange(count) / settings.period)


def naive_scores(settings: Sine) -> dict[str, float]:
    """Of the last value, held: a line that does not move has no correlation with anything."""
    observed, ahead = settings.observations, PERIODS * settings.period
    values = series(settings, observed + ahead)
    held = np.full(ahead, values[observed - 1])
    run = FreeRun(values[:observed], values[observed:], held, held)
    return {"correlation": run.correlation, "rmse": run.rmse}
