"""A task trained in slices, as a worker does it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from lstm_core.experiments.one_unit import OneUnitRun, OneUnitSettings, run_of
from lstm_core.network.weights import Weights
from lstm_core.training.checkpoint import Checkpoint
from lstm_core.training.history import History
from lstm_core.work.training import Slice, train_slice


@dataclass(frozen=True, eq=False)
class Trained:
    """A training as it stands after so many slices, the first of which only begins."""

    task: Any
    checkpoint: Checkpoint
    history: History
    slices: int = 0
    kept: Mapping[int, Weights] = field(default_factory=dict)

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
    return Trained(task, first.checkpoint, History().extended(first.reports), kept=_kept(first))


def gone_on(trained: Trained, seconds: float) -> Trained:
    """After one slice more."""
    more = train_slice(trained.task, trained.checkpoint, seconds)
    history = trained.history.extended(more.reports)
    kept = {**trained.kept, **_kept(more)}
    return replace(trained, checkpoint=more.checkpoint, history=history, slices=trained.slices + 1, kept=kept)


def train(task, seconds: float = 1e9) -> Trained:
    """To its end, in slices of so many seconds; ``task`` may be a training that was begun."""
    trained = task if isinstance(task, Trained) else begun(task)
    while not trained.checkpoint.is_over:
        trained = gone_on(trained, seconds)
    return trained


def train_one_unit(seed: int, epochs: int, learning_rate: float, seconds: float = 1e9) -> OneUnitRun:
    """The smallest LSTM, trained to its end."""
    trained = train(OneUnitSettings(seed=seed, epochs=epochs, learning_rate=learning_rate), seconds)
    return run_of(trained.history, trained.kept)


def _kept(piece: Slice) -> dict[int, Weights]:
    return {report.epoch: report.weights for report in piece.reports if report.weights is not None}
