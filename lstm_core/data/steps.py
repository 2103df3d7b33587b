"""What one timestep of a series is called, read off its dates."""

import numpy as np

_NAMED = {60: "minute", 3_600: "hour", 604_800: "week"}
_DAY = 86_400
_LONGER = {"month": (28, 31), "quarter": (90, 92), "year": (365, 366)}


def step_of(dates: np.ndarray) -> str:
    """``dates``: (N,) rising. Daily series that leave weekends out have trading days; irregular ones have steps."""
    usual = int(np.median(np.diff(dates.astype("datetime64[s]")).astype("int64")))
    if usual == _DAY:
        days = dates.astype("datetime64[D]")
        return "trading day" if np.is_busday(days).all() else "day"
    days = usual / _DAY
    longer = (name for name, (fewest, most) in _LONGER.items() if fewest <= days <= most)
    return _NAMED.get(usual) or next(longer, "step")


def short_step_of(dates: np.ndarray) -> str:
    """For labels, and where trading days are meant anyway: "day"."""
    return step_of(dates).removeprefix("trading ")
