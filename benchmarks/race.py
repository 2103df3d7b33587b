"""What time_to_quality.py races over: two tasks with a goal each, and a clock that stands still while it looks."""

from collections.abc import Callable
from dataclasses import dataclass
from time import process_time

import numpy as np

from lstm_core.data.catalogue import load
from lstm_core.hyperparameters import Resolved
from lstm_core.training.windows import Windows

DAYS_OF_PRICES = 1500
DAYS_OF_SINES = 3000
NOISE = 0.1


@dataclass(frozen=True, eq=False)
class Task:
    """A series of levels, standardised by its training part, and the one-step validation RMSE to reach (scaled)."""

    name: str
    windows: Windows
    goal: float

    def last_step(self, part: str) -> tuple[np.ndarray, np.ndarray]:
        """Every window of a part (K, T, 1) and the value of the day after it (K,), float32."""
        batch = self.windows.batch(self.windows.ends(part))
        return batch.inputs, batch.target[:, -1]

    @property
    def hidden_size(self) -> int:
        return self.windows.hyperparameters.hidden_size

    @property
    def training_values(self) -> np.ndarray:
        """All days of the training part, scaled: (N,) float32."""
        known = self.windows.values[: self.windows.bounds["train"][1]]
        return self.windows.scales["level"].apply(known).astype(np.float32)


def prices(hyperparameters: Resolved) -> Task:
    """Adjusted closes of MSFT; to reach: 1.05 times the RMSE of "tomorrow equals today"."""
    windows = Windows(load("MSFT").values[-DAYS_OF_PRICES:], hyperparameters)
    ends = windows.ends("validation")
    naive = _rms(windows.values[ends + 1] - windows.values[ends])
    return Task("price levels, RMSE 1.05 x naive", windows, 1.05 * naive / windows.scales["level"].deviation)


def two_sines(hyperparameters: Resolved) -> Task:
    """A sum of two sines that never repeats, and noise; to reach: 1.1 times the RMSE of who knows all but the noise.

    Both periods fit into a window of 60, and there are days enough: from half of them, or of the catalogue's sum of
    three sines, whose slowest lasts 132 days, few networks of anybody's come within 10 % of the noise.
    """
    days = np.arange(DAYS_OF_SINES)
    signal = np.sin(2 * np.pi * days / 50) + 0.6 * np.sin(2 * np.pi * days * np.sqrt(5) / 50)
    noise = NOISE * np.random.default_rng(0).standard_normal(DAYS_OF_SINES)
    windows = Windows(signal + noise, hyperparameters)
    floor = _rms(noise[slice(*windows.bounds["validation"])])
    return Task("two sines, RMSE 1.1 x noise", windows, 1.1 * floor / windows.scales["level"].deviation)


def _rms(errors: np.ndarray) -> float:
    return float(np.sqrt(np.mean(errors**2)))


class Race:
    """One training on its way to the goal: processor seconds of this process, without those spent on looking.

    Every validation day is predicted one step ahead from a full window, after every epoch. ``prepared`` are seconds
    that were needed before the first batch and are not counted, such as compiling.
    """

    def __init__(self, task: Task, cap: float) -> None:
        self._task, self._cap = task, cap
        self._shown, self._asked = task.last_step("validation")
        self._since = 0.0
        self.seconds, self.prepared, self.epochs, self.best = 0.0, 0.0, 0, float("inf")

    def start(self) -> None:
        self._since = process_time()

    def is_over(self, predict: Callable[[np.ndarray], np.ndarray]) -> bool:
        """To be asked after each epoch; ``predict`` turns windows (K, T, 1) into scaled predictions (K,)."""
        self.seconds += process_time() - self._since
        self.epochs += 1
        self.best = min(self.best, _rms(predict(self._shown) - self._asked))
        self._since = process_time()
        return self.reached or self.seconds >= self._cap

    @property
    def reached(self) -> bool:
        return self.best <= self._task.goal

    @property
    def shortfall(self) -> float:
        """The best RMSE so far in units of the goal."""
        return self.best / self._task.goal
