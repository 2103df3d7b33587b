"""Predictions along the series by a network that will be another in a moment, so cheap that each slice can have them.

A window predicts at every timestep. So windows laid end to end predict every day in far fewer steps than one window a
day would take. As in the validation loss each counts from its first scored timestep on, where it has seen enough.
"""

from typing import TYPE_CHECKING

import numpy as np

from lstm_core.training.windows import Windows

if TYPE_CHECKING:
    from lstm_core.network.forecaster import Forecaster

# Days that are worth handing over, beside those of the watched window; and windows that are worth computing: fewer
# where each takes long, so that a large network does not stand still for its picture.
_MOST_POINTS, _FEWEST_WINDOWS, _ACTIVATIONS_AFFORDED = 240, 40, 2_000_000


def live_predictions(
    forecaster: "Forecaster", windows: Windows, watched: int | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Days predicted (K,), rising, and the predictions (K,) in the series' unit.

    watched: the day on which the window ends that is being looked at; all its predictions that count are among them.
    """
    ends = _end_to_end(windows, watched)
    batch = windows.batch(ends)
    shown = windows.days(ends)
    values = windows.to_values(forecaster.predict(batch.inputs), windows.values[shown])
    days, first = np.unique(shown[batch.scored] + 1, return_index=True)
    kept = _worth_handing_over(days, windows, watched)
    return days[kept], values[batch.scored][first][kept]


def _end_to_end(windows: Windows, watched: int | None) -> np.ndarray:
    """Days on which windows end whose scored days follow one another, the watched one first; the ends filled up."""
    first, last = windows.first_end, windows.last_end
    each = windows.length - windows.hyperparameters.first_scored
    anchor = last if watched is None else watched
    every = np.arange(first + (anchor - first) % each, last + 1, each)
    size = windows.hyperparameters
    activations = size.window_length * size.num_layers * size.hidden_size
    most = int(np.clip(_ACTIVATIONS_AFFORDED // activations, _FEWEST_WINDOWS, _MOST_POINTS))
    if len(every) > most:
        every = every[np.linspace(0, len(every) - 1, most).round().astype(int)]
    return np.array(list(dict.fromkeys([anchor, *every.tolist(), first, last])))


def _worth_handing_over(days: np.ndarray, windows: Windows, watched: int | None) -> np.ndarray:
    """Evenly spread, with the first and the last; and each day of the watched window."""
    some = np.unique(np.linspace(0, len(days) - 1, min(_MOST_POINTS, len(days))).round().astype(int))
    if watched is None:
        return some
    seen = np.flatnonzero((days > watched + 1 - windows.length) & (days <= watched + 1))
    return np.union1d(some, seen)
