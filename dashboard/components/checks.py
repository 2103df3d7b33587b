"""Checks of arrays that several parts of the stage's content make of theirs."""

import numpy as np

from lstm_core.errors import InvalidArgument
from lstm_core.phrases import verbatim


def same_length(name: str, values: np.ndarray, length: int) -> None:
    if np.shape(values) != (length,):
        raise InvalidArgument(name, verbatim(f"of shape ({length},)"), np.shape(values))


def finite_everywhere(name: str, values: np.ndarray) -> None:
    if not np.isfinite(values).all():
        raise InvalidArgument(name, verbatim("finite everywhere"), "values that are not finite")
