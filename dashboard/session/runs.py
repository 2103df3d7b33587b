"""The trainings that one browser tab has at hand, and its right to command them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from dashboard.session.experiment_run import ExperimentRun
from lstm_core.errors import InvalidArgument
from lstm_core.jobs import Job, JobBook
from lstm_core.phrases import Phrase
from lstm_core.training.problem import Task

_KEPT = 8


@dataclass
class Runs:
    """Those begun or looked at, the newest last; they stay attached, so that the book keeps them.

    tab_id: the tab's name in the book. token: what its browser commands its trainings by. It is in no link.
    groups: experiment -> the group of trainings that it began or looks at.
    """

    book: JobBook
    tab_id: str
    token: str = ""
    jobs: list[str] = field(default_factory=list)
    groups: dict[str, str] = field(default_factory=dict)

    def remember(self, job: str, in_use: Collection[str | None]) -> None:
        """Keep a job at hand; of too many the oldest goes that is not ``in_use``. Raises `InvalidArgument` for one that
        is not in the book."""
        self.book.attach(job, self.tab_id)
        self.jobs = [*(each for each in self.jobs if each != job), job]
        idle = [each for each in self.jobs[:-1] if each not in in_use]
        for each in idle[: max(0, len(self.jobs) - _KEPT)]:
            self._forget(each)

    def give_way(self, job: str) -> None:
        """It ends, unless others look at it too or own it; then this tab turns away from it."""
        self.book.abandon(job, self.tab_id, by=self.token)
        kept = self.kept(job)
        if kept is not None and kept.has_ended:
            self.book.attach(job, self.tab_id)
        else:
            self.jobs = [each for each in self.jobs if each != job]

    def _forget(self, job: str) -> None:
        self.book.abandon(job, self.tab_id, by=self.token)
        self.jobs = [each for each in self.jobs if each != job]

    def kept(self, job: str) -> Job | None:
        """A job as it is now; None if the book does not know it (any more)."""
        try:
            return self.book.job(job)
        except InvalidArgument:
            return None

    def group(self, experiment: str) -> ExperimentRun | None:
        """The experiment's trainings as they are now; None before there are any, and where the book forgot them."""
        group = self.groups.get(experiment)
        if group is None:
            return None
        try:
            jobs = self.book.group(group)
        except InvalidArgument:
            del self.groups[experiment]
            return None
        return ExperimentRun(group, jobs, all(self.owns(job.id) for job in jobs.values()))

    def begin_group(self, experiment: str, tasks: Mapping[str, Task]) -> None:
        """Train these side by side; those before end, unless others look at them too. Raises `BookIsFull`."""
        before = self.group(experiment)
        self.groups[experiment] = self.book.train_together(tasks, self.tab_id, owner=self.token)
        for job in before.jobs.values() if before else ():
            self.book.abandon(job.id, self.tab_id, by=self.token)

    def find_group(self, experiment: str, group: str, kind: type = object) -> None:
        """Look at the trainings of a link. Raises `InvalidArgument` for a group that is not in the book, or not of this
        kind of task."""
        jobs = self.book.group(group).values()
        if not all(isinstance(job.task, kind) for job in jobs):
            raise InvalidArgument("group", Phrase("experiments_own"), group)
        for job in jobs:
            self.book.attach(job.id, self.tab_id)
        self.groups[experiment] = group

    def owns(self, job: str) -> bool:
        """Whether this browser may command it; a job that the book has forgotten is nobody's."""
        try:
            return self.book.may_command(job, self.token)
        except InvalidArgument:
            return False

    def be_known_as(self, token: str) -> None:
        """The browser had a token already: another tab of it was faster."""
        self.book.hand_over(self.token, token)
        self.token = token

    def come_back(self) -> None:
        """The tab is (again) connected: the book counts it among those who look at its jobs."""
        for job in list(self.jobs):
            try:
                self.book.attach(job, self.tab_id)
            except InvalidArgument:
                self.jobs.remove(job)
        for experiment in list(self.groups):
            known = self.group(experiment)
            for job in known.jobs.values() if known else ():
                self.book.attach(job.id, self.tab_id)
