"""What a slice of training takes and leaves: numpy alone, so that a process without torch can hold it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from lstm_core.network.weights import Weights
from lstm_core.phrases import Phrase


class Outcome(StrEnum):
    """How a training stands: all but ``TRAINING`` are ends."""

    TRAINING = "training"
    FINISHED = "finished"
    STOPPED_EARLY = "stopped_early"
    SOLVED = "solved"
    DIVERGED = "diverged"


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """Everything needed to go on training; the random state follows from (seed, epoch, batch) and is not stored.

    weights: state_dict of the network; optimizer: its moments, by parameter name; carried: what else the next batch
    begins with, such as the states that a stateful network carries over.
    epoch: epochs completed; batch: batches done of the one under way, whose loss so far is ``loss_sum`` over
    ``scored`` predictions, its largest gradient norm ``gradient_norm``, in ``seconds``. step: batches done in all.
    best_*: at the lowest score so far. solved: scorings in a row, up to the newest, that count as solved.
    explanation: where the outcome does not speak for itself.
    """

    weights: Weights
    optimizer: Weights
    best_weights: Weights
    best_epoch: int
    best_score: float
    epoch: int = 0
    batch: int = 0
    step: int = 0
    loss_sum: float = 0.0
    scored: int = 0
    gradient_norm: float = 0.0
    seconds: float = 0.0
    carried: Weights = field(default_factory=dict)
    solved: int = 0
    outcome: Outcome = Outcome.TRAINING
    explanation: Phrase | None = None

    @property
    def is_over(self) -> bool:
        return self.outcome is not Outcome.TRAINING


@dataclass(frozen=True, eq=False)
class EpochReport:
    """One epoch done, or (epoch 0) none yet, whose train_loss is NaN.

    train_loss: mean over scored predictions, in the target's scaled unit. scores: by name, on what training never sees.
    steps: gradient steps since the training began; gradient_norm: the epoch's largest, before clipping.
    weights: after this epoch, where it is one of the epochs that the run keeps (`loop.kept_epochs`), else None.
    """

    epoch: int
    train_loss: float
    scores: Mapping[str, float]
    seconds: float
    steps: int = 0
    gradient_norm: float = 0.0
    weights: Weights | None = None

    @property
    def validation_loss(self) -> float:
        """Of a problem that has one: the criterion on what training never sees."""
        return self.scores["loss"]

    def row(self) -> dict[str, float]:
        """The losses of a forecast, for a line of JSON."""
        return {
            "epoch": self.epoch,
            "train_loss": self.train_loss,
            "validation_loss": self.validation_loss,
            "seconds": self.seconds,
        }

    @classmethod
    def from_row(cls, row: Mapping[str, float]) -> "EpochReport":
        """The inverse of `row`. Raises `KeyError` for a row that lacks something."""
        return cls(int(row["epoch"]), row["train_loss"], {"loss": row["validation_loss"]}, row["seconds"])


def final_weights(checkpoint: Checkpoint) -> tuple[int, Weights]:
    """The epoch and the weights that a run leaves: those of the lowest validation loss, however it ended.

    Epoch 0, before any training, takes part: where no epoch had a lower validation loss, training did no good, and
    choosing a trained epoch all the same would be choosing by another rule than the one that is told.
    """
    return checkpoint.best_epoch, checkpoint.best_weights
