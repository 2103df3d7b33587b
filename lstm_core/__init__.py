"""The science of Gatescope: series, windows, recurrent networks, traces, training runs. For notebooks:

    import lstm_core

    run = lstm_core.train("MSFT", hidden_size=16)
    trace = lstm_core.trace(run)

Importing this package imports no torch, and none of its rooms until a name is asked for: the app's server process
describes work, workers do it.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__all__ = ["Hyperparameters", "evaluate", "forecast", "load", "load_series", "save", "trace", "train"]

if TYPE_CHECKING:
    from lstm_core.api import Hyperparameters, evaluate, forecast, load, load_series, save, trace, train
else:  # a type checker that saw this would take any misspelt name for one of ours

    def __getattr__(name: str) -> Any:
        """One of `__all__`, from `lstm_core.api` (PEP 562)."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module("lstm_core.api"), name)

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
