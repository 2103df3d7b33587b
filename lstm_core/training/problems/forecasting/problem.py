"""Forecasting: at every timestep of a window, predict the next value of a series."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import islice

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import huber_loss, mse_loss

from lstm_core.errors import InvalidArgument
from lstm_core.hyperparameters import Resolved
from lstm_core.network.forecaster import Forecaster, build
from lstm_core.network.weights import Weights
from lstm_core.phrases import Choice, Phrase
from lstm_core.training.problem import Problem, Schedule
from lstm_core.training.windows import Batch, Windows

LOSSES = {"mse": mse_loss, "huber": huber_loss}
_SCORED_AT_ONCE = 512
_GATHERED_AT_ONCE = 256


class ForecastingProblem(Problem):
    """Batches are inputs (B, T, D) and targets (B, T); every target from ``first_scored`` on is scored.

    Raises `InvalidArgument` where CUDA is asked for and there is none.
    """

    network: Forecaster

    def __init__(self, windows: Windows, weights: Weights | None = None) -> None:
        self.windows, self.hyperparameters = windows, windows.hyperparameters
        self.device = chosen_device(self.hyperparameters)
        network = build(self.hyperparameters, weights).to(self.device)
        super().__init__(network, _schedule(self.hyperparameters))

    def batch_count(self, epoch: int) -> int:
        return -(-len(self._ends(epoch)) // self.hyperparameters.batch_size)

    def batches(self, epoch: int, first: int) -> Iterator[tuple[Tensor, Tensor]]:
        """Gathered many at a time, which costs little more than one; the groups are the same wherever an epoch was
        cut."""
        ends, size = self._ends(epoch), self.hyperparameters.batch_size
        group = max(1, _GATHERED_AT_ONCE // size)
        for number in range(first - first % group, -(-len(ends) // size), group):
            inputs, target, _ = self.windows.batch(ends[number * size : (number + group) * size])
            pairs = zip(self._split(inputs), self._split(target), strict=True)
            yield from islice(pairs, max(first - number, 0), None)

    def loss(self, batch: tuple[Tensor, Tensor]) -> tuple[Tensor, int]:
        inputs, target = batch
        first = self.hyperparameters.first_scored
        predicted = self.network(inputs)[:, first:]
        return LOSSES[self.hyperparameters.loss](predicted, target[:, first:]), predicted.numel()

    def learning_rate(self, step: int) -> float:
        return self.hyperparameters.learning_rate

    def scores(self) -> dict[str, float]:
        return {"loss": score(self.network, self.windows, "validation")}

    def baseline_scores(self) -> dict[str, float]:
        return {"loss": score_naive(self.windows, "validation")}

    def _ends(self, epoch: int) -> np.ndarray:
        """The days on which the windows of an epoch end, in its order."""
        return self.windows.training_ends(np.random.default_rng((self.hyperparameters.seed, epoch)))

    def _split(self, array: np.ndarray) -> tuple[Tensor, ...]:
        return torch.from_numpy(array).to(self.device).split(self.hyperparameters.batch_size)


def _schedule(hyperparameters: Resolved) -> Schedule:
    size = hyperparameters
    return Schedule(
        seed=size.seed,
        epochs=size.epochs,
        patience=size.patience,
        gradient_clip=size.gradient_clip,
        optimizer=size.optimizer,
        weight_decay=size.weight_decay,
        is_random=size.dropout > 0 or size.output_dropout > 0,
    )


def chosen_device(hyperparameters: Resolved) -> torch.device:
    """Raises `InvalidArgument` where CUDA is asked for and there is none."""
    if hyperparameters.device == "cuda" and not torch.cuda.is_available():
        raise InvalidArgument("device", Phrase("device_there", cpu=Choice("cpu"), auto=Choice("auto")), "cuda")
    wants_cuda = hyperparameters.device != "cpu" and torch.cuda.is_available()
    return torch.device("cuda" if wants_cuda else "cpu")


def score(forecaster: Forecaster, windows: Windows, part: str) -> float:
    """Mean loss over the scored targets of a part: one number, in the target's scaled unit."""
    return _mean_loss(windows, part, lambda batch, _: forecaster.predict(batch.inputs))


def score_naive(windows: Windows, part: str) -> float:
    """The same mean for "tomorrow equals today"."""
    return _mean_loss(windows, part, lambda _, ends: windows.naive(ends))


def _mean_loss(windows: Windows, part: str, predict: Callable[[Batch, np.ndarray], np.ndarray]) -> float:
    """``predict`` turns a batch and the days on which its windows end into scaled predictions (B, T)."""
    loss = LOSSES[windows.hyperparameters.loss]
    total, count = 0.0, 0
    for begin in range(0, len(windows.scoring_ends(part)), _SCORED_AT_ONCE):
        ends, batch = _scoring_group(windows, part, begin)
        predicted, target = (torch.from_numpy(each[batch.scored]) for each in (predict(batch, ends), batch.target))
        total += loss(predicted, target, reduction="sum").item()
        count += len(target)
    return total / count


@lru_cache(maxsize=8)
def _scoring_group(windows: Windows, part: str, begin: int) -> tuple[np.ndarray, Batch]:
    """Some of the windows that score a part, and the days on which they end; every epoch asks for the same ones."""
    ends = windows.scoring_ends(part)[begin : begin + _SCORED_AT_ONCE]
    return ends, windows.scoring_batch(ends, part)
