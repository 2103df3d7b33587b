"""The first model's task: settings, random walks of different lengths, and when it counts as learnt."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lstm_core.experiments.first_model.ragged import means
from lstm_core.experiments.settings import Settings, forget_bias
from lstm_core.hyperparameters import number
from lstm_core.network.weights import Weights

if TYPE_CHECKING:
    from lstm_core.experiments.first_model.problem import FirstModelProblem

HELD_OUT = 256
_HELD_OUT_SEED = 2**40  # no user's seed, so that no training batch is ever drawn from it
NAIVE_ANSWER = 0.0  # the best constant: walks go up as often as down
BETTER_THAN_NAIVE = 10.0  # times, for it to count as learnt
AGREES = 1e-5  # largest difference of two float32 outputs that rounding explains
LONGEST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstModel(Settings):
    """Mean squared error and Adam. Without a forget bias the network begins as PyTorch draws it."""

    longest: int = number(LONGEST, 2, 200, "task", "Lengths run from 1 to this many timesteps, each as often.")
    hidden_size: int = number(50, 1, 256, "model", "Hidden units H.")
    forget_bias: float = forget_bias(0.0)
    learning_rate: float = number(0.01, 1e-6, 1.0, "training", "Step size of Adam at the start; it falls to zero.")
    steps: int = number(800, 1, 20_000, "training", "Gradient steps.")

    @property
    def input_size(self) -> int:
        return 1

    def problem(self, weights: Weights | None = None, carried: Weights | None = None) -> "FirstModelProblem":
        """Score: ``rmse`` on the held-out sequences. Nothing is carried on from step to step."""
        from lstm_core.experiments.first_model.problem import FirstModelProblem

        return FirstModelProblem(self, weights)


@dataclass(frozen=True, eq=False)
class Batch:
    """values (B, T), zeros after each end; mask (B, T); target (B,), the mean of each sequence."""

    values: np.ndarray
    mask: np.ndarray
    target: np.ndarray

    @property
    def lengths(self) -> np.ndarray:
        return self.mask.sum(axis=1)


@dataclass(frozen=True)
class Check:
    """Whether it worked, on the held-out sequences.

    rmse, naive_rmse: of the packed batch's outputs and of the best constant answer; difference: the largest between
    an output from the packed batch and one from the sequence alone.
    """

    rmse: float
    naive_rmse: float
    difference: float

    @property
    def times_better(self) -> float:
        return self.naive_rmse / self.rmse

    @property
    def worked(self) -> bool:
        return self.times_better >= BETTER_THAN_NAIVE and self.difference <= AGREES


def batch(settings: FirstModel, step: int) -> Batch:
    """Of a step: the same whenever it is asked for."""
    return _draw(np.random.default_rng((settings.seed, step)), settings.batch_size, settings.longest)


def held_out(settings: FirstModel) -> Batch:
    """HELD_OUT sequences, the same for all seeds."""
    return _draw(np.random.default_rng((_HELD_OUT_SEED, settings.longest)), HELD_OUT, settings.longest)


def _draw(rng: np.random.Generator, count: int, longest: int) -> Batch:
    lengths = rng.integers(1, longest + 1, count)
    mask = np.arange(longest) < lengths[:, None]
    values = rng.standard_normal(mask.shape, dtype=np.float32).cumsum(axis=1) * mask
    return Batch(values, mask, means(values, mask))


def naive_scores(settings: FirstModel) -> dict[str, float]:
    """``rmse`` of the best constant answer on the held-out sequences, to stand beside the network's."""
    return {"rmse": float(np.sqrt(np.mean((held_out(settings).target - NAIVE_ANSWER) ** 2)))}
