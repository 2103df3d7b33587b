"""Hyperparameters that need no series to be resolved."""

from typing import Any

from lstm_core.hyperparameters import Resolved


def returns(**chosen: Any) -> Resolved:
    """The network sees and predicts log returns, unless ``chosen`` says otherwise."""
    return Resolved(**{"inputs": ("log_return",), "target": "log_return"} | chosen)
