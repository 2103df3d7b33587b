"""The smallest LSTM's task: two companies, the settings of a training, and what is kept of it. Imports no torch."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from lstm_core.hyperparameters import check_fields, number
from lstm_core.network.weights import Weights
from lstm_core.training.history import History

if TYPE_CHECKING:
    from lstm_core.experiments.one_unit.problem import OneUnitProblem

# Company -> prices of four days, and the price of the fifth.
COMPANIES: Mapping[str, tuple[tuple[float, ...], float]] = {
    "A": ((0.0, 0.5, 0.25, 1.0), 0.0),
    "B": ((1.0, 0.5, 0.25, 1.0), 1.0),
}
MOST_EPOCHS = 500
LOWEST_RATE, HIGHEST_RATE = 0.01, 1.0
LOW, NEAR = 0.01, 0.1  # what the loss should fall below, and how near a prediction should come


@dataclass(frozen=True, slots=True, kw_only=True)
class OneUnitSettings:
    """A task of the one training loop. So trained, 95 of the seeds 0 to 99 end within 0.1 of both targets.

    Raises `InvalidArgument` when a value is out of its bounds.
    """

    cell: ClassVar[str] = "LSTM"
    seed: int = number(16, 0, 2**31 - 1, "training", "Same seed, same random scalars at the start.")
    epochs: int = number(MOST_EPOCHS, 1, MOST_EPOCHS, "training", "Steps of Adam; each sees both companies.")
    learning_rate: float = number(0.1, LOWEST_RATE, HIGHEST_RATE, "training", "Step size of Adam.")

    def __post_init__(self) -> None:
        check_fields(self)

    @property
    def steps(self) -> int:
        """Gradient steps: one an epoch."""
        return self.epochs

    def read_by_a_slice(self) -> "OneUnitSettings":
        return self

    def problem(self, weights: Weights | None = None, carried: Weights | None = None) -> "OneUnitProblem":
        """Scores: the ``loss``, and under `score_of` what the unit says for each company."""
        from lstm_core.experiments.one_unit.problem import OneUnitProblem

        return OneUnitProblem(self, weights)


@dataclass(frozen=True, eq=False)
class OneUnitRun:
    """The unit at every age, E epochs and the random beginning; all float64.

    scalars: (E + 1, 4, 3), gates in PyTorch's order i, f, g, o by (weight_ih, weight_hh, bias).
    losses: (E + 1,) mean squared error over both companies. predictions: (E + 1, 2), companies A and B.
    """

    scalars: np.ndarray
    losses: np.ndarray
    predictions: np.ndarray

    @property
    def first_low(self) -> int | None:
        """The first epoch whose loss is below `LOW`; None where the last one's is not."""
        return int(np.argmax(self.losses < LOW)) if self.losses[-1] < LOW else None

    @property
    def is_near(self) -> dict[str, bool]:
        """Company -> whether the last prediction is within `NEAR` of what must come."""
        pairs = zip(COMPANIES.items(), self.predictions[-1], strict=True)
        return {name: bool(abs(predicted - target) < NEAR) for (name, (_, target)), predicted in pairs}

    @property
    def is_learnt(self) -> bool:
        return self.first_low is not None and all(self.is_near.values())


def run_of(history: History, kept: Mapping[int, Weights]) -> OneUnitRun:
    """What a training has left so far: its history, and the weights of every epoch."""
    scores = [history.curve(name)[1] for name in ("loss", *map(score_of, COMPANIES))]
    scalars = np.array([kept[epoch]["scalars"] for epoch in range(len(history) + 1)])
    return OneUnitRun(scalars, scores[0], np.stack(scores[1:], axis=1))


def score_of(company: str) -> str:
    """The name of the score that is the prediction for a company."""
    return f"prediction_{company}"


def naive_scores() -> dict[str, float]:
    """Of repeating day four."""
    repeated = {score_of(name): prices[-1] for name, (prices, _) in COMPANIES.items()}
    return {"loss": naive_loss(), **repeated}


def naive_loss() -> float:
    """The loss of repeating day four."""
    return float(np.mean([(prices[-1] - target) ** 2 for prices, target in COMPANIES.values()]))
