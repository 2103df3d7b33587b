"""How long something takes, no more exactly than anybody needs it."""

from dashboard.texts import say
from lstm_core.formatting import number

_MINUTES = 90  # seconds from which on it is told in minutes


def duration(seconds: float) -> str:
    """about 12 s, about 3 min."""
    if seconds < 1:
        return say("training.less_than_a_second")
    if seconds < _MINUTES:
        return say("training.about_seconds", count=number(seconds))
    return say("training.about_minutes", count=number(seconds / 60))
