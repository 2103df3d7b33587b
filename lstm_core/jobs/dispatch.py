"""Dispatch: sends slices of jobs to the engine and takes their results in.

Nothing polls here: a change of a job or a slice that came home leads to the next slice.
"""

import logging
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from threading import Condition, RLock
from typing import Any

from lstm_core.engine import Engine, EngineClosed, WorkLost
from lstm_core.errors import DataUnavailable, InvalidArgument, InvalidFile
from lstm_core.jobs import job as after
from lstm_core.jobs import turns
from lstm_core.jobs.job import Job
from lstm_core.jobs.long_request import LongRequest
from lstm_core.phrases import Phrase
from lstm_core.pieces import Pieces
from lstm_core.work.training import Slice, train_slice

_log = logging.getLogger(__name__)
_FOR_PEOPLE = (InvalidArgument, DataUnavailable, InvalidFile, WorkLost)
_UNEXPECTED = Phrase("training_failed")


class Dispatch:
    """The jobs, by id in the order in which they began, and what of them is under way.

    At most one slice of a job is under way, and of all jobs one more than there are workers, so that no worker runs
    dry; while requests are pending they take the place of slices, down to one. So a request finds few slices before it.
    The calls of long requests go where slices would, one after a slice each time both wait.
    Whoever reads or changes jobs holds the lock.
    """

    def __init__(self, engine: Engine, clock: Callable[[], float]) -> None:
        self.lock = RLock()
        self._news = Condition(self.lock)
        self.jobs: dict[str, Job] = {}
        self._engine, self._clock = engine, clock
        self._slices = 0
        self._requests = 0
        self._long_requests: deque[LongRequest] = deque()
        self._is_long_requests_turn = False
        self._is_closed = False

    @property
    def workers(self) -> int:
        return self._engine.workers

    def put(self, job: Job) -> None:
        """Take in a new job, or what a command made of one, and send what may now be sent."""
        with self.lock:
            self._store(job)
            self._send_on()

    def ask(self, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        with self.lock:
            future = self._engine.submit(function, *arguments)
            self._requests += 1
        future.add_done_callback(self._answered)
        return future

    def ask_in_pieces(self, function: Callable[..., Pieces], *arguments: Any) -> Future[Any]:
        """A long request: its calls take turns with slices, one at a time. What ``function`` raises is the answer.

        One that comes in a single piece, as of a small network, is a short request.
        """
        try:
            pieces = function(*arguments)
        except _FOR_PEOPLE as error:
            refused: Future[Any] = Future()
            refused.set_exception(error)
            return refused
        if len(pieces.calls) == 1:
            return self.ask(pieces.all_at_once)
        long_request = LongRequest(pieces)
        with self.lock:
            self._long_requests.append(long_request)
            self._send_on()
        return long_request.future

    def wait_for(self, is_there: Callable[[], bool], seconds: float) -> None:
        """Until a slice that came home made it so, or the time is over."""
        with self._news:
            self._news.wait_for(is_there, seconds)

    def close(self) -> None:
        """Send no further slice."""
        with self.lock:
            self._is_closed = True

    def _store(self, job: Job) -> None:
        before = self.jobs.get(job.id)
        if job.runs and not (before and before.runs):
            job = replace(job, handicap=turns.handicap(job, self.jobs.values()))
        self.jobs[job.id] = after.timed(job, self._clock())

    def _send_on(self) -> None:
        while not self._is_closed and self._slices < max(1, self.workers + 1 - self._requests):
            job = turns.next_turn(self.jobs.values())
            if self._long_requests and (job is None or self._is_long_requests_turn):
                self._send_piece(self._long_requests.popleft())
            elif job is not None:
                self._send(job)
            else:
                return

    def _send_piece(self, long_request: LongRequest) -> None:
        """One call of a long request; it is at the end of the line again when that has come home."""
        self._is_long_requests_turn = False
        future = self._submit(long_request.next_call())
        if future is not None:
            future.add_done_callback(partial(self._piece_came_home, long_request))

    def _submit(self, function: Callable[..., Any], *arguments: Any, **options: Any) -> Future[Any] | None:
        """What goes where slices go; None where the engine takes no more."""
        try:
            future = self._engine.submit(function, *arguments, **options)
        except EngineClosed:
            self._is_closed = True
            return None
        self._slices += 1
        return future

    def _piece_came_home(self, long_request: LongRequest, future: Future[Any]) -> None:
        with self.lock:
            self._slices -= 1
            if not long_request.take(future):
                self._long_requests.append(long_request)
            self._send_on()

    def _send(self, job: Job) -> None:
        bounds = {
            "seconds": turns.slice_seconds(job, self.jobs.values(), self.workers),
            "epochs": turns.slice_epochs(job),
            "window_end": job.window_end,
            "with_predictions": turns.predicts(job),
        }
        future = self._submit(train_slice, job.task.read_by_a_slice(), job.checkpoint, **bounds)
        if future is None:
            return
        self._is_long_requests_turn = True
        self._store(after.sent(job))
        future.add_done_callback(partial(self._came_home, job))

    def _came_home(self, sent: Job, future: Future[Slice]) -> None:
        with self.lock:
            self._slices -= 1
            job = self.jobs.get(sent.id)
            if job is not None:
                job = replace(job, is_under_way=False)
                self._store(self._result(job, sent, future) if sent.attempt == job.attempt else job)
            self._send_on()
            self._news.notify_all()

    def _result(self, job: Job, sent: Job, future: Future[Slice]) -> Job:
        if future.cancelled() or isinstance(error := future.exception(), EngineClosed):
            self._is_closed = True
            return after.paused(job)
        if error is None:
            return after.continued(job, future.result())
        if isinstance(error, _FOR_PEOPLE):
            return after.failed(job, error.phrase)
        _log.error("A slice of training failed.", exc_info=error)
        return after.failed(job, _UNEXPECTED)

    def _answered(self, _: Future[Any]) -> None:
        with self.lock:
            self._requests -= 1
            self._send_on()
