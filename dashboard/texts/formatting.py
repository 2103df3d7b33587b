"""Numbers, dates and durations as the page writes them; the stage's are in format.js."""

from collections.abc import Sequence
from math import ceil

import numpy as np

from dashboard.components.words import WORDS

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def age(epoch: float) -> str:
    """How far a network was trained: "epoch 25", or "during epoch 25" with 24.3 epochs done. The stage says it too."""
    return WORDS["age_whole" if epoch == int(epoch) else "age_within"].format(epoch=ceil(epoch))


def count(number: int, what: str) -> str:
    """A number of things, in plural where there is not one."""
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def percent(share: float) -> str:
    """A share to a tenth of a percent: 0.4 %."""
    return f"{share * 100:.1f} %"


def day(moment: np.datetime64) -> str:
    """24 Jul 2009; with the time of day where there is one."""
    when = moment.astype("datetime64[s]").item()
    date = f"{when.day} {_MONTHS[when.month - 1]} {when.year}"
    return f"{date}, {when:%H:%M}" if (when.hour, when.minute) != (0, 0) else date


def money(value: float, unit: str, exactly: bool = False) -> str:
    """A price as the page writes it: $26.86, or a bare number for what has no unit; ``exactly``: four decimals."""
    digits = f"{abs(value):,.2f}" if abs(value) >= 1 and not exactly else f"{abs(value):,.4f}"
    sign = "−" if value < 0 else ""
    return f"{sign}${digits}" if unit == "USD" else f"{sign}{digits}"


def errors(several: Sequence[float], unit: str) -> list[str]:
    """Errors that are compared, with as many decimals each: four where one is small or two would read alike."""
    said = {money(each, unit) for each in several}
    exactly = len(said) < len(several) or any(abs(each) < 1 for each in several)
    return [money(each, unit, exactly) for each in several]


def seconds(value: float) -> str:
    """A duration that nobody needs more exactly."""
    if value < 1:
        return "less than a second"
    return f"about {value:.0f} s" if value < 90 else f"about {value / 60:.0f} min"
