"""Forecast intervals against their definition, and against futures that really came."""

from fractions import Fraction
from math import ceil

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.forecasting.predict import _conformal_width, forecast
from lstm_core.hyperparameters import Resolved
from lstm_core.network.forecaster import build
from lstm_core.training.windows import Windows
from tests.helpers.reference import steady
from tests.helpers.series import series_of

RETURNS = Resolved(hidden_size=1, window_length=6, burn_in=1, inputs=("log_return",), target="log_return")
LEVELS = Resolved(hidden_size=1, window_length=3, burn_in=0, inputs=("level",), target="level")


def naive_network(windows: Windows):
    """Predicts a log return of zero."""
    mean, deviation = windows.scales["log_return"]
    size = windows.hyperparameters.hidden_size
    return build(windows.hyperparameters, steady(size, 1, -mean / deviation))


def walk(length: int, seed: int) -> np.ndarray:
    return 50 * np.exp(np.cumsum(np.random.default_rng(seed).normal(scale=0.02, size=length)))


@given(
    errors=st.lists(st.floats(0, 1e6), min_size=1, max_size=30),
    level=st.sampled_from(["0.05", "0.5", "0.8", "0.9", "0.95", "most"]),
)
def test_the_width_is_the_rank_of_split_conformal_prediction(errors, level):
    """In fractions: of n errors the one of rank (n + 1) * level, rounded up; n / (n + 1) is the most they vouch for."""
    n = len(errors)
    share = min(Fraction(n, n + 1), Fraction(n, n + 1) if level == "most" else Fraction(level))
    width = _conformal_width(np.array(errors)[:, None], float(share))
    assert width.shape == (1,)
    assert sum(error <= width[0] for error in errors) >= ceil((n + 1) * share)
    assert sum(error < width[0] for error in errors) < ceil((n + 1) * share)


def test_rounding_does_not_move_the_rank():
    """100 * 0.55 is a little more than 55 in floating point."""
    assert _conformal_width(np.arange(1.0, 100.0)[:, None], 0.55)[0] == 55


def test_a_path_that_could_not_be_followed_counts_as_the_worst():
    errors = np.array([[np.nan, 1.0], [2.0, np.nan], [1.0, 3.0]])
    np.testing.assert_array_equal(_conformal_width(errors, 0.5), [2.0, 3.0])
    np.testing.assert_array_equal(_conformal_width(errors, 0.75), [np.nan, np.nan])


@pytest.mark.parametrize(("length", "horizon", "apart"), [(400, 1, 1), (400, 7, 1), (60, 3, 1), (2000, 2, 2)])
def test_the_interval_of_the_naive_network_by_hand(length, horizon, apart):
    """Its errors h days ahead are the log returns over h days; beyond 250 origins every second one is enough."""
    series = series_of(walk(length, seed=1))
    windows = Windows(series.values, RETURNS)
    start, stop = round(0.7 * length), round(0.85 * length)
    origins = np.arange(start - 1, stop - horizon)[::apart]
    level = min(Fraction(9, 10), Fraction(len(origins), len(origins) + 1))
    ahead = forecast(naive_network(windows), windows, series, horizon)
    assert ahead.level == pytest.approx(float(level))
    for h in range(1, horizon + 1):
        errors = sorted(abs(np.log(series.values[origins + h] / series.values[origins])))
        width = errors[ceil((len(errors) + 1) * level) - 1]
        assert ahead.lower[h - 1] == pytest.approx(series.values[-1] * np.exp(-width), rel=1e-5)
        assert ahead.upper[h - 1] == pytest.approx(series.values[-1] * np.exp(width), rel=1e-5)


def test_the_interval_of_a_series_around_zero_is_absolute():
    values = np.random.default_rng(0).normal(size=200)
    series, windows = series_of(values), Windows(values, LEVELS)
    mean, deviation = values[:140].mean(), values[:140].std()
    ahead = forecast(build(LEVELS, steady(1, 1, (0.5 - mean) / deviation)), windows, series, 1, level=0.8)
    width = sorted(abs(values[140:170] - 0.5))[ceil(31 * 0.8) - 1]
    np.testing.assert_allclose([ahead.lower[0], ahead.upper[0]], [0.5 - width, 0.5 + width], rtol=1e-5)


def test_the_interval_of_a_forecast_below_zero_is_absolute():
    """Of a negative price there is no relative error. This network falls with what it sees; the last day is a shock."""
    values = np.append(10 + np.random.default_rng(0).normal(size=199), 1000.0)
    series, windows = series_of(values), Windows(values, LEVELS)
    weights = steady(1, 1, 0.0)
    weights["bias_ih_l0"][[0, 1, 3]] = 30, -30, 30  # input and output gate open, forget gate shut
    weights["weight_ih_l0"][2] = 1e-4
    weights["head.weight"][0] = -1000
    ahead = forecast(build(LEVELS, weights), windows, series, 1)
    assert ahead.values[0] < 0
    assert ahead.upper[0] - ahead.values[0] == pytest.approx(ahead.values[0] - ahead.lower[0])
    assert ahead.lower[0] < ahead.upper[0]


def test_the_interval_holds_its_level_on_simulated_futures():
    """300 random walks, each forecast 3 days ahead of where it really went; 45 errors vouch for 42 / 46 = 91 %."""
    inside = []
    for seed in range(300):
        path = walk(303, seed)
        series = series_of(path[:300])
        windows = Windows(series.values, RETURNS)
        ahead = forecast(naive_network(windows), windows, series, 3)
        inside.append((ahead.lower <= path[300:]) & (path[300:] <= ahead.upper))
    share = np.mean(inside, axis=0)
    assert 0.87 < share[0] < 0.96  # two standard errors of 300 tries are 3.3 %
    assert (share[1:] > 0.8).all()  # errors of days that overlap are fewer than they look
    assert (share[1:] < 0.96).all()
