"""Fewer epochs where there is no room for all."""

from collections.abc import Collection, Iterable
from typing import TypeVar

Epoch = TypeVar("Epoch", bound=float)


def thinned(epochs: Iterable[Epoch], most: int, keep: Collection[Epoch] = ()) -> list[Epoch]:
    """At most ``most`` epochs, rising: the first and the last among them, dense at first, and whatever has to stay."""
    left = sorted(epochs)
    while len(left) > max(2, most):
        may_go = [at for at in range(1, len(left) - 1) if left[at] not in keep]
        if not may_go:
            break
        del left[min(may_go, key=lambda at: (left[at + 1] + 1) / (left[at - 1] + 1))]
    return left
