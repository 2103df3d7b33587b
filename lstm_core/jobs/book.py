"""JobBook: what people ask of the trainings of one server, and who is there to look at them."""

import secrets
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from threading import Timer
from typing import Any

from lstm_core.engine import Engine
from lstm_core.errors import InvalidArgument, Refusal
from lstm_core.jobs import job as after
from lstm_core.jobs import turns
from lstm_core.jobs.attendance import Attendance
from lstm_core.jobs.dispatch import Dispatch
from lstm_core.jobs.job import Job
from lstm_core.jobs.owner import NotYours, hashed, may_command
from lstm_core.phrases import Phrase
from lstm_core.pieces import Pieces
from lstm_core.training.problem import Task

_ALONE = Phrase("paused_alone")


class BookIsFull(Refusal, RuntimeError):
    """The server keeps as many trainings as it may, and all of them are in use."""


class JobBook:
    """All trainings of one server. Every method may be called from any thread; `wait_for_picture` alone waits for work.

    A job id comes out of a URL: one that is not known (any more) raises `InvalidArgument`. A command that comes in the
    wrong order, or once too often, changes nothing.

    A job obeys the ``owner`` that it was begun with: the commands that say ``by`` whom they are raise `NotYours` for
    everybody else. Looking on is everybody's who knows the id.

    grace: seconds that a job goes on with nobody attached; findable: seconds after which it is then forgotten;
    capacity: the most jobs that are kept. ``clock`` tells seconds.
    """

    def __init__(
        self,
        engine: Engine,
        *,
        grace: float = 30.0,
        findable: float = 1800.0,
        capacity: int = 100,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._grace, self._findable, self._capacity, self._clock = grace, findable, capacity, clock
        self._dispatch = Dispatch(engine, clock)
        self._lock, self._jobs = self._dispatch.lock, self._dispatch.jobs
        self._attendance = Attendance()
        self._alarm: tuple[float, Timer] | None = None

    def train(
        self,
        task: Task,
        viewer_id: str | None = None,
        *,
        window_end: int | None = None,
        owner: str = "",
    ) -> str:
        """Begin a training, attach the viewer to it, and return its id.

        window_end: the day on which the watched window ends; None watches none. owner: a token; only who knows it may
        command the training (empty: everybody may). Raises `BookIsFull`.
        """
        _check_window_end(window_end)
        job = Job(secrets.token_urlsafe(16), task, window_end, hashed(owner))
        return self._enter(lambda: job, viewer_id)

    def train_together(self, tasks: Mapping[str, Task], viewer_id: str | None = None, *, owner: str = "") -> str:
        """Begin several trainings side by side, by name, and return their group's id.

        They take turns with others as if they were one, and the book forgets all of them or none. Raises `BookIsFull`.
        """
        group, whose = secrets.token_urlsafe(16), hashed(owner)
        with self._lock:
            self.tidy()
            self._make_room(len(tasks))
            for name, task in tasks.items():
                self._admit(Job(secrets.token_urlsafe(16), task, None, whose, group, name), viewer_id)
        return group

    def group(self, group_id: str) -> dict[str, Job]:
        """The jobs of a group at this moment, by name, in the order in which they were begun."""
        with self._lock:
            jobs = {job.name: job for job in self._jobs.values() if group_id and job.group == group_id}
        if not jobs:
            raise InvalidArgument("group", Phrase("still_known"), group_id)
        return jobs

    def go_on(
        self, job_id: str, viewer_id: str | None = None, *, window_end: int | None = None, owner: str = ""
    ) -> str:
        """Train on in a copy from where the job stands now, for whoever asks. Returns its id, raises `BookIsFull`."""
        _check_window_end(window_end)
        id = secrets.token_urlsafe(16)
        return self._enter(lambda: after.copied(self._find(job_id), id, hashed(owner), window_end), viewer_id)

    def pause(self, job_id: str, by: str = "") -> None:
        """Take no further slice; the one under way still counts."""
        self._change(job_id, after.paused, by)

    def resume(self, job_id: str, by: str = "") -> None:
        self._change(job_id, after.resumed, by)

    def one_epoch(self, job_id: str, by: str = "") -> None:
        """Go on to the end of the next epoch and pause there."""
        self._change(job_id, after.one_more_epoch, by)

    def stop(self, job_id: str, by: str = "") -> None:
        """End the training for good, with the weights of the last slice that came home."""
        self._change(job_id, after.stopped, by)

    def reset(self, job_id: str, by: str = "") -> None:
        """Back to before the first epoch, paused, whatever became of the job; the initial weights are the same."""
        self._change(job_id, after.reset, by)

    def watch_window(self, job_id: str, end: int | None, by: str = "") -> None:
        """From the next slice on, picture the window that ends on day ``end``; a job that stands still takes none."""
        _check_window_end(end)
        self._change(job_id, partial(after.watching, window_end=end), by)

    def may_command(self, job_id: str, token: str) -> bool:
        with self._lock:
            return may_command(self._find(job_id), token)

    def hand_over(self, before: str, to: str) -> None:
        """The browser that had one token has another from now on."""
        with self._lock:
            for job in self._jobs.values():
                if job.owner and job.owner == hashed(before):
                    self._dispatch.put(replace(job, owner=hashed(to)))

    def job(self, job_id: str) -> Job:
        """The job at this moment."""
        with self._lock:
            job, jobs = self._find(job_id), self._jobs.values()
            stretch = 0.0 if job.runs_since is None else self._clock() - job.runs_since
            return replace(
                job,
                elapsed=job.elapsed + stretch,
                place=turns.place(job, jobs),
                seconds_left=turns.seconds_left(job, jobs, self._dispatch.workers),
            )

    def wait_for_snapshot(self, job_id: str, seconds: float) -> None:
        """Until the job has a snapshot, or none is on its way; at most so long. An unknown job has none."""
        self._dispatch.wait_for(lambda: job_id not in self._jobs or not self._jobs[job_id].begins, seconds)

    def ask(self, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """A request that takes a worker a third of a second at most, ahead of training: it waits for the slices under
        way and for none in line."""
        return self._dispatch.ask(function, *arguments)

    def ask_in_pieces(self, function: Callable[..., Pieces], *arguments: Any) -> Future[Any]:
        """A request that takes longer: its pieces take turns with everybody's training."""
        return self._dispatch.ask_in_pieces(function, *arguments)

    def attach(self, job_id: str, viewer_id: str) -> None:
        """The viewer looks at the job; attaching twice is attaching once."""
        with self._lock:
            self.tidy()
            self._attendance.attach(self._find(job_id).id, viewer_id)

    def abandon(self, job_id: str, viewer_id: str, by: str = "") -> None:
        """The viewer turns to another job. With nobody else there its owner's training ends at once; unknown jobs
        stay so."""
        with self._lock:
            if job_id in self._jobs:
                job = self._jobs[job_id]
                self._attendance.turn_away(job_id, viewer_id, self._clock())
                if self._attendance.alone_since(job_id) is not None and may_command(job, by):
                    self._dispatch.put(after.stopped(job))
            self._set_alarm()

    def leave(self, viewer_id: str) -> None:
        """The viewer has gone, or reloads; its jobs go on for the grace time. An unknown viewer changes nothing."""
        with self._lock:
            self._attendance.leave(viewer_id, self._clock())
            self.tidy()

    def close(self) -> None:
        """Send no further slice. The engine is its owner's to shut down."""
        with self._lock:
            self._dispatch.close()
            if self._alarm is not None:
                self._alarm[1].cancel()

    def tidy(self) -> None:
        """Pause the jobs left alone for longer than the grace time, and forget those left alone for much longer."""
        with self._lock:
            now = self._clock()
            for job in list(self._jobs.values()):
                since = self._attendance.alone_since(job.id)
                if since is not None and now - since >= self._findable:
                    self._forget(job)
                elif since is not None and now - since >= self._grace and job.runs:
                    self._dispatch.put(after.paused(job, _ALONE))
            self._set_alarm()

    def _find(self, job_id: str) -> Job:
        job = self._jobs.get(job_id) if isinstance(job_id, str) else None
        if job is None:
            raise InvalidArgument("job", Phrase("still_known"), job_id)
        return job

    def _enter(self, make: Callable[[], Job], viewer_id: str | None) -> str:
        with self._lock:
            self.tidy()
            job = make()
            self._make_room(1)
            self._admit(job, viewer_id)
            return job.id

    def _admit(self, job: Job, viewer_id: str | None) -> None:
        self._attendance.enter(job.id, self._clock())
        if viewer_id is not None:
            self._attendance.attach(job.id, viewer_id)
        self._dispatch.put(job)
        self._set_alarm()

    def _change(self, job_id: str, command: Callable[[Job], Job], by: str) -> None:
        with self._lock:
            job = self._find(job_id)
            if not may_command(job, by):
                raise NotYours(Phrase("not_yours"))
            self._attendance.hear_of(job.id, self._clock())
            self._dispatch.put(command(job))
            self._set_alarm()

    def _make_room(self, count: int) -> None:
        """Where so many more would be too many, forget the oldest of the parties that matter least; all or none."""
        excess = len(self._jobs) + count - self._capacity
        gone: list[Job] = []
        for party in sorted(turns.members(self._jobs.values()).values(), key=self._dispensable, reverse=True):
            if len(gone) < excess and self._dispensable(party):
                gone += party
        if len(gone) < excess:
            raise BookIsFull(Phrase("book_is_full", capacity=self._capacity))
        for job in gone:
            self._forget(job)

    def _dispensable(self, party: list[Job]) -> int:
        """0 must stay; then those that were paused and left, those that ended, those that ended and were left."""
        is_alone = all(self._attendance.alone_since(job.id) is not None for job in party)
        runs, has_ended = any(job.runs for job in party), all(job.has_ended for job in party)
        return 2 * has_ended + (is_alone and not runs)

    def _forget(self, job: Job) -> None:
        del self._jobs[job.id]
        self._attendance.forget(job.id)

    def _set_alarm(self) -> None:
        """One timer at most, for the first moment at which `tidy` will have something to do."""
        due = min((moment for job in self._jobs.values() if (moment := self._due(job)) is not None), default=None)
        if due is None or (self._alarm is not None and self._alarm[0] <= due):
            return
        if self._alarm is not None:
            self._alarm[1].cancel()
        timer = Timer(max(0.0, due - self._clock()), self._ring)
        timer.daemon = True  # it keeps no server alive
        self._alarm = due, timer
        timer.start()

    def _due(self, job: Job) -> float | None:
        since = self._attendance.alone_since(job.id)
        return None if since is None else since + (self._grace if job.runs else self._findable)

    def _ring(self) -> None:
        with self._lock:
            self._alarm = None
            self.tidy()


def _check_window_end(end: int | None) -> None:
    if end is not None and (isinstance(end, bool) or not isinstance(end, int) or end < 0):
        raise InvalidArgument("window_end", Phrase("day_of_series"), end)
