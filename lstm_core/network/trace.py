"""Trace: every activation of one window, and the glossary of what each is."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

# In PyTorch's order of the gates (i, f, g, o; r, z, n), then the states.
ACTIVATIONS: Mapping[str, tuple[str, ...]] = {
    "LSTM": ("input_gate", "forget_gate", "candidate", "output_gate", "cell_state", "hidden_state"),
    "GRU": ("reset_gate", "update_gate", "candidate", "hidden_state"),
    "RNN": ("hidden_state",),
}


@dataclass(frozen=True, eq=False)
class Trace:
    """All that a recurrent network computed for one window.

    inputs: (T, D) as the network saw them, scaled.
    activations: name -> (L, T, H), the names and their order being ``ACTIVATIONS[cell]``:
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
