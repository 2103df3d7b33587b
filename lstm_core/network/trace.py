"""Trace: every activation of one window, as arrays."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class Trace:
    """All that a recurrent network computed for one window.

    inputs: (T, D) as the network saw them, scaled.
    activations: name -> (L, T, H), the names and their order being those of ``CELLS[cell]``:
        gates in (0, 1); candidate and hidden_state in (-1, 1); cell_state unbounded.
    prediction: (T,) what the head made of the last layer's hidden state at each timestep, in the target's scaled unit.
    """

    cell: str
    inputs: np.ndarray
    activations: Mapping[str, np.ndarray]
    prediction: np.ndarray

    @property
    def shape(self) -> tuple[int, int, int]:
        """(L, T, H)."""
        layers, timesteps, hidden_size = self.activations["hidden_state"].shape
        return layers, timesteps, hidden_size
