"""Settings and State: what every trained experiment takes and leaves; numpy alone."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from lstm_core.hyperparameters import check_fields, choice, number
from lstm_core.network.cells import CELLS
from lstm_core.network.weights import Weights

SCORES = 40  # about so many times a training is scored on what it does not learn from


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings(ABC):
    """What every training here can be told. Raises `InvalidArgument` when a value is out of its bounds."""

    cell: str = choice("LSTM", tuple(CELLS), "model", "Which recurrent cell: LSTM, GRU or plain RNN (tanh).")
    hidden_size: int = number(32, 1, 256, "model", "Hidden units H.")
    forget_bias: float = number(
        1.0,
        -10.0,
        10.0,
        "model",
        "Added at the start to the bias of the gate that keeps: LSTM's forget gate, GRU's update gate; RNN has none.",
    )
    recurrent_gain: float = number(
        1.0, 0.0, 10.0, "model", "Multiplies the hidden-to-hidden weights that PyTorch draws; 1 leaves them."
    )
    learning_rate: float = number(0.002, 1e-6, 1.0, "training", "Step size of Adam.")
    gradient_clip: float = number(
        1.0, 0.0, 1000.0, "training", "Largest norm of the gradient; 0 switches clipping off."
    )
    batch_size: int = number(64, 1, 1024, "training", "Sequences in one gradient step.")
    steps: int = number(400, 1, 20_000, "training", "Gradient steps, if it is not solved sooner.")
    seed: int = number(0, 0, 2**31 - 1, "training", "Same seed, same initial weights and same batches.")

    def __post_init__(self) -> None:
        check_fields(self)

    @property
    @abstractmethod
    def input_size(self) -> int:
        """D."""

    def is_scored(self, step: int) -> bool:
        """Whether the network is scored after so many steps."""
        return step % max(1, self.steps // SCORES) == 0 or step == self.steps


def _empty() -> np.ndarray:
    return np.zeros(0)


@dataclass(frozen=True, eq=False)
class Curves:
    """What a training left to draw; all finite.

    Of each of S steps: loss (S,) of its batch before the step, gradient_norm (S,) before clipping, and seconds (S,) of
    work until its end. Of each of K scored ages: scored_at (K,) steps, and scores: name -> (K,).
    """

    loss: np.ndarray = field(default_factory=_empty)
    gradient_norm: np.ndarray = field(default_factory=_empty)
    seconds: np.ndarray = field(default_factory=_empty)
    scored_at: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=int))
    scores: Mapping[str, np.ndarray] = field(default_factory=dict)

    @property
    def scored_seconds(self) -> np.ndarray:
        """Seconds of work at each scored age, (K,)."""
        return np.concatenate([[0.0], self.seconds])[self.scored_at]


@dataclass(frozen=True, eq=False)
class State:
    """Everything needed to go on training; the random state follows from (seed, step) and is not stored.

    weights: under torch.nn's names, with head.weight and head.bias; optimizer: Adam's moments. carried: the hidden
    states (L, B, H) that the next step begins with, where an experiment carries any.
    outcome: training, solved, finished (all steps done) or diverged (the weights are the last good ones).
    """

    settings: Settings
    weights: Weights
    optimizer: Weights = field(default_factory=dict)
    carried: Weights = field(default_factory=dict)
    curves: Curves = field(default_factory=Curves)
    outcome: str = "training"

    @property
    def step(self) -> int:
        return len(self.curves.loss)

    @property
    def seconds(self) -> float:
        """Of work so far."""
        return float(self.curves.seconds[-1]) if self.step else 0.0

    @property
    def is_over(self) -> bool:
        return self.outcome != "training"

    def score(self, name: str) -> float:
        """The newest score of that name."""
        return float(self.curves.scores[name][-1])
