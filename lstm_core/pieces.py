"""A long answer cut into short calls, so that what others ask for need not wait until all of it is done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from lstm_core.hyperparameters import Resolved
from lstm_core.network.cells import CELLS

# Seconds of a core in one short call, as `seconds_of` estimates them: half of what a request may take, for a worker
# that shares its core.
_AT_ONCE = 0.15
# A core of 2026: seconds of torch's fused layers for a timestep of a layer, for a hidden unit, for a multiplication.
_STEP, _UNIT, _MULTIPLICATION = 6e-6, 2e-8, 1.5e-11
_LOOP_STEP, _LOOP = 10, 1.5  # times as long by a loop over our equations


@dataclass(frozen=True, eq=False)
class Rest:
    """What a call returns that has not come to its result yet: the call that goes on where it stopped.

    For what cannot be cut beforehand, since each step needs the one before it.
    """

    call: Callable[[], Any]


@dataclass(frozen=True, eq=False)
class Pieces:
    """calls: pure functions without arguments, to be done by whichever worker is free. One that stands alone is short.

    finish: makes the answer of their results, in the order of the calls; for a worker too, unless it ``is_light``:
    then it takes no time worth speaking of, and large results need not travel once more.
    """

    calls: tuple[Callable[[], Any], ...]
    finish: Callable[[tuple[Any, ...]], Any]
    is_light: bool = False

    def all_at_once(self) -> Any:
        """The answer, in this process."""
        return self.finish(tuple(map(_result_of, self.calls)))


def _result_of(call: Callable[[], Any]) -> Any:
    result = call()
    while isinstance(result, Rest):
        result = result.call()
    return result


def seconds_of(hyperparameters: Resolved, windows: int, by_equations: bool = False) -> float:
    """About how long a core takes to run so many windows through the network at once.

    by_equations: in a loop over our equations, as activations are clamped; a cell that torch has not runs so anyway.
    """
    size, is_looped = hyperparameters, by_equations or CELLS[hyperparameters.cell].torch is None
    inputs = size.hidden_size if size.num_layers > 1 else size.input_size
    unit = _UNIT + 4 * (size.hidden_size + inputs) * _MULTIPLICATION
    step, window = _STEP * (_LOOP_STEP if is_looped else 1), size.hidden_size * unit * (_LOOP if is_looped else 1)
    return size.window_length * size.num_layers * (step + windows * window)


def cut(ends: np.ndarray, hyperparameters: Resolved, by_equations: bool = False) -> list[np.ndarray]:
    """Window ends (K,) in groups that one short call can run through the network."""
    none, one = (seconds_of(hyperparameters, count, by_equations) for count in (0, 1))
    at_once = max(1, int((_AT_ONCE - none) / (one - none)))
    return [ends[at : at + at_once] for at in range(0, len(ends), at_once)]


def times_at_once(seconds: float) -> int:
    """How often one short call can do what takes so long."""
    return max(1, int(_AT_ONCE / seconds))
