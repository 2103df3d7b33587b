"""Checks of arrays that several parts of the stage's content make of theirs."""

import numpy as np

from lstm_core.errors import InvalidArgument


def same_length(name: str, values: np.ndarray, length: int) -> None:
    if np.shape(values) != (length,):
        raise InvalidArgument(name, f"of shape ({length},)", np.shape(values))


def finite_everywhere(name: str, values: np.ndarray) -> None:
    if not np.isfinite(values).all():
        raise InvalidArgument(name, "finite everywhere", "values that are not finite")
