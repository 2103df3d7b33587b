"""What a slice of training takes and leaves: numpy alone, so that a process without torch can hold it."""

from dataclasses import dataclass

from lstm_core.network.weights import Weights

# How a training run stands. All but "training" are ends.
OUTCOMES = ("training", "finished", "stopped_early", "diverged")


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """Everything needed to go on training; the random state follows from (seed, epoch, batch) and is not stored.

    weights: state_dict of the forecaster; optimizer: its moments, by parameter name.
    epoch: epochs completed; batch: batches done of the one under way, whose loss so far is ``loss_sum`` over
    ``scored`` predictions in ``seconds``. best_*: at the lowest validation loss so far.
    """

    weights: Weights
    optimizer: Weights
    best_weights: Weights
    best_epoch: int
    best_validation_loss: float
    epoch: int = 0
    batch: int = 0
    loss_sum: float = 0.0
    scored: int = 0
    seconds: float = 0.0
    outcome: str = "training"
    explanation: str = ""

    @property
    def is_over(self) -> bool:
        return self.outcome != "training"


@dataclass(frozen=True, eq=False)
class EpochReport:
    """One epoch done. Losses are means over scored predictions, in the target's scaled unit.

    weights: after this epoch, where it is one of the epochs that the run keeps (`training.kept_epochs`), else None.
    """

    epoch: int
    train_loss: float
    validation_loss: float
    seconds: float
    weights: Weights | None = None

    def row(self) -> dict[str, float]:
        """The report without the weights, for a line of JSON."""
        return {
            "epoch": self.epoch,
            "train_loss": self.train_loss,
            "validation_loss": self.validation_loss,
            "seconds": self.seconds,
        }


def final_weights(checkpoint: Checkpoint) -> tuple[int, Weights]:
    """The epoch and the weights that a run leaves: those of the lowest validation loss, however it ended.

    Epoch 0, before any training, takes part: where no epoch had a lower validation loss, training did no good, and
    choosing a trained epoch all the same would be choosing by another rule than the one that is told.
    """
    return checkpoint.best_epoch, checkpoint.best_weights
