"""Patterns of hidden or cell states, and the days on which they hold.

Imports no torch, so that the app's process can make them. Source: Strobelt et al. 2018, "LSTMVis".
"""

from dataclasses import dataclass
from math import isfinite

import numpy as np

from lstm_core.errors import InvalidArgument
from lstm_core.explaining.clamps import check_place, is_index
from lstm_core.hyperparameters import Resolved
from lstm_core.phrases import Choice, Phrase

MOST_UNITS = 64
_STATES = ("hidden_state", "cell_state")


@dataclass(frozen=True)
class Pattern:
    """Days in a row on which some units of a layer are all far enough from zero, each on its side.

    name: hidden_state, or an LSTM's cell_state. A day is active if sign * state >= threshold for every unit;
    ``at_least`` active days in a row are a match. Raises `InvalidArgument` where that says nothing.
    """

    name: str
    layer: int
    units: tuple[int, ...]
    signs: tuple[int, ...]
    threshold: float
    at_least: int

    def __post_init__(self) -> None:
        if self.name not in _STATES:
            raise InvalidArgument("name", Phrase("either", choices=tuple(map(Choice, _STATES))), self.name)
        if not is_index(self.layer):
            raise InvalidArgument("layer", Phrase("whole_number_from", low=0), self.layer)
        self._check_units()
        is_number = isinstance(self.threshold, int | float) and not isinstance(self.threshold, bool)
        if not is_number or not isfinite(self.threshold) or self.threshold < 0:
            raise InvalidArgument("threshold", Phrase("number_from", low=0), self.threshold)
        if not is_index(self.at_least) or self.at_least < 1:
            raise InvalidArgument("at_least", Phrase("days_in_a_row", low=1), self.at_least)

    def _check_units(self) -> None:
        units, signs = self.units, self.signs
        if not isinstance(units, tuple) or not all(map(is_index, units)) or not 1 <= len(units) <= MOST_UNITS:
            raise InvalidArgument("units", Phrase("units", most=MOST_UNITS), units)
        if len(set(units)) != len(units):
            raise InvalidArgument("units", Phrase("without_repetition"), units)
        if not isinstance(signs, tuple) or len(signs) != len(units) or any(sign not in (1, -1) for sign in signs):
            raise InvalidArgument("signs", Phrase("signs", units=len(units)), signs)

    def active(self, states: np.ndarray) -> np.ndarray:
        """States of the pattern's layer (N, H) -> (N,) bool."""
        return np.all(states[:, list(self.units)] * np.array(self.signs) >= self.threshold, axis=-1)


def check_pattern(pattern: Pattern, hyperparameters: Resolved) -> None:
    """Raises `InvalidArgument` for a pattern of something that a network of these hyperparameters has not."""
    check_place(hyperparameters, pattern.name, pattern.layer, max(pattern.units))
    if pattern.at_least > hyperparameters.window_length:
        expected = Phrase("days_of_window", days=hyperparameters.window_length)
        raise InvalidArgument("at_least", expected, pattern.at_least)


def runs(active: np.ndarray, at_least: int) -> tuple[np.ndarray, np.ndarray]:
    """First and last positions (K,), both inclusive, of every ``at_least`` or more True in a row: (N,) bool."""
    edges = np.diff(active.astype(np.int8), prepend=0, append=0)
    first, last = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1) - 1
    long_enough = last - first + 1 >= at_least
    return first[long_enough], last[long_enough]
