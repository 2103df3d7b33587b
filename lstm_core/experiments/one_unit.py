"""The smallest LSTM: one unit with one input and no head, which must remember the first of four days.

Two companies end their four days alike; only day one tells what comes next. A prediction is the last hidden state.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from lstm_core.checks import a_number, whole_number
from lstm_core.errors import InvalidArgument
from lstm_core.pieces import Pieces

if TYPE_CHECKING:
    from torch import Tensor

# Company -> prices of four days, and the price of the fifth.
COMPANIES: Mapping[str, tuple[tuple[float, ...], float]] = {
    "A": ((0.0, 0.5, 0.25, 1.0), 0.0),
    "B": ((1.0, 0.5, 0.25, 1.0), 1.0),
}
MOST_EPOCHS = 500
LOWEST_RATE, HIGHEST_RATE = 0.01, 1.0


class OneUnitSettings(NamedTuple):
    """What one asks `train_one_unit` for. So trained, 95 of the seeds 0 to 99 end within 0.1 of both targets."""

    seed: int = 16
    epochs: int = MOST_EPOCHS
    learning_rate: float = 0.1


@dataclass(frozen=True, eq=False)
class OneUnitRun:
    """The unit at every age, E epochs and the random beginning; all float64.

    scalars: (E + 1, 4, 3), gates in PyTorch's order i, f, g, o by (weight_ih, weight_hh, bias).
    losses: (E + 1,) mean squared error over both companies. predictions: (E + 1, 2), companies A and B.
    """

    scalars: np.ndarray
    losses: np.ndarray
    predictions: np.ndarray


def train_one_unit(seed: int, epochs: int, learning_rate: float) -> OneUnitRun:
    """Adam from normal weights and zero biases, both companies in every step. Raises `InvalidArgument`."""
    _check("seed", seed, int, 0, 2**31 - 1)
    _check("epochs", epochs, int, 1, MOST_EPOCHS)
    _check("learning_rate", learning_rate, float, LOWEST_RATE, HIGHEST_RATE)
    import torch

    prices, targets = (torch.tensor(each, dtype=torch.float64) for each in zip(*COMPANIES.values(), strict=True))
    scalars = _random_scalars(seed).requires_grad_()
    optimizer = torch.optim.Adam([scalars], lr=learning_rate)
    ages = []
    for epoch in range(epochs + 1):
        predictions = _predict(scalars, prices)
        loss = (predictions - targets).square().mean()
        ages.append((scalars.detach().numpy().copy(), loss.item(), predictions.detach().numpy()))
        if epoch < epochs:
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return OneUnitRun(*(np.array(each) for each in zip(*ages, strict=True)))


def naive_loss() -> float:
    """The loss of repeating day four."""
    return float(np.mean([(prices[-1] - target) ** 2 for prices, target in COMPANIES.values()]))


def training_one_unit(seed: int, epochs: int, learning_rate: float) -> Pieces:
    """`train_one_unit` as a call that waits for its turn: it takes a worker two seconds. Raises like it."""
    return Pieces((partial(train_one_unit, seed, epochs, learning_rate),), itemgetter(0))


def _random_scalars(seed: int) -> "Tensor":
    """Weights from the standard normal distribution, biases zero: (4, 3)."""
    import torch

    weights = torch.randn(4, 2, dtype=torch.float64, generator=torch.Generator().manual_seed(seed))
    return torch.cat([weights, torch.zeros(4, 1, dtype=torch.float64)], dim=1)


def _predict(scalars: "Tensor", prices: "Tensor") -> "Tensor":
    """The last hidden state: scalars (4, 3), prices (B, T) -> (B,)."""
    from lstm_core.network.equations import LayerWeights, lstm_step

    weight_ih, weight_hh, bias = scalars.split(1, dim=1)
    weights = LayerWeights(weight_ih, weight_hh, bias[:, 0], scalars.new_zeros(4))
    h = c = prices.new_zeros(len(prices), 1)
    for from_input in weights.from_input(prices[..., None]).unbind(dim=1):
        step = lstm_step(from_input, h, c, weights)
        h, c = step.hidden_state, step.cell_state
    return h[:, 0]


def _check(name: str, value: object, kind: type, low: float, high: float) -> None:
    is_number = isinstance(value, int if kind is int else (int, float)) and not isinstance(value, bool)
    if not is_number or not math.isfinite(value) or not low <= value <= high:  # type: ignore[arg-type, operator]
        expected = whole_number(int(low), int(high)) if kind is int else a_number(low, high)
        raise InvalidArgument(name, expected, value)
