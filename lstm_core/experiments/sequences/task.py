"""Sequence in, one answer out: the tasks that gap and long_memory train on, as small makers of data.

Shapes: inputs (B, T, 2), a value and a marker at each timestep; target and answer (B,).
"""

from abc import abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

import numpy as np

from lstm_core.experiments.settings import Settings
from lstm_core.network.weights import Weights

if TYPE_CHECKING:
    from lstm_core.experiments.sequences.problem import SequenceProblem

HELD_OUT = 256
SOLVED_ACCURACY = 0.95  # right answers on the held-out sequences, three scorings in a row
_HELD_OUT_SEED = 2**40  # no user's seed, so that no training batch is ever drawn from it
# Standard deviation of the noise after a first value of size 1. With 1 instead, a plain RNN in large steps (Adam, 0.01)
# stumbled upon weights that latch one bit for each of three seeds; with 2 for one of them, and never in steps of 0.005.
NOISE = 2.0
# |sum| error that still counts as right: Hochreiter & Schmidhuber's 0.04, in the unit of their target 0.5 + (X1 + X2)
# / 4 with X from -1 to 1, which is half of a sum of values from 0 to 1.
TOLERANCE = 0.08

Maker = Callable[[np.random.Generator, int, int], tuple[np.ndarray, np.ndarray]]


def _first_value(rng: np.random.Generator, count: int, timesteps: int) -> tuple[np.ndarray, np.ndarray]:
    """The first value is +1 or -1, and marked; the rest is normal noise. Target: 1 where the first is +1."""
    target = rng.integers(0, 2, count)
    inputs = np.zeros((count, timesteps, 2), dtype=np.float32)
    inputs[:, :, 0] = NOISE * rng.standard_normal((count, timesteps), dtype=np.float32)
    inputs[:, 0, 0] = 2 * target - 1
    inputs[:, 0, 1] = 1
    return inputs, target.astype(np.float32)


def _adding(rng: np.random.Generator, count: int, timesteps: int) -> tuple[np.ndarray, np.ndarray]:
    """Values are uniform from 0 to 1; one in each half of the sequence is marked. Target: the sum of the two."""
    inputs = np.zeros((count, timesteps, 2), dtype=np.float32)
    inputs[:, :, 0] = rng.random((count, timesteps), dtype=np.float32)
    each, half = np.arange(count), timesteps // 2
    marked = rng.integers(0, half, count), rng.integers(half, timesteps, count)
    for position in marked:
        inputs[each, position, 1] = 1
    return inputs, inputs[each, marked[0], 0] + inputs[each, marked[1], 0]


@dataclass(frozen=True)
class Task:
    """One task. loss: binary_cross_entropy (answers are logits) or mse. naive_*: of the best constant answer."""

    title: str
    make: Maker
    loss: str
    naive_answer: float
    naive_loss: float
    naive_accuracy: float


# Naive accuracy of adding: a sum of two uniform values lies within d of 1 with probability 2 d - d^2.
TASKS: Mapping[str, Task] = {
    "first_value": Task("Remember the first value", _first_value, "binary_cross_entropy", 0.0, log(2), 0.5),
    "adding": Task("Add two marked values", _adding, "mse", 1.0, 1 / 6, 2 * TOLERANCE - TOLERANCE**2),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SequenceSettings(Settings):
    """Settings of a training on one task at one length."""

    @property
    def input_size(self) -> int:
        return 2

    def problem(self, weights: Weights | None = None, carried: Weights | None = None) -> "SequenceProblem":
        """Scores: ``loss`` and ``accuracy`` on the held-out sequences. Nothing is carried on from step to step."""
        from lstm_core.experiments.sequences.problem import SequenceProblem

        return SequenceProblem(self, weights)

    @property
    @abstractmethod
    def kind(self) -> str:
        """The task's name."""

    @property
    @abstractmethod
    def timesteps(self) -> int:
        """T."""

    @property
    def sequence_task(self) -> Task:
        return TASKS[self.kind]


@dataclass(frozen=True, eq=False)
class Answers:
    """What a network made of the held-out sequences.

    inputs (B, T, 2), targets (B,); answers (B,): the probability of +1, or the sum; is_right (B,).
    """

    inputs: np.ndarray
    targets: np.ndarray
    answers: np.ndarray
    is_right: np.ndarray


def batch(settings: SequenceSettings, step: int) -> tuple[np.ndarray, np.ndarray]:
    """inputs (B, T, 2) and target (B,) of a step: the same whenever it is asked for."""
    rng = np.random.default_rng((settings.seed, step))
    return settings.sequence_task.make(rng, settings.batch_size, settings.timesteps)


def held_out(settings: SequenceSettings) -> tuple[np.ndarray, np.ndarray]:
    """inputs (HELD_OUT, T, 2) and target (HELD_OUT,): the same for all cells and seeds at one length."""
    rng = np.random.default_rng((_HELD_OUT_SEED, settings.timesteps))
    return settings.sequence_task.make(rng, HELD_OUT, settings.timesteps)


def naive_scores(settings: SequenceSettings) -> dict[str, float]:
    """``loss`` and ``accuracy`` of the naive answer on the held-out sequences, to stand beside the network's."""
    task, (_, target) = settings.sequence_task, held_out(settings)
    if task.loss == "mse":
        loss = float(np.mean((task.naive_answer - target) ** 2))
        return {"loss": loss, "accuracy": float(np.mean(np.abs(task.naive_answer - target) < TOLERANCE))}
    return {"loss": log(2), "accuracy": float(max(target.mean(), 1 - target.mean()))}


def are_right(task: Task, answers: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """Which answers (B,), as `Answers` has them, count as right."""
    if task.loss == "mse":
        return np.abs(answers - targets) < TOLERANCE
    return (answers > 0.5) == (targets > 0.5)
