"""ExperimentRun: an experiment's trainings side by side, as the job book knows them at one moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lstm_core.jobs import Job, JobState
from lstm_core.phrases import Phrase


@dataclass(frozen=True, eq=False)
class ExperimentRun:
    """id: its group in the book. jobs: by name. is_mine: whether this browser may command them."""

    id: str
    jobs: Mapping[str, Job]
    is_mine: bool = True

    @property
    def settings(self) -> dict[str, Any]:
        """What each trains, by name; all of one experiment's type."""
        return {name: job.task for name, job in self.jobs.items()}

    @property
    def begun(self) -> dict[str, Job]:
        """Those that have weights to look at."""
        return {name: job for name, job in self.jobs.items() if job.checkpoint is not None}

    @property
    def runs(self) -> bool:
        return any(job.runs or job.is_under_way for job in self.jobs.values())

    @property
    def may_change(self) -> bool:
        """By itself, or because somebody else lets it go on."""
        return self.runs or (self.is_paused and not self.is_mine)

    @property
    def is_paused(self) -> bool:
        return not self.runs and any(not job.has_ended for job in self.jobs.values())

    @property
    def is_stopped(self) -> bool:
        return any(job.state is JobState.STOPPED for job in self.jobs.values())

    @property
    def is_over(self) -> bool:
        """All of it, to the end."""
        return all(is_over(job) for job in self.jobs.values())

    @property
    def problem(self) -> Phrase | None:
        """Where a worker could not go on; why it paused, where that was not asked for."""
        told = [job.explanation for job in self.jobs.values() if job.state in (JobState.FAILED, JobState.PAUSED)]
        return next(filter(None, told), None)


def is_over(job: Job) -> bool:
    """It ended by itself."""
    return job.checkpoint is not None and job.checkpoint.is_over
