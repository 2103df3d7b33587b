"""A task trained in slices, as a worker does it."""

from dataclasses import dataclass, replace
from typing import Any

from lstm_core.training.checkpoint import Checkpoint
from lstm_core.training.history import History
from lstm_core.work.training import train_slice


@dataclass(frozen=True, eq=False)
class Trained:
    """A training as it stands after so many slices, the first of which only begins."""

    task: Any
    checkpoint: Checkpoint
    history: History
    slices: int = 0

    @property
    def weights(self):
        return self.checkpoint.weights

    @property
    def outcome(self) -> str:
        return self.checkpoint.outcome

    def score(self, name: str) -> float:
        return self.history.newest(name)


def begun(task) -> Trained:
    first = train_slice(task, None, 0.0)
    return Trained(task, first.checkpoint, History().extended(first.reports))


def gone_on(trained: Trained, seconds: float) -> Trained:
    """After one slice more."""
    more = train_slice(trained.task, trained.checkpoint, seconds)
    history = trained.history.extended(more.reports)
    return replace(trained, checkpoint=more.checkpoint, history=history, slices=trained.slices + 1)


def train(task, seconds: float = 1e9) -> Trained:
    """To its end, in slices of so many seconds; ``task`` may be a training that was begun."""
    trained = task if isinstance(task, Trained) else begun(task)
    while not trained.checkpoint.is_over:
        trained = gone_on(trained, seconds)
    return trained
