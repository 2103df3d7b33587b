"""Training the first model: packed batches, the answer read where each sequence ends."""

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import mse_loss
from torch.nn.utils.rnn import PackedSequence, pack_padded_sequence

from lstm_core.experiments.first_model.task import Batch, Check, FirstModel, batch, held_out, naive_scores
from lstm_core.experiments.problem import ExperimentProblem, falling_rate
from lstm_core.network.weights import Weights


class FirstModelProblem(ExperimentProblem[FirstModel]):
    """The answer is the head's output after each sequence's last value.

    It is never solved before its end: the rate has to fall.
    """

    judged_by = "rmse"

    def __init__(self, settings: FirstModel, weights: Weights | None = None) -> None:
        super().__init__(settings, weights)
        self._held_out = held_out(settings)

    def mean_loss(self, step: int) -> Tensor:
        drawn = batch(self.settings, step)
        return mse_loss(self._answers(drawn), torch.from_numpy(drawn.target))

    def learning_rate(self, step: int) -> float:
        """It falls to zero: small steps at the end make the last digits."""
        return falling_rate(self.settings, step)

    @torch.no_grad()
    def scores(self) -> dict[str, float]:
        errors = self._answers(self._held_out).numpy() - self._held_out.target
        return {"rmse": float(np.sqrt(np.mean(errors**2)))}

    def baseline_scores(self) -> dict[str, float]:
        return naive_scores(self.settings)

    @torch.no_grad()
    def check(self) -> Check:
        drawn = self._held_out
        alone = [self._alone(values[:length]) for values, length in zip(drawn.values, drawn.lengths, strict=True)]
        difference = np.abs(self._answers(drawn).numpy() - np.array(alone)).max()
        return Check(self.scores()["rmse"], naive_scores(self.settings)["rmse"], float(difference))

    def _answers(self, drawn: Batch) -> Tensor:
        packed = packed_batch(drawn.values, drawn.lengths)
        return self.network.head(self.network.recurrent.run_packed(packed)[1]).squeeze(-1)

    def _alone(self, values: np.ndarray) -> float:
        return self.network(torch.from_numpy(values)[None, :, None])[0, -1].item()


def packed_batch(padded: np.ndarray, lengths: np.ndarray) -> PackedSequence:
    """Padded values (B, T) -> torch's packed batch of one feature."""
    values = torch.from_numpy(padded)[..., None]
    return pack_padded_sequence(values, torch.from_numpy(lengths), batch_first=True, enforce_sorted=False)
