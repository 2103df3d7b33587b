"""Series near the shortest that can be trained: the verdict never hangs on the forecast, and neither raises."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core.errors import InvalidArgument
from lstm_core.forecasting.predict import longest_horizon
from lstm_core.hyperparameters import Hyperparameters
from lstm_core.network.forecaster import build, save_weights
from lstm_core.training.windows import PARTS, Windows, resolved
from lstm_core.work import judging
from tests.helpers.series import walk

SHORT = Hyperparameters(hidden_size=2, window_length=4, burn_in=1, epochs=1)


def judged(length: int, horizon: int = 20, hyperparameters: Hyperparameters = SHORT) -> judging.Judgement:
    series = walk(length)
    chosen = resolved(hyperparameters, series)
    return judging.judge(chosen, series, save_weights(build(chosen)), 0, horizon)


def shortest(hyperparameters: Hyperparameters) -> int:
    """The fewest observations that are not refused."""
    for length in range(3, 400):
        try:
            Windows(walk(length).values, resolved(hyperparameters, walk(length)))
        except InvalidArgument:
            continue
        return length
    raise AssertionError("all are refused")


@pytest.mark.parametrize("length", [14, 20, 60, 120, 133, 134, 140])
def test_a_horizon_that_is_too_long_is_cut_and_the_verdict_stands(length):
    told = judged(length)
    windows = Windows(walk(length).values, resolved(SHORT, walk(length)))
    start, stop = windows.bounds["validation"]
    assert told.forecast is not None
    assert len(told.forecast.values) == min(20, stop - start) == min(20, longest_horizon(windows))
    assert told.evaluation.days == len(windows.ends("test"))
    assert told.evaluation.diebold_mariano.kind == ("too_few" if told.evaluation.days < 30 else "chance")
    assert (told.forecast.lower <= told.forecast.upper).all()


def test_a_horizon_that_fits_is_what_was_asked_for():
    told = judged(400, horizon=7)
    assert told.forecast is not None
    assert len(told.forecast.values) == 7


@settings(max_examples=60, deadline=None)
@given(
    st.integers(2, 12),
    st.floats(0.1, 0.9),
    st.floats(0.05, 0.5),
    st.integers(0, 5),
    st.sampled_from(["every_step", "last_step"]),
)
def test_the_shortest_series_of_any_settings_is_judged_in_all_its_parts(window, train, validation, more, loss_on):
    if train + validation > 0.95:
        validation = 0.05
        train = min(train, 0.9)
    chosen = Hyperparameters(
        hidden_size=1,
        window_length=window,
        epochs=1,
        loss_on=loss_on,
        train_fraction=train,
        validation_fraction=validation,
    )
    length = shortest(chosen) + more
    windows = Windows(walk(length).values, resolved(chosen, walk(length)))
    for part in PARTS:
        assert len(windows.ends(part)) >= 1, part
        assert len(windows.scoring_ends(part)) >= 1, part
    told = judged(length, hyperparameters=chosen)
    assert np.isfinite(told.evaluation.metrics["naive"].rmse)
    assert told.forecast is not None
    assert np.isfinite(told.forecast.naive).all()
