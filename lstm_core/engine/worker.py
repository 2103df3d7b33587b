"""What a process does to become a worker. Runs in the worker, never in the server."""

import ctypes
import gc
import os
import signal
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

from lstm_core.work.training import warm_up

_LOOKS_EVERY = 1.0  # seconds
_NICENESS = 10  # a tenth of a core's time beside one busy process of another session
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3  # glibc's malloc.h
_MEGABYTE = 2**20


def become_worker(server: int) -> None:
    """A process of this machine: end with the server, import torch, then leave the foreground to the browser."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which then ends its workers
    threading.Thread(target=_end_with, args=(server,), name="end-with-server", daemon=True).start()
    _import_torch()
    _stand_back()


def become_cluster_worker() -> None:
    """A process of a cluster: undo what Dask does to the allocator, import torch."""
    _keep_memory()
    _import_torch()


def _import_torch() -> None:
    warm_up()
    gc.collect()
    gc.freeze()  # what torch brought stays for good: no collection need look at it again


def _end_with(server: int) -> None:
    """A server that was killed can tell nobody; its orphans notice by their new parent."""
    while os.getppid() == server:
        time.sleep(_LOOKS_EVERY)
    os._exit(1)


def _stand_back() -> None:
    """Let a browser on this machine draw first: Linux weighs sessions against one another, not their processes."""
    if sys.platform == "linux":
        with suppress(OSError):  # not permitted, or no such thing here: then without
            os.setsid()
            Path("/proc/self/autogroup").write_text(str(_NICENESS))


def _keep_memory() -> None:
    """Keep freed memory for the next batch.

    Dask starts its workers with a trim threshold of 64 kB, which hands memory back after each batch and fetches it
    again for the next: training took up to 2.2 times as long. glibc's own choice cannot be asked for again, but these
    thresholds train as fast.
    """
    if sys.platform == "linux":
        with suppress(AttributeError):  # a C library other than glibc
            mallopt = ctypes.CDLL(None).mallopt
            mallopt(_M_TRIM_THRESHOLD, 256 * _MEGABYTE)
            mallopt(_M_MMAP_THRESHOLD, 32 * _MEGABYTE)
