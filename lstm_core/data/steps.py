"""What one timestep of a series is called, read off its dates."""

import numpy as np

_DAY = 86_400  # seconds
# The shortest and the longest usual step of that name. Four weeks are no month.
_NAMES = {
    "minute": (60, 60),
    "hour": (3_600, 3_600),
    "day": (_DAY, _DAY),
    "week": (7 * _DAY, 7 * _DAY),
    "month": (29 * _DAY, 32 * _DAY),
    "quarter": (89 * _DAY, 93 * _DAY),
    "year": (364 * _DAY, 367 * _DAY),
}
# Months and years differ in length, and their last working days by more: so far a step may lie from the usual one.
_ROOM = 0.12
# Nights, weekends and holidays leave fewer than a third of the steps out; dates without any rhythm leave more.
_REGULAR = 0.6


def step_of(dates: np.ndarray) -> str:
    """``dates``: (N,) rising. Daily series that leave weekends out have trading days; irregular ones have steps."""
    steps = np.diff(dates.astype("datetime64[s]")).astype("int64")
    usual = np.median(steps)
    if (np.abs(steps - usual) <= _ROOM * usual).mean() < _REGULAR:
        return "step"
    name = next((name for name, (least, most) in _NAMES.items() if least <= usual <= most), "step")
    is_trading = name == "day" and np.is_busday(dates.astype("datetime64[D]")).all()
    return "trading day" if is_trading else name


def short_step_of(dates: np.ndarray) -> str:
    """For labels, and where trading days are meant anyway: "day"."""
    return step_of(dates).removeprefix("trading ")
