"""ViewedRun: what the page is about, be it the run in assets/, a job of the book, or a series without a network."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import nan

import numpy as np

from lstm_core.data.series import Series
from lstm_core.hyperparameters import Resolved
from lstm_core.jobs import Job, JobState
from lstm_core.network.weights import Weights
from lstm_core.phrases import Phrase, verbatim
from lstm_core.runs.run import Run
from lstm_core.training.checkpoint import Checkpoint, final_weights


@dataclass(frozen=True, eq=False)
class ViewedRun:
    """A network under training or trained, as far as the server's process knows it.

    epochs, train, validation: (E,) the losses so far; seconds: (E,) what each epoch took of a worker.
    kept: epoch -> weights, for the scrubber. ``best_epoch`` is the one of the lowest validation loss, ``best_loss``
    (NaN where it is not known); 0 is before training. ``epoch`` is the one that it stands for while nobody scrubs: the
    best one once training has ended, the newest before. state: None where there is no network yet.
    """

    id: str
    series: Series
    hyperparameters: Resolved
    state: JobState | None
    epochs: np.ndarray
    train: np.ndarray
    validation: np.ndarray
    seconds: np.ndarray
    naive_loss: float
    kept: Mapping[float, Weights]
    epoch: float
    best_epoch: int
    best_loss: float = nan
    explanation: Phrase | None = None

    @property
    def is_untrained(self) -> bool:
        """A series that was chosen, and no network yet."""
        return self.state is None

    @property
    def is_still(self) -> bool:
        """Nobody is training it just now, so it can be judged."""
        return self.state is None or self.state.is_still


def untrained(series: Series, hyperparameters: Resolved, said: str) -> ViewedRun:
    """What the page is about while the series that was chosen has no network."""
    none = np.empty(0)
    return ViewedRun(
        id=f"untrained.{series.fingerprint}",
        series=series,
        hyperparameters=hyperparameters,
        state=None,
        epochs=none,
        train=none,
        validation=none,
        seconds=none,
        naive_loss=0.0,
        kept={},
        epoch=0,
        best_epoch=0,
        explanation=verbatim(said),
    )


def of_run(run: Run, name: str) -> ViewedRun:
    """``name`` tells it from jobs, whose names are random."""
    validation = np.array([report.validation_loss for report in run.history])
    best = int(validation.argmin()) + 1 if len(validation) and run.epoch else 0
    return ViewedRun(
        id=name,
        series=run.series,
        hyperparameters=run.hyperparameters,
        state=JobState(run.outcome),
        epochs=np.array([report.epoch for report in run.history]),
        train=np.array([report.train_loss for report in run.history]),
        validation=validation,
        seconds=np.array([report.seconds for report in run.history]),
        naive_loss=run.naive_loss,
        kept={**run.kept},
        epoch=run.epoch,
        best_epoch=best,
        best_loss=float(validation[best - 1]) if best else nan,
        explanation=run.explanation,
    )


def of_job(job: Job) -> ViewedRun:
    """A job that stands still can also be seen as it stands, between two kept epochs or in the middle of one."""
    kept: dict[float, Weights] = {**job.kept}
    epoch: float = job.epoch
    if job.checkpoint is not None and not job.runs:
        epoch, weights = _standing(job, job.checkpoint)
        kept[epoch] = weights
    return ViewedRun(
        id=f"{job.id}.{job.attempt}",
        series=job.series,
        hyperparameters=job.hyperparameters,
        state=job.state,
        epochs=np.arange(1, len(job.history) + 1),
        train=job.history.train,
        validation=job.history.validation,
        seconds=job.history.seconds,
        naive_loss=job.baseline_scores.get("loss", nan),
        kept=kept,
        epoch=epoch,
        best_epoch=job.checkpoint.best_epoch if job.checkpoint else 0,
        best_loss=job.checkpoint.best_score if job.checkpoint else nan,
        explanation=job.explanation,
    )


def _standing(job: Job, checkpoint: Checkpoint) -> tuple[float, Weights]:
    """The age and the weights of a network that nobody trains just now; a pause changes nothing of what is on show."""
    if job.has_ended:
        return final_weights(checkpoint)
    is_inside_an_epoch = checkpoint.batch and job.snapshot is not None
    return (job.snapshot.epoch if is_inside_an_epoch and job.snapshot else checkpoint.epoch), checkpoint.weights
