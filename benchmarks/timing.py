"""What the benchmarks that compare trainings share: one torch thread, and contenders that take turns."""

from collections.abc import Callable, Sequence
from statistics import median
from typing import TypeVar

import torch

Took = TypeVar("Took")


def one_thread() -> None:
    """For all that torch does in this process: the other core is the rival's, or somebody else's."""
    torch.set_num_threads(1)


def in_turn(ours: Callable[[], Took], other: Callable[[], Took], repeats: int) -> tuple[list[Took], list[Took]]:
    """What both took, the n-th of each right after one another; who begins alternates. One round goes unmeasured."""
    ours()
    other()
    both: tuple[list[Took], list[Took]] = [], []
    for turn in range(repeats):
        contenders = list(zip((ours, other), both, strict=True))
        for run, took in contenders if turn % 2 == 0 else reversed(contenders):
            took.append(run())
    return both


def ratios(numerators: Sequence[float], denominators: Sequence[float]) -> list[float]:
    """Pair by pair, so that what disturbs both alike cancels out."""
    return [above / below for above, below in zip(numerators, denominators, strict=True)]


def spread(values: Sequence[float]) -> str:
    """The median and, in brackets, the range."""
    return f"{median(values):.3g} ({min(values):.3g}-{max(values):.3g})"
