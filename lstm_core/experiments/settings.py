"""What every experiment that trains can be told: each is a task of the one training loop. Imports no torch."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lstm_core.hyperparameters import CELL_HELP, check_fields, choice, number
from lstm_core.network.cells import CELLS
from lstm_core.network.weights import Weights

if TYPE_CHECKING:
    from lstm_core.experiments.problem import ExperimentProblem

# Those that race: what the experiments say is about them, as the tutorials are. Alone, any cell can be trained.
CLASSIC_CELLS = ("LSTM", "GRU", "RNN")
SCORINGS = 40  # about so many times a training is scored on what it does not learn from


def forget_bias(usual: float) -> Any:
    """The field of that name, which each experiment begins elsewhere."""
    told = "Added at the start to the bias of the gate that keeps: an LSTM's forget gate, a GRU's update gate."
    return number(usual, -10.0, 10.0, "model", told)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings(ABC):
    """What every training here can be told. Raises `InvalidArgument` when a value is out of its bounds."""

    cell: str = choice("LSTM", tuple(CELLS), "model", CELL_HELP)
    hidden_size: int = number(32, 1, 256, "model", "Hidden units H.")
    forget_bias: float = forget_bias(1.0)
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

    @property
    def num_layers(self) -> int:
        return 1

    @property
    def dropout(self) -> float:
        return 0.0

    @property
    def output_dropout(self) -> float:
        return 0.0

    @property
    def epoch_length(self) -> int:
        """Gradient steps from one scoring to the next: that is an epoch here, where no data come round again."""
        return max(1, self.steps // SCORINGS)

    @property
    def epochs(self) -> int:
        """At most; the last may be shorter."""
        return -(-self.steps // self.epoch_length)

    def read_by_a_slice(self) -> "Settings":
        return self

    @abstractmethod
    def problem(self, weights: Weights | None = None, carried: Weights | None = None) -> "ExperimentProblem":
        """The network with these weights, or with those it begins with; for a worker."""
