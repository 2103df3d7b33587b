"""Worker processes of this machine: they survive a killed worker, and never the server.

When a worker dies, loky fails all that was submitted and wants a new executor: one generation ends, the next begins.
What was lost is then tried again one piece at a time with nothing beside it, so that a piece which brings its worker
down is found out, and those that ran beside it are not blamed.
"""

import os
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import wait as wait_for
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.connection import wait as wait_for_any
from multiprocessing.process import BaseProcess
from threading import Lock, Thread
from typing import Any

from loky.process_executor import ProcessPoolExecutor, ShutdownExecutorError

from lstm_core.engine.base import TRIES, WORKER_DIED, Engine, EngineClosed, WorkLost
from lstm_core.engine.worker import become_worker

# One thread each: two trainings side by side are faster than one that uses both cores. And no worker is replaced for
# having grown: a large network is no leak, and a new process imports torch for two seconds.
_ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "LOKY_MAX_MEMORY_LEAK_SIZE": "1e18",
}


class _Pool(ProcessPoolExecutor):
    """One generation of workers: they end together.

    Its workers share two pipes, one for calls and one for results. One that is killed in the midst of a message leaves
    half of it there, and loky waits for the other half, as it waits for a pipe to empty that nobody reads any more:
    neither ends while any process holds the workers' ends open. So the server lets go of its own copies, and the first
    death brings the other workers' with it.
    """

    def __init__(self, workers: int) -> None:
        super().__init__(workers, initializer=become_worker, initargs=(os.getpid(),), env=_ENVIRONMENT)
        # At the interpreter's end loky would wait for what is under way, and nobody is left to want it.
        self._flags.kill_workers = True

    def _start_executor_manager_thread(self) -> None:
        """loky calls this with each submission, when all workers have been started."""
        if self._executor_manager_thread is None:
            self._let_go()
            workers = list(self._processes.values())
            Thread(target=_end_together, args=(workers,), name="end-together", daemon=True).start()
        super()._start_executor_manager_thread()

    def _let_go(self) -> None:
        assert self._call_queue is not None
        assert self._result_queue is not None
        self._call_queue._reader.close()
        self._result_queue._writer.close()


def _end_together(workers: list[BaseProcess]) -> None:
    wait_for_any([worker.sentinel for worker in workers])
    for worker in workers:
        worker.terminate()


@dataclass(eq=False)
class _Work:
    """One call on its way to a result."""

    call: Callable[[], Any]
    future: Future[Any] = field(default_factory=Future)
    deaths: int = 0

    @property
    def is_suspect(self) -> bool:
        """A worker died while this was submitted."""
        return self.deaths > 0

    def begin(self) -> bool:
        """False if it was cancelled while it waited."""
        return self.future.running() or self.future.set_running_or_notify_cancel()


class EmbeddedEngine(Engine):
    """loky worker processes. ``generation`` counts the executors so far: one, and one more for each death."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._lock = Lock()  # never held while a future is resolved: callbacks take locks of their own
        self._is_closed = False
        self._waiting: deque[_Work] = deque()
        self._suspects: deque[_Work] = deque()
        self._submitted: set[_Work] = set()
        self.generation = 0
        self._pool: _Pool | None = self._new_pool()

    @property
    def workers(self) -> int:
        return self._workers

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        work = _Work(partial(fn, *args, **kwargs))
        with self._lock:
            if self._is_closed or self._pool is None:
                raise EngineClosed
            self._waiting.append(work)
        self._hand_over()
        return work.future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        with self._lock:
            self._is_closed = True
            pending = [work.future for work in (*self._submitted, *self._suspects, *self._waiting)]
        if cancel_futures:
            for future in pending:
                future.cancel()
        if wait:
            wait_for(pending)
        self._end(wait)

    def _end(self, wait: bool) -> None:
        """Give the workers up, and with them whatever is not done."""
        with self._lock:
            pool, self._pool = self._pool, None
            left = [*self._suspects, *self._waiting]
            self._suspects.clear()
            self._waiting.clear()
        for work in left:
            if work.begin():
                work.future.set_exception(EngineClosed())
        if pool is not None:
            pool.shutdown(wait=wait, kill_workers=not wait)

    def _new_pool(self) -> _Pool:
        self.generation += 1
        return _Pool(self._workers)

    def _hand_over(self) -> None:
        """Submit all that may be submitted now."""
        while (taken := self._take()) is not None:
            work, pool = taken
            try:
                attempt = pool.submit(work.call)
            except BrokenProcessPool:  # a worker died idle: nobody's fault
                self._put_back(work, pool)
            except RuntimeError:  # the interpreter is on its way out
                self._finish(work, error=EngineClosed())
                self._end(wait=False)
            else:
                attempt.add_done_callback(partial(self._returned, work, pool))

    def _take(self) -> tuple[_Work, _Pool] | None:
        with self._lock:
            if self._pool is None or (work := self._next()) is None:
                return None
            self._submitted.add(work)
            return work, self._pool

    def _next(self) -> _Work | None:
        """A suspect goes alone; other work is one piece ahead of the workers, so that none of them runs dry."""
        if self._suspects:
            return None if self._submitted else self._suspects.popleft()
        if len(self._submitted) > self._workers or any(work.is_suspect for work in self._submitted):
            return None
        while self._waiting:
            work = self._waiting.popleft()
            if work.begin():
                return work
        return None

    def _put_back(self, work: _Work, broken: _Pool) -> None:
        with self._lock:
            self._submitted.discard(work)
            (self._suspects if work.is_suspect else self._waiting).appendleft(work)
            self._renew(broken)

    def _renew(self, broken: _Pool) -> None:
        """Each piece of lost work comes by here; the first one begins the next generation."""
        if self._pool is broken:
            self._pool = self._new_pool()

    def _returned(self, work: _Work, pool: _Pool, attempt: Future[Any]) -> None:
        error = attempt.exception()
        if isinstance(error, BrokenProcessPool):
            self._lost(work, pool)
        elif isinstance(error, ShutdownExecutorError):
            self._finish(work, error=EngineClosed())
        else:
            self._finish(work, attempt.result() if error is None else None, error)
        self._hand_over()

    def _lost(self, work: _Work, broken: _Pool) -> None:
        """A worker died while this was submitted: try it again, unless it has had its tries."""
        with self._lock:
            self._renew(broken)
            work.deaths += 1
            is_hopeless = self._pool is None or work.deaths >= TRIES
            if not is_hopeless:
                self._submitted.discard(work)
                self._suspects.append(work)
        if is_hopeless:
            self._finish(work, error=WorkLost(WORKER_DIED) if work.deaths >= TRIES else EngineClosed())

    def _finish(self, work: _Work, result: Any = None, error: BaseException | None = None) -> None:
        with self._lock:
            self._submitted.discard(work)
        if error is None:
            work.future.set_result(result)
        else:
            work.future.set_exception(error)
