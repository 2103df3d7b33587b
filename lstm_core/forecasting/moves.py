"""Where something happens: the windows and timesteps that are worth opening on, by rule. Imports no torch."""

import numpy as np

from lstm_core.training.windows import Windows


def interesting_end(windows: Windows) -> int:
    """A window with something to see: the largest change outside the training part, two thirds of the way through."""
    first, last = windows.bounds["validation"][0], windows.last_end
    changes = np.abs(np.diff(windows.values))[first - 1 :]
    jump = first + int(np.argmax(changes))
    return int(np.clip(jump + windows.length // 3, windows.first_end, last))


def largest_move(windows: Windows, end: int) -> int:
    """The timestep, from 0, whose value changed most from the one before, in the window that ends on day ``end``."""
    shown = windows.values[end + 1 - windows.length : end + 1]
    return 1 + int(np.argmax(np.abs(np.diff(shown))))
