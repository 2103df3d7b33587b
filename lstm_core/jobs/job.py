"""Job: one training as the book knows it, and what a command or a finished slice makes of it. Pure functions."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from lstm_core.data.series import Series
from lstm_core.hyperparameters import Resolved
from lstm_core.jobs.state import JobState
from lstm_core.network.weights import Weights
from lstm_core.phrases import Phrase
from lstm_core.runs.thinning import thinned
from lstm_core.training.checkpoint import Checkpoint
from lstm_core.training.history import History
from lstm_core.training.problem import Task
from lstm_core.training.problems.forecasting.task import Forecasting
from lstm_core.work.judging import Predictions
from lstm_core.work.snapshots import Snapshot, WindowFacts
from lstm_core.work.training import Slice

KEPT_BYTES = 64 * 2**20  # for the kept epochs of one job: all there are, but for networks of more than 2.7 MB


@dataclass(frozen=True, eq=False)
class Job:
    """One training at one moment.

    explanation: where the state does not speak for itself.
    owner: a hash of the token of the browser that began it; empty: nobody's.
    group: the id that it shares with those it was begun with side by side, such as the cells of one experiment; empty:
        alone. name: its own among them.
    checkpoint, history, baseline_scores, kept ({epoch: weights}): what the slices so far have left.
    snapshot, facts: the window watched during the last slice, as the network sees it; ``revision`` counts snapshots.
    predictions: the newest ones. They are made so seldom that they take little of the training's time:
        ``predictions_seconds`` at best, and last when ``predicted_at`` were trained.
    goal: the epoch at which it pauses by itself. attempt: counts what made a slice under way obsolete.
    trained: seconds of a worker that it has had.
    handicap: more that count as had, so that a newcomer is not owed what the others got before.
    elapsed: seconds that it ran, on the wall; those of the stretch since ``runs_since`` are added when it ends.
    place, seconds_left: filled in when the book is asked for it. Place 0 has a slice under way, 1 is next, None wants
        none.
    """

    id: str
    task: Task
    window_end: int | None = None
    owner: str = ""
    group: str = ""
    name: str = ""
    state: JobState = JobState.QUEUED
    explanation: Phrase | None = None
    checkpoint: Checkpoint | None = None
    history: History = field(default_factory=History)
    baseline_scores: Mapping[str, float] = field(default_factory=dict)
    kept: Mapping[int, Weights] = field(default_factory=dict)
    snapshot: Snapshot | None = None
    facts: WindowFacts | None = None
    revision: int = 0
    predictions: Predictions | None = None
    predictions_seconds: float = 0.0
    predicted_at: float = 0.0
    goal: int | None = None
    attempt: int = 0
    is_under_way: bool = False
    trained: float = 0.0
    handicap: float = 0.0
    elapsed: float = 0.0
    runs_since: float | None = None
    place: int | None = None
    seconds_left: float | None = None

    @property
    def hyperparameters(self) -> Resolved:
        """Of a job that learns to forecast a series."""
        return self._forecasting.hyperparameters

    @property
    def series(self) -> Series:
        """That such a job learns."""
        return self._forecasting.series

    @property
    def _forecasting(self) -> Forecasting:
        assert isinstance(self.task, Forecasting)
        return self.task

    @property
    def epoch(self) -> int:
        """Epochs completed."""
        return self.checkpoint.epoch if self.checkpoint else 0

    @property
    def has_ended(self) -> bool:
        return self.state.has_ended

    @property
    def runs(self) -> bool:
        """It takes slices as they come."""
        return self.state.runs

    @property
    def wants_slice(self) -> bool:
        """It runs, or it was reset and has yet to show its initial weights."""
        return self.runs or (self.state is JobState.PAUSED and self.checkpoint is None)

    @property
    def begins(self) -> bool:
        """Its first snapshot is on the way, also where it was paused or reset before that came."""
        watches = self.window_end is not None and self.snapshot is None
        return watches and (self.wants_slice or self.is_under_way)

    @property
    def share(self) -> float:
        """Share of the planned epochs that is done."""
        return self.epoch / self.task.epochs


def paused(job: Job, explanation: Phrase | None = None) -> Job:
    if not (job.runs or job.state is JobState.PAUSING):
        return job
    state = JobState.PAUSING if job.is_under_way else JobState.PAUSED
    return replace(job, state=state, goal=None, explanation=explanation)


def resumed(job: Job) -> Job:
    if job.has_ended:
        return job
    state = job.state if job.runs else JobState.TRAINING if job.is_under_way else JobState.QUEUED
    return replace(job, state=state, goal=None, explanation=None)


def one_more_epoch(job: Job) -> Job:
    """Run to the end of the next epoch and pause there; asked twice before it is done is asked once."""
    if job.has_ended:
        return job
    return replace(resumed(job), goal=job.epoch + 1)


def stopped(job: Job) -> Job:
    """For good, with what there is; a slice under way no longer counts."""
    if job.has_ended:
        return job
    return replace(job, state=JobState.STOPPED, goal=None, explanation=None, attempt=job.attempt + 1)


def reset(job: Job) -> Job:
    """Paused before the first epoch, with the same initial weights: the seed is one of the hyperparameters."""
    return Job(
        job.id,
        job.task,
        job.window_end,
        job.owner,
        job.group,
        job.name,
        state=JobState.PAUSED,
        revision=job.revision,
        attempt=job.attempt + 1,
        is_under_way=job.is_under_way,
    )


def copied(job: Job, id: str, owner: str, window_end: int | None) -> Job:
    """A job of its own that goes on where this one stands, with all that it has learnt and shown."""
    return replace(
        job,
        id=id,
        owner=owner,
        group="",
        window_end=job.window_end if window_end is None else window_end,
        state=job.state if job.checkpoint is not None and job.checkpoint.is_over else JobState.QUEUED,
        explanation=None,
        goal=None,
        attempt=0,
        is_under_way=False,
        handicap=-job.trained,
        elapsed=0.0,
        runs_since=None,
    )


def watching(job: Job, window_end: int | None) -> Job:
    return replace(job, window_end=window_end)


def sent(job: Job) -> Job:
    """A slice was submitted."""
    return replace(job, is_under_way=True, state=JobState.TRAINING if job.runs else job.state)


def timed(job: Job, now: float) -> Job:
    """Start or stop its watch as its state demands."""
    if job.runs and job.runs_since is None:
        return replace(job, runs_since=now)
    if not job.runs and job.runs_since is not None:
        return replace(job, runs_since=None, elapsed=job.elapsed + now - job.runs_since)
    return job


def failed(job: Job, explanation: Phrase) -> Job:
    """The checkpoint before the slice that failed is kept."""
    return replace(job, state=JobState.FAILED, explanation=explanation, goal=None)


def continued(job: Job, piece: Slice) -> Job:
    """The job after a slice."""
    job = _predicted(_pictured(_trained(job, piece), piece), piece)
    now = piece.checkpoint
    if now.is_over:
        return replace(job, state=JobState(now.outcome), explanation=now.explanation, goal=None)
    if job.state is JobState.PAUSING or (job.goal is not None and now.epoch >= job.goal):
        return replace(job, state=JobState.PAUSED, goal=None)
    return job


def _trained(job: Job, piece: Slice) -> Job:
    history = job.history.extended(piece.reports) if piece.reports else job.history
    new = {report.epoch: report.weights for report in piece.reports if report.weights is not None}
    return replace(
        job,
        checkpoint=piece.checkpoint,
        history=history,
        trained=float(history.seconds.sum()) + piece.checkpoint.seconds,
        baseline_scores=piece.baseline_scores or job.baseline_scores,
        kept=_affordable({**job.kept, **new}) if new else job.kept,
    )


def _affordable(kept: Mapping[int, Weights]) -> Mapping[int, Weights]:
    """As many epochs as the memory for one job holds."""
    size = sum(array.nbytes for array in next(iter(kept.values())).values())
    return {epoch: kept[epoch] for epoch in thinned(kept, KEPT_BYTES // size)}


def _pictured(job: Job, piece: Slice) -> Job:
    if piece.snapshot is None:
        return job
    return replace(job, snapshot=piece.snapshot, facts=piece.facts, revision=job.revision + 1)


def _predicted(job: Job, piece: Slice) -> Job:
    if piece.predictions is None:
        return job
    return replace(
        job,
        predictions=piece.predictions,
        predictions_seconds=min(piece.predictions_seconds, job.predictions_seconds or piece.predictions_seconds),
        predicted_at=job.trained,
    )
