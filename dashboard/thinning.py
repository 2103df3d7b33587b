"""Fewer epochs where there is no room for all."""

from collections.abc import Iterable
from typing import TypeVar

Epoch = TypeVar("Epoch", bound=float)


def thinned(epochs: Iterable[Epoch], most: int) -> list[Epoch]:
    """At most ``most`` epochs (two at least), rising: the first and the last among them, dense at first."""
    left = sorted(epochs)
    while len(left) > max(2, most):
        crowded = min(range(1, len(left) - 1), key=lambda at: (left[at + 1] + 1) / (left[at - 1] + 1))
        del left[crowded]
    return left
