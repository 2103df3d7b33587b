"""Whose turn it is. Pure functions of the jobs and the number of workers."""

from collections.abc import Collection

from lstm_core.jobs.job import Job

SLICE = 0.25  # seconds of training in one slice,
CROWDED_SLICE = 0.16  # and where jobs take turns on a worker: the shorter, the more evenly they advance.
# A large network's weights and moments take their time on the way to a worker and back: 30 ms for each megabyte of
# weights, when nothing else goes on. So its slices are longer.
_SECONDS_PER_MEGABYTE = 0.2
# A job may have had so many seconds of a worker more than the one that had least. Within them the least advanced goes
# first, so that a class advances as one; beyond them who had less does, lest two huge trainings hold up all others.
LEAD = 5.0
_SHARE_FOR_PREDICTIONS = 0.03  # of training's time: with each slice of a network of the usual size
_RECENT = 10  # epochs whose mean time tells what the next ones take


def next_turn(jobs: Collection[Job]) -> Job | None:
    """The job to send a slice of."""
    return next(iter(in_line(jobs)), None)


def in_line(jobs: Collection[Job]) -> list[Job]:
    """Jobs that wait for a turn, in the order in which they would get one; to begin takes little, and goes first."""
    allowed = least_had(jobs) + LEAD
    waiting = [job for job in jobs if job.wants_slice and not job.is_under_way]
    return sorted(
        waiting, key=lambda job: (job.checkpoint is not None, max(had(job) - allowed, 0.0), job.share, had(job))
    )


def had(job: Job) -> float:
    """Seconds of a worker that count as had."""
    return job.trained + job.handicap


def least_had(jobs: Collection[Job]) -> float:
    """Over the jobs that run; 0 if none does."""
    return min((had(job) for job in jobs if job.runs), default=0.0)


def running(jobs: Collection[Job]) -> int:
    return sum(job.runs for job in jobs)


def slice_seconds(job: Job, jobs: Collection[Job], workers: int) -> float:
    weights = job.checkpoint.weights.values() if job.checkpoint else ()
    megabytes = sum(array.nbytes for array in weights) / 1e6
    return max(SLICE if running(jobs) <= workers else CROWDED_SLICE, _SECONDS_PER_MEGABYTE * megabytes)


def slice_epochs(job: Job) -> int | None:
    """At most so many epochs in the next slice."""
    return None if job.goal is None else job.goal - job.epoch


def predicts(job: Job) -> bool:
    """Whether the next slice should predict along the whole chart: from the first epoch on, and then now and again."""
    return job.epoch > 0 and _SHARE_FOR_PREDICTIONS * (job.trained - job.predicted_at) >= job.predictions_seconds


def place(job: Job, jobs: Collection[Job]) -> int | None:
    if job.is_under_way:
        return 0
    ids = [each.id for each in in_line(jobs)]
    return ids.index(job.id) + 1 if job.id in ids else None


def seconds_left(job: Job, jobs: Collection[Job], workers: int) -> float | None:
    """At the pace of its recent epochs and the share of a worker it now gets (or would get); None if unknown."""
    if job.has_ended or not len(job.losses):
        return None
    epochs = job.hyperparameters.epochs - job.epoch
    alone = epochs * float(job.losses.seconds[-_RECENT:].mean())
    competitors = running(jobs) + (not job.runs)
    return alone * max(1.0, competitors / workers)
