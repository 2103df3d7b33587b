"""Which engine: the environment says."""

import os
from collections.abc import Mapping

import loky

from lstm_core.checks import whole_number
from lstm_core.engine.base import Engine
from lstm_core.engine.embedded import EmbeddedEngine
from lstm_core.errors import InvalidArgument
from lstm_core.phrases import Phrase

_MOST_WORKERS = 64
_MOST_UNASKED = 2  # a worker takes a core and 320 MB; who has more of both says so


def open_engine(environment: Mapping[str, str] = os.environ) -> Engine:
    """The cluster at ``DASK_SCHEDULER_ADDRESS`` if that is set, else ``GATESCOPE_WORKERS`` processes of this machine.

    Unless told otherwise there is a process for each core that the server may use, but no more than two.
    Raises `InvalidArgument` where a variable makes no sense, or no scheduler answers.
    """
    address = environment.get("DASK_SCHEDULER_ADDRESS", "").strip()
    if address:
        return _cluster(address)
    return EmbeddedEngine(_wanted_workers(environment.get("GATESCOPE_WORKERS", "").strip()))


def _cluster(address: str) -> Engine:
    try:
        from lstm_core.engine.cluster import ClusterEngine
    except ImportError as error:
        raise InvalidArgument("DASK_SCHEDULER_ADDRESS", Phrase("no_dask"), address) from error
    return ClusterEngine(address)


def _wanted_workers(text: str) -> int:
    if not text:
        return min(loky.cpu_count(), _MOST_UNASKED)
    if not text.isdecimal() or not 1 <= int(text) <= _MOST_WORKERS:
        raise InvalidArgument("GATESCOPE_WORKERS", whole_number(1, _MOST_WORKERS), text)
    return int(text)
