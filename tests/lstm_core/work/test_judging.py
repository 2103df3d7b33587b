"""Judgements: predictions and scores from weights and series alone, in one piece and in many."""

import numpy as np
import pytest

from lstm_core import pieces
from lstm_core.work import judging
from tests.helpers.reference import predictions
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
    monkeypatch.setattr(pieces, "_AT_ONCE", 1e5)
    cut = judging.judging(SMALL, SERIES, kept[3], 3, horizon=4)
    assert len(cut.calls) >= 6
    one, other = whole.all_at_once(), cut.all_at_once()
    np.testing.assert_allclose(other.predictions.values, one.predictions.values, rtol=1e-6)
    assert other.evaluation.metrics["network"].rmse == pytest.approx(one.evaluation.metrics["network"].rmse, rel=1e-5)
    np.testing.assert_allclose(other.forecast.values, one.forecast.values, rtol=1e-6)
    np.testing.assert_allclose(other.forecast.upper, one.forecast.upper, rtol=1e-5)
