"""Could chance have done it? Whether two forecasters' errors differ by more than luck with the days explains.

The statistic is six lines; the package `dieboldmariano`, which has them too, raises an error where two forecasts are
the same on every day, so it serves as the tests' second opinion. Imports no torch.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import atan, cos, isfinite, isnan, nan, pi, sin, sqrt

import numpy as np

from lstm_core.phrases import Noun, Phrase

FEWEST_DAYS = 30  # below it the errors of a few days decide, and the statistic is no t any more
LEVEL = 0.05


class Answer(StrEnum):
    """To the question whether chance could have made a difference. SAME: there is none on any day."""

    TOO_FEW = "too_few"
    UNKNOWN = "unknown"
    SAME = "same"
    CHANCE = "chance"
    MORE_THAN_CHANCE = "more_than_chance"


@dataclass(frozen=True)
class DieboldMariano:
    """Of two forecasters over ``days`` days; the statistic, in standard errors, is below 0 where the first is better.

    p_value: how often chance alone makes a difference at least as large between two forecasters that are equally good.
    Both are NaN where a forecast has no number, or there are fewer than two days.
    """

    statistic: float
    p_value: float
    days: int

    @property
    def kind(self) -> Answer:
        if self.days < FEWEST_DAYS:
            return Answer.TOO_FEW
        if isnan(self.p_value):
            return Answer.UNKNOWN
        if self.statistic == 0 and self.p_value == 1:
            return Answer.SAME
        return Answer.MORE_THAN_CHANCE if self.p_value < LEVEL else Answer.CHANCE

    def sentence(self, step: str) -> Phrase:
        """The answer for people, whose series goes by ``step`` ("day"); it says nothing of which is better."""
        match self.kind:
            case Answer.TOO_FEW:
                return Phrase("too_few_to_tell", steps=self.days, step=Noun(step), fewest=FEWEST_DAYS)
            case Answer.UNKNOWN:
                return Phrase("cannot_be_told")
            case Answer.SAME:
                return Phrase("same_errors", step=Noun(step))
            case Answer.CHANCE:
                return Phrase("may_be_chance", size=self._size(step))
            case Answer.MORE_THAN_CHANCE:
                return Phrase("more_than_chance", size=self._size(step))

    def _size(self, step: str) -> Phrase:
        size = abs(self.statistic)
        if not isfinite(size):
            return Phrase("same_difference", step=Noun(step))
        return Phrase("standard_errors", size=size)

    def to_dict(self) -> dict[str, float | None]:
        """Plain values for JSON; None where there is no number."""
        pair = {"statistic": self.statistic, "p_value": self.p_value}
        return {name: value if isfinite(value) else None for name, value in pair.items()}


def diebold_mariano(happened: np.ndarray, one: np.ndarray, other: np.ndarray) -> DieboldMariano:
    """Of one-step forecasts ``one`` and ``other`` of what ``happened``, by their squared errors: (K,) each.

    One step ahead the differences of a day need no correction for those of other days: where naive is right to repeat
    the last value, each is a step that nobody could foresee times what was known before.
    Sources: Diebold and Mariano 1995; with the correction of Harvey, Leybourne and Newbold 1997 (horizon 1, Student's
    t with K - 1 degrees of freedom), which makes it a t statistic of the differences' mean.
    """
    differences = np.square(one - happened) - np.square(other - happened)
    days = len(differences)
    if days < 2 or not np.isfinite(differences).all():
        return DieboldMariano(nan, nan, days)
    mean, error = float(differences.mean()), float(differences.std(ddof=1)) / sqrt(days)
    if error <= 1e-12 * abs(mean):  # nothing but rounding
        return DieboldMariano(float(np.copysign(np.inf, mean)), 0.0, days) if mean else DieboldMariano(0.0, 1.0, days)
    statistic = mean / error
    return DieboldMariano(statistic, _two_sided(statistic, days - 1), days)


def lucky_share(guess: float, questions: int) -> float:
    """The share of ``questions`` that guessing gets right with luck: more in one of forty tries alone.

    guess: the share that guessing gets right in the long run. By the normal approximation.
    """
    return min(1.0, guess + 1.96 * sqrt(guess * (1 - guess) / questions))


def _two_sided(statistic: float, freedom: int) -> float:
    """P(|t| >= |statistic|) of Student's t. Source: Abramowitz and Stegun 1964, 26.7.3 and 26.7.4."""
    angle = atan(abs(statistic) / sqrt(freedom))
    odd = freedom % 2
    steps = np.arange(1, (freedom - odd) // 2)
    terms = np.cumprod(np.r_[1.0, (2 * steps - 1 + odd) / (2 * steps + odd) * cos(angle) ** 2])
    if not odd:
        inside = sin(angle) * terms.sum()
    else:
        inside = 2 / pi * (angle + (sin(angle) * cos(angle) * terms.sum() if freedom > 1 else 0.0))
    return float(np.clip(1 - inside, 0.0, 1.0))
