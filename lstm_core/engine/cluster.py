"""A Dask cluster as an engine. The one file that imports dask, itself imported only where a scheduler is named."""

from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import wait as wait_for
from functools import partial
from threading import Lock
from typing import Any

from distributed import Client, KilledWorker, Worker, WorkerPlugin
from distributed.comm.addressing import get_address_host_port

from lstm_core.engine.base import WORKER_DIED, Engine, EngineClosed, WorkLost
from lstm_core.engine.worker import become_cluster_worker
from lstm_core.errors import InvalidArgument
from lstm_core.phrases import Phrase

_VARIABLE = "DASK_SCHEDULER_ADDRESS"
_PATIENCE = 10.0  # seconds for the scheduler to answer


class _Preparation(WorkerPlugin):
    """Prepares every worker of the cluster, those that join later included."""

    name = "gatescope"
    idempotent = True

    def setup(self, worker: Worker) -> None:
        become_cluster_worker()


class ClusterEngine(Engine):
    """The workers of the scheduler at ``address``; a worker's thread counts as one. Dask itself tries lost work again.

    Raises `InvalidArgument` where no scheduler answers, or its workers do not have this package.
    """

    def __init__(self, address: str) -> None:
        self._lock = Lock()  # never held while a future is resolved
        self._open: set[Future[Any]] = set()
        self._is_closed = False
        self._client = _connect(address)
        self._executor = self._client.get_executor(pure=False)
        self._threads = self._client.scheduler_info(n_workers=0)["total_threads"]

    @property
    def workers(self) -> int:
        return max(1, self._threads)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        with self._lock:
            if self._is_closed:
                raise EngineClosed
            self._open.add(future)
        # As one object: Dask would search the arguments for names of its own.
        self._executor.submit(partial(fn, *args, **kwargs)).add_done_callback(partial(self._returned, future))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        with self._lock:
            self._is_closed = True
            pending = list(self._open)
        if cancel_futures:
            for future in pending:
                future.cancel()
        if wait:
            wait_for(pending)
        self._client.close()
        for future in pending:
            self._finish(future, error=EngineClosed())

    def _returned(self, future: Future[Any], attempt: Future[Any]) -> None:
        """Runs on the client's event loop, where the scheduler's last word on its workers can be had without asking."""
        self._threads = self._client.scheduler_info().get("total_threads", self._threads)
        if attempt.cancelled():
            self._finish(future, error=EngineClosed() if self._is_closed else WorkLost(Phrase("scheduler_gone")))
        elif isinstance(error := attempt.exception(), KilledWorker):
            self._finish(future, error=WorkLost(WORKER_DIED))
        else:
            self._finish(future, attempt.result() if error is None else None, error)

    def _finish(self, future: Future[Any], result: Any = None, error: BaseException | None = None) -> None:
        with self._lock:
            is_open = future in self._open
            self._open.discard(future)
        if not is_open or not future.set_running_or_notify_cancel():
            return
        if error is None:
            future.set_result(result)
        else:
            future.set_exception(error)


def _connect(address: str) -> Client:
    try:
        get_address_host_port(address)  # a client that could not even begin would take its time to end
        client = Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise InvalidArgument(_VARIABLE, Phrase("scheduler"), address) from error
    try:
        client.register_plugin(_Preparation())
    except Exception as error:
        client.close()
        raise InvalidArgument(_VARIABLE, Phrase("cluster", reason=str(error)), address) from error
    return client
