"""Where work runs: worker processes of this machine, or a Dask cluster at an address. Nothing else knows which."""

from lstm_core.engine.base import Engine, EngineClosed, WorkLost
from lstm_core.engine.choice import open_engine

__all__ = ["Engine", "EngineClosed", "WorkLost", "open_engine"]
