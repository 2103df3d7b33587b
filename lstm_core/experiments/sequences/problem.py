"""Training on a task of sequences: what a batch is, how it is scored, and how its gradient runs back through time."""

from collections.abc import Mapping

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits, mse_loss

from lstm_core.experiments.problem import ExperimentProblem
from lstm_core.experiments.sequences.task import (
    SOLVED_ACCURACY,
    Answers,
    SequenceSettings,
    are_right,
    batch,
    held_out,
    naive_scores,
)
from lstm_core.explaining.gradients import unrolled
from lstm_core.network.weights import Weights

_LOSSES = {"binary_cross_entropy": binary_cross_entropy_with_logits, "mse": mse_loss}


class SequenceProblem(ExperimentProblem[SequenceSettings]):
    """The answer is the head's output after the last timestep."""

    def __init__(self, settings: SequenceSettings, weights: Weights | None = None) -> None:
        super().__init__(settings, weights)
        self.task = settings.sequence_task
        self._criterion = _LOSSES[self.task.loss]
        self._held_out = held_out(settings)

    def mean_loss(self, step: int) -> Tensor:
        inputs, target = batch(self.settings, step)
        return self._criterion(self._answer(torch.from_numpy(inputs)), torch.from_numpy(target))

    @torch.no_grad()
    def scores(self) -> dict[str, float]:
        inputs, target = self._held_out
        output = self._answer(torch.from_numpy(inputs))
        right = are_right(self.task, self._readable(output), target)
        return {"loss": self._criterion(output, torch.from_numpy(target)).item(), "accuracy": float(right.mean())}

    def baseline_scores(self) -> dict[str, float]:
        return naive_scores(self.settings)

    def is_solved(self, scores: Mapping[str, float]) -> bool:
        return scores["accuracy"] >= SOLVED_ACCURACY

    @torch.no_grad()
    def answers(self) -> Answers:
        inputs, target = self._held_out
        readable = self._readable(self._answer(torch.from_numpy(inputs)))
        return Answers(inputs, target, readable, are_right(self.task, readable, target))

    def gradient_profile(self, count: int) -> np.ndarray:
        """Of the first ``count`` held-out sequences: norms of d loss / d hidden state, (T,), their mean."""
        inputs, target = (torch.from_numpy(each[:count]).double() for each in self._held_out)
        # float64: 200 steps back, float32 could only say zero.
        (hidden,), predicted = unrolled(self.network.double(), inputs)
        losses = self._criterion(predicted[:, -1], target, reduction="sum")
        norms = [gradient.norm(dim=-1).mean() for gradient in torch.autograd.grad(losses, hidden)]
        return torch.stack(norms).numpy()

    def _answer(self, inputs: Tensor) -> Tensor:
        return self.network.head(self.network.recurrent(inputs)[:, -1]).squeeze(-1)

    def _readable(self, output: Tensor) -> np.ndarray:
        return (output if self.task.loss == "mse" else output.sigmoid()).numpy()
