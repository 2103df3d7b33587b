"""Could chance have done it? By hand, by another implementation, and on walks that nobody can foresee."""

import numpy as np
import pytest
from dieboldmariano import dm_test

from lstm_core.forecasting.significance import FEWEST_DAYS, LEVEL, DieboldMariano, diebold_mariano, lucky_share

TRIES = 2000


def test_by_hand():
    """Squared errors 2, 4, 9, 16 against 1, 2, 6, 10: differences 1, 2, 3, 6, mean 3, variance 14/3."""
    one, other = np.sqrt([2.0, 4.0, 9.0, 16.0]), np.sqrt([1.0, 2.0, 6.0, 10.0])
    told = diebold_mariano(np.zeros(4), one, other)
    assert told.statistic == pytest.approx(3 / np.sqrt(14 / 3 / 4))
    assert told.days == 4
    x = np.linspace(0, told.statistic, 200_001)  # Student's density with three degrees of freedom, added up
    density = 6 * np.sqrt(3) / (np.pi * (3 + x**2) ** 2)
    assert told.p_value == pytest.approx(1 - 2 * np.trapezoid(density, x), abs=1e-9)


@pytest.mark.parametrize("days", [2, 3, 4, 5, 29, 30, 31, 490, 1001])
def test_the_package_says_the_same(days):
    happened, one, other = np.random.default_rng(days).normal(size=(3, days))
    told = diebold_mariano(happened, one, other)
    statistic, p_value = dm_test(list(happened), list(one), list(other), variance_estimator="acf")
    assert told.statistic == pytest.approx(statistic, rel=1e-9)
    assert told.p_value == pytest.approx(p_value, abs=1e-8)


def test_below_zero_the_first_is_better():
    happened = np.random.default_rng(1).normal(size=100)
    near, far = happened + 0.1, happened + np.linspace(0.5, 1, 100)
    assert diebold_mariano(happened, near, far).statistic < 0 < diebold_mariano(happened, far, near).statistic


def walks(days: int, generator: np.random.Generator):
    """Steps (days,) of a random walk in calm and wild times, with tails as heavy as prices have them."""
    volatility = np.exp(np.convolve(generator.normal(scale=0.3, size=days + 19), np.ones(20) / np.sqrt(20), "valid"))
    return volatility * generator.standard_t(5, size=days)


def rejected(days: int, forecast, seed: int) -> tuple[float, float]:
    """Shares of `TRIES` walks on which the first forecast is called better or worse by more than chance."""
    generator = np.random.default_rng(seed)
    tested = []
    for _ in range(TRIES):
        steps = walks(days, generator)
        tested.append(diebold_mariano(steps, *forecast(steps, generator)))
    found = np.array([[told.statistic, told.p_value] for told in tested])
    is_certain = found[:, 1] < LEVEL
    return (is_certain & (found[:, 0] < 0)).mean(), (is_certain & (found[:, 0] > 0)).mean()


@pytest.mark.parametrize("days", [FEWEST_DAYS, 490])
def test_two_equally_good_forecasts_are_told_apart_once_in_twenty_times(days):
    """Both are what cannot be known better, and noise of the same size."""
    better, worse = rejected(days, lambda steps, dice: dice.normal(scale=0.2, size=(2, len(steps))), seed=days)
    spread = 3 * np.sqrt(LEVEL * (1 - LEVEL) / TRIES)
    assert better + worse == pytest.approx(LEVEL, abs=spread)
    assert min(better, worse) > LEVEL / 2 - spread  # both ways


def test_on_random_walks_nothing_is_better_than_naive_by_more_than_chance():
    """A forecast that reads yesterday's step, as a network does: its luck is called skill in one of forty walks."""

    def read(steps, _):
        return np.r_[0.0, 0.05 * steps[:-1]], np.zeros(len(steps))

    better, _ = rejected(490, read, seed=3)
    assert better < LEVEL / 2 + 3 * np.sqrt(LEVEL / 2 / TRIES)


@pytest.mark.parametrize(
    ("differences", "kind"),
    [
        (np.r_[np.ones(10), -np.ones(18)], "too_few"),
        (np.zeros(40), "same"),
        (np.tile([1.0, -0.9], 20), "chance"),
        (np.tile([1.0, 0.9], 20), "more_than_chance"),
        (np.full(40, 0.1), "more_than_chance"),
        (np.r_[np.zeros(39), np.nan], "unknown"),
        (np.r_[np.zeros(39), np.inf], "unknown"),
    ],
)
def test_what_can_be_said(differences, kind):
    """The first forecast's squared error is larger than the other's by ``differences``."""
    one, other = np.sqrt(4 + differences), np.full(len(differences), 2.0)
    told = diebold_mariano(np.zeros(len(differences)), one, other)
    assert told.kind == kind
    assert "nan" not in str(told.sentence("day"))
    assert "inf" not in str(told.sentence("day"))


def test_its_sentences():
    assert str(DieboldMariano(-0.8, 0.42, 490).sentence("day")) == (
        "Chance could have done that: the difference is 0.8 standard errors."
    )
    assert str(DieboldMariano(2.6, 0.01, 490).sentence("day")) == (
        "That is more than chance, which does it once in twenty times at most: the difference is 2.6 standard errors."
    )
    assert str(DieboldMariano(2.6, 0.01, 9).sentence("month")) == (
        "9 months are too few to tell whether chance did that: at least 30 are needed."
    )


def test_for_json():
    assert diebold_mariano(np.zeros(1), np.ones(1), np.ones(1)).to_dict() == {"statistic": None, "p_value": None}
    assert diebold_mariano(np.zeros(40), np.ones(40), np.zeros(40)).to_dict() == {"statistic": None, "p_value": 0.0}
    assert DieboldMariano(0.5, 0.6, 40).to_dict() == {"statistic": 0.5, "p_value": 0.6}


@pytest.mark.parametrize(("guess", "count"), [(0.5, 512), (0.1, 256)])
def test_what_guessing_reaches_with_luck_it_passes_in_one_of_forty_tries(guess, count):
    right = np.random.default_rng(2).binomial(count, guess, size=100_000) / count
    assert (right > lucky_share(guess, count)).mean() == pytest.approx(0.025, abs=0.006)
    assert lucky_share(1.0, count) == 1
