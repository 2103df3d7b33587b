"""Training the smallest LSTM: both companies in every step, an epoch a step, and every epoch's scalars are kept."""

from collections.abc import Iterator

import numpy as np
import torch
from torch import Tensor, nn

from lstm_core.experiments.one_unit.task import COMPANIES, OneUnitSettings, naive_scores, score_of
from lstm_core.network.equations import LayerWeights, lstm_step
from lstm_core.network.weights import Weights
from lstm_core.training.problem import Problem, Schedule


class OneUnit(nn.Module):
    """One LSTM unit with one input. scalars: (4, 3), gates in PyTorch's order by (weight_ih, weight_hh, bias)."""

    def __init__(self, scalars: Tensor) -> None:
        super().__init__()
        self.scalars = nn.Parameter(scalars)

    def forward(self, prices: Tensor) -> Tensor:
        """The last hidden state: (B, T) -> (B,)."""
        weight_ih, weight_hh, bias = self.scalars.split(1, dim=1)
        weights = LayerWeights(weight_ih, weight_hh, bias[:, 0], self.scalars.new_zeros(4))
        h = c = prices.new_zeros(len(prices), 1)
        for from_input in weights.from_input(prices[..., None]).unbind(dim=1):
            step = lstm_step(from_input, h, c, weights)
            h, c = step.hidden_state, step.cell_state
        return h[:, 0]


class OneUnitProblem(Problem):
    """Nothing is held out: the two companies are all there is, so the scores are of what the unit learns from."""

    def __init__(self, settings: OneUnitSettings, weights: Weights | None = None) -> None:
        scalars = _random_scalars(settings.seed) if weights is None else torch.from_numpy(np.array(weights["scalars"]))
        schedule = Schedule(seed=settings.seed, epochs=settings.epochs, keeps_every_epoch=True)
        super().__init__(OneUnit(scalars), schedule)
        self.settings = settings
        pairs = zip(*COMPANIES.values(), strict=True)
        self._prices, self._targets = (torch.tensor(each, dtype=torch.float64) for each in pairs)

    def batch_count(self, epoch: int) -> int:
        return 1

    def batches(self, epoch: int, first: int) -> Iterator[Tensor]:
        return iter((self._prices,)[first:])

    def loss(self, batch: Tensor) -> tuple[Tensor, int]:
        return self._loss_of(self.network(batch)), len(batch)

    def learning_rate(self, step: int) -> float:
        return self.settings.learning_rate

    @torch.no_grad()
    def scores(self) -> dict[str, float]:
        predictions = self.network(self._prices)
        said = zip(map(score_of, COMPANIES), predictions.tolist(), strict=True)
        return {"loss": self._loss_of(predictions).item(), **dict(said)}

    def baseline_scores(self) -> dict[str, float]:
        return naive_scores()

    def _loss_of(self, predictions: Tensor) -> Tensor:
        return (predictions - self._targets).square().mean()


def _random_scalars(seed: int) -> Tensor:
    """Weights from the standard normal distribution, biases zero: (4, 3)."""
    weights = torch.randn(4, 2, dtype=torch.float64, generator=torch.Generator().manual_seed(seed))
    return torch.cat([weights, torch.zeros(4, 1, dtype=torch.float64)], dim=1)
