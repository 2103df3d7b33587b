"""A long answer cut into short calls, so that what others ask for need not wait until all of it is done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from lstm_core.hyperparameters import Resolved

# Multiplications that a worker does in a fifth of a second or less.
_AT_ONCE = 4e9


@dataclass(frozen=True, eq=False)
class Pieces:
    """calls: pure functions without arguments, to be done in any order by whichever worker is free.

    finish: makes the answer of their results, in the order of the calls; for a worker too.
    """

    calls: tuple[Callable[[], Any], ...]
    finish: Callable[[tuple[Any, ...]], Any]

    def all_at_once(self) -> Any:
        """The answer, in this process."""
        return self.finish(tuple(call() for call in self.calls))


def cut(ends: np.ndarray, hyperparameters: Resolved, times: int = 1) -> list[np.ndarray]:
    """Window ends (K,) in groups that one short call can run through the network; ``times``: runs of each window."""
    size = hyperparameters
    rows = 4 * size.hidden_size * (size.hidden_size + (size.hidden_size if size.num_layers > 1 else size.input_size))
    cost = size.window_length * size.num_layers * rows * times
    at_once = max(1, int(_AT_ONCE / cost))
    return [ends[at : at + at_once] for at in range(0, len(ends), at_once)]
