"""Weights of a small network for the small wave, far from zero."""

from typing import Any

import numpy as np

from lstm_core.hyperparameters import Hyperparameters
from lstm_core.network.forecaster import build, save_weights
from lstm_core.training.windows import resolved
from tests.helpers.settings import returns
from tests.helpers.small_wave import SERIES

SMALL = returns(hidden_size=4, num_layers=2, window_length=8, burn_in=3, seed=2, forget_bias=0.0)


def weights_of(hyperparameters: Hyperparameters) -> dict[str, np.ndarray]:
    """Three times what torch draws, so that states go far from zero."""
    drawn = save_weights(build(resolved(hyperparameters, SERIES)))
    return {name: 3 * value for name, value in drawn.items()}


WEIGHTS = weights_of(SMALL)

# Keywords of a pattern that this network has.
PATTERN: dict[str, Any] = {
    "name": "cell_state",
    "layer": 1,
    "units": (0, 3),
    "signs": (1, -1),
    "threshold": 0.3,
    "at_least": 2,
}
