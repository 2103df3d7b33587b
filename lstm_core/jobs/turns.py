"""Whose turn it is. Pure functions of the jobs and the number of workers.

Turns are taken by parties: a job alone, or all jobs of a group, which one person began side by side.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from lstm_core.jobs.job import Job

SLICE = 0.25  # seconds of training in one slice,
CROWDED_SLICE = 0.16  # and where jobs take turns on a worker: the shorter, the more evenly they advance.
# A large network's weights and moments take their time on the way to a worker and back: 30 ms for each megabyte of
# weights, when nothing else goes on. So its slices are longer.
_SECONDS_PER_MEGABYTE = 0.2
# A party may have had so many seconds of a worker more than the one that had least. Within them the least advanced goes
# first, so that a class advances as one; beyond them who had less does, lest two huge trainings hold up all others.
LEAD = 5.0
_SHARE_FOR_PREDICTIONS = 0.03  # of training's time: with each slice of a network of the usual size
_RECENT = 10  # epochs whose mean time tells what the next ones take


@dataclass(frozen=True, slots=True)
class Party:
    """had: seconds of a worker that count as had. share: of the planned epochs that are done, a mean over its jobs.

    has_begun: one of its jobs has its first weights. runs: one of them takes slices.
    """

    had: float
    share: float
    has_begun: bool
    runs: bool


def party_of(job: Job) -> str:
    return job.group or job.id


def parties(jobs: Iterable[Job]) -> Mapping[str, Party]:
    return {name: _party(each) for name, each in members(jobs).items()}


def members(jobs: Iterable[Job]) -> Mapping[str, list[Job]]:
    """The jobs of each party."""
    found: dict[str, list[Job]] = {}
    for job in jobs:
        found.setdefault(party_of(job), []).append(job)
    return found


def _party(jobs: Collection[Job]) -> Party:
    return Party(
        had=sum(job.trained for job in jobs) + max(job.handicap for job in jobs),
        share=sum(job.share for job in jobs) / len(jobs),
        has_begun=any(job.checkpoint is not None for job in jobs),
        runs=any(job.runs for job in jobs),
    )


def next_turn(jobs: Collection[Job]) -> Job | None:
    """The job to send a slice of."""
    return next(iter(in_line(jobs)), None)


def in_line(jobs: Collection[Job]) -> list[Job]:
    """Jobs that wait for a turn, in the order in which they would get one; to begin takes little, and goes first."""
    every, allowed = parties(jobs), least_had(jobs) + LEAD

    def order(job: Job) -> tuple[bool, float, float, float, float]:
        party = every[party_of(job)]
        return party.has_begun, max(party.had - allowed, 0.0), party.share, party.had, job.trained

    return sorted((job for job in jobs if job.wants_slice and not job.is_under_way), key=order)


def least_had(jobs: Iterable[Job]) -> float:
    """Over the parties that run; 0 if none does."""
    return min((party.had for party in parties(jobs).values() if party.runs), default=0.0)


def handicap(job: Job, jobs: Collection[Job]) -> float:
    """Seconds that count as had by one that begins to run, so that it is not owed what the others got before."""
    own = sum(each.trained for each in jobs if party_of(each) == party_of(job) and each.id != job.id) + job.trained
    return max(job.handicap, least_had(jobs) - own)


def slice_seconds(job: Job, jobs: Collection[Job], workers: int) -> float:
    weights = job.checkpoint.weights.values() if job.checkpoint else ()
    megabytes = sum(array.nbytes for array in weights) / 1e6
    is_crowded = sum(each.runs for each in jobs) > workers
    return max(CROWDED_SLICE if is_crowded else SLICE, _SECONDS_PER_MEGABYTE * megabytes)


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
    if job.has_ended or not len(job.history):
        return None
    epochs = job.task.epochs - job.epoch
    alone = epochs * float(job.history.seconds[-_RECENT:].mean())
    competitors = sum(party.runs for party in parties(jobs).values()) + (not job.runs)
    return alone * max(1.0, competitors / workers)
