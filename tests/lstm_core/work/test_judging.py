"""Judgements: predictions and scores from weights and series alone, in one piece and in many."""

from dataclasses import replace

import numpy as np
import pytest

from lstm_core import pieces
from lstm_core.forecasting.significance import diebold_mariano
from lstm_core.training.windows import Windows
from lstm_core.work import judging
from tests.helpers.reference import predictions
from tests.helpers.settings import returns
from tests.helpers.small_slices import SMALL, assert_predicts
from tests.helpers.small_wave import SERIES, VALUES, seen, to_price


def test_a_judgement_holds_all_that_is_asked_of_a_network_that_stands_still(kept):
    judgement = judging.judge(SMALL, SERIES, kept[3], 3, horizon=4)
    assert judgement.epoch == 3
    assert_predicts(judgement.predictions, 3, kept[3], np.arange(9, 120))
    test = judgement.predictions.days >= 102
    errors = judgement.predictions.values[test] - VALUES[102:]
    assert judgement.evaluation.metrics["network"].rmse == pytest.approx(np.sqrt(np.mean(errors**2)))
    assert judgement.forecast is not None
    assert len(judgement.forecast.values) == 4
    assert judgement.forecast.values[0] == pytest.approx(to_price(predictions(kept[3], seen(119))[-1], VALUES[119]))


def test_a_judgement_in_many_pieces_is_the_same_up_to_rounding(kept, monkeypatch):
    whole = judging.judging(SMALL, SERIES, kept[3], 3, horizon=4)
    assert len(whole.calls) == 3  # every day, the newest day, the days that its interval is judged by
    one = whole.all_at_once()
    assert steps_of(whole.calls[1]) == 1
    monkeypatch.setattr(pieces, "_AT_ONCE", pieces.seconds_of(SMALL, 20))
    cut = judging.judging(SMALL, SERIES, kept[3], 3, horizon=4)
    assert len(cut.calls) >= 6
    assert steps_of(cut.calls[-1]) > 1  # a way ahead that is too long for one call
    other = cut.all_at_once()
    np.testing.assert_allclose(other.predictions.values, one.predictions.values, rtol=1e-6)
    assert other.evaluation.metrics["network"].rmse == pytest.approx(one.evaluation.metrics["network"].rmse, rel=1e-5)
    np.testing.assert_allclose(other.forecast.values, one.forecast.values, rtol=1e-6)
    np.testing.assert_allclose(other.forecast.upper, one.forecast.upper, rtol=1e-5)


def steps_of(call) -> int:
    """Calls that one of a request's pieces takes until it has its result."""
    result, steps = call(), 1
    while isinstance(result, pieces.Rest):
        result, steps = result.call(), steps + 1
    return steps


LARGE = returns(hidden_size=128, num_layers=2, window_length=250)


@pytest.mark.parametrize("ends", [0, 1, 7, 700])
def test_a_cut_loses_no_window_and_no_group_takes_longer_than_a_call_may(ends):
    groups = pieces.cut(np.arange(ends), LARGE)
    np.testing.assert_array_equal(np.concatenate([np.arange(0), *groups]), np.arange(ends))
    assert all(pieces.seconds_of(LARGE, len(each)) <= 0.15 for each in groups)
    assert len(pieces.cut(np.arange(700), LARGE, by_equations=True)) > len(pieces.cut(np.arange(700), LARGE))
    assert len(pieces.cut(np.arange(700), replace(LARGE, hidden_size=32, num_layers=1, window_length=60))) == 1


def test_two_networks_are_held_against_each_other_on_the_days_that_both_were_tested_on(kept):
    one, other = (judging.judge(SMALL, SERIES, kept[epoch], epoch, horizon=1).predictions for epoch in (3, 0))
    windows = Windows(VALUES, SMALL)
    told = one.against(other, windows)
    test = one.days >= 102
    expected = diebold_mariano(VALUES[102:], one.values[test], other.values[test])
    assert told == expected
    assert one.against(other.within(np.arange(110)), windows) is None
