"""Problem: what one training is about. `loop` trains any problem, and knows no more of it than what stands here.

A new task is one file with a `Task`, which every process can hold, and a `Problem`, which a worker makes of it.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from lstm_core.network.weights import Weights

if TYPE_CHECKING:
    from torch import Tensor
    from torch.nn import Module


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """How a problem is trained: names and meanings are those of `Hyperparameters`.

    is_random: whether the network draws random numbers while it trains, as dropout does.
    keeps_every_epoch: whether the weights of every epoch are kept, instead of some (`loop.kept_epochs`).
    """

    seed: int
    epochs: int
    patience: int = 0
    gradient_clip: float = 0.0
    optimizer: str = "adam"
    weight_decay: float = 0.0
    is_random: bool = False
    keeps_every_epoch: bool = False


class Task(Protocol):
    """What can be trained: frozen, picklable, made without torch."""

    @property
    def epochs(self) -> int:
        """That training will take at most."""
        ...

    def read_by_a_slice(self) -> "Task":
        """What of it travels to a worker, time and again: no more than `problem` reads."""
        ...

    def problem(self, weights: Weights | None = None, carried: Weights | None = None) -> "Problem":
        """For a worker: the network with these weights, or with those it begins with, and all that it learns from."""
        ...


class Problem(ABC):
    """A network in memory, for the length of a slice, with all that it learns from.

    judged_by: the score whose lowest value is the best.
    """

    judged_by = "loss"

    def __init__(self, network: "Module", schedule: Schedule) -> None:
        self.network, self.schedule = network, schedule

    @abstractmethod
    def batch_count(self, epoch: int) -> int:
        """Batches in the epoch of this number, from 0."""

    @abstractmethod
    def batches(self, epoch: int, first: int) -> Iterator[Any]:
        """Those of an epoch from number ``first`` on: the same whenever they are asked for."""

    @abstractmethod
    def loss(self, batch: Any) -> "tuple[Tensor, int]":
        """The mean loss on one batch, and over how many predictions it is taken."""

    @abstractmethod
    def learning_rate(self, step: int) -> float:
        """Of the gradient step of this number, from 0."""

    @abstractmethod
    def scores(self) -> dict[str, float]:
        """By name, on what training never sees."""

    @abstractmethod
    def baseline_scores(self) -> dict[str, float]:
        """The same scores of the naive answer, to stand beside the network's."""

    def is_solved(self, scores: Mapping[str, float]) -> bool:
        """Whether there is nothing left to learn; training ends where several scorings in a row say so."""
        return False

    def carried(self) -> dict[str, Any]:
        """What else the next batch begins with, as arrays."""
        return {}
