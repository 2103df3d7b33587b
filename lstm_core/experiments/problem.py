"""What the experiments' problems share: a small network, and batches that follow from (seed, step) alone."""

from abc import abstractmethod
from collections.abc import Iterator
from math import cos, pi
from typing import Generic, TypeVar

import torch
from torch import Tensor

from lstm_core.experiments.settings import Settings
from lstm_core.network.forecaster import Forecaster, build
from lstm_core.network.weights import Weights
from lstm_core.training.problem import Problem, Schedule

S = TypeVar("S", bound=Settings)


class ExperimentProblem(Problem, Generic[S]):
    """A batch is the number of its gradient step. S: the type of its settings."""

    network: Forecaster

    def __init__(self, settings: S, weights: Weights | None) -> None:
        schedule = Schedule(seed=settings.seed, epochs=settings.epochs, gradient_clip=settings.gradient_clip)
        super().__init__(build_network(settings, weights), schedule)
        self.settings = settings

    def batch_count(self, epoch: int) -> int:
        length = self.settings.epoch_length
        return min(length, self.settings.steps - epoch * length)

    def batches(self, epoch: int, first: int) -> Iterator[int]:
        begin = epoch * self.settings.epoch_length
        return iter(range(begin + first, begin + self.batch_count(epoch)))

    def loss(self, batch: int) -> tuple[Tensor, int]:
        return self.mean_loss(batch), self.settings.batch_size

    @abstractmethod
    def mean_loss(self, step: int) -> Tensor:
        """On the batch of that step."""

    def learning_rate(self, step: int) -> float:
        return self.settings.learning_rate


def falling_rate(settings: Settings, step: int) -> float:
    """Half a cosine from the setting's learning rate to zero."""
    return settings.learning_rate * (1 + cos(pi * step / settings.steps)) / 2


def build_network(settings: Settings, weights: Weights | None = None) -> Forecaster:
    """With these weights, or with those that it begins with, whose recurrent ones are ``recurrent_gain`` as large."""
    network = build(settings, weights)
    if weights is None:
        with torch.no_grad():
            network.recurrent.layer_weights(0).weight_hh.mul_(settings.recurrent_gain)
    return network
