"""Tasks: the same weights as training in one go, pictures against torch.nn and numpy, results that need no torch."""

import pickle
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
import torch

from lstm_core.training.loop import advance, start
from lstm_core.training.problems.forecasting.problem import ForecastingProblem
from lstm_core.training.problems.forecasting.task import Forecasting
from lstm_core.training.windows import Windows
from lstm_core.work import judging, snapshots, training
from tests.helpers.places import ROOT
from tests.helpers.reference import predictions
from tests.helpers.series import wave
from tests.helpers.small_slices import SMALL, TASK, assert_predicts, assert_shows
from tests.helpers.small_wave import DEVIATION, MEAN, RETURNS, SERIES, VALUES, seen, to_price


def test_a_chain_of_slices_ends_at_the_weights_of_one_training(slices):
    resolved = replace(SMALL, inputs=("log_return",), target="log_return")
    windows = Windows(VALUES, resolved)
    problem = ForecastingProblem(windows)
    whole, reports = advance(start(problem)[0], problem, 1e9)
    assert len(slices) > len(reports) + 1
    for name, value in whole.weights.items():
        assert value.tobytes() == slices[-1].checkpoint.weights[name].tobytes()
    sliced = [report for each in slices[1:] for report in each.reports]
    assert [(r.epoch, r.train_loss, r.validation_loss) for r in sliced] == [
        (r.epoch, r.train_loss, r.validation_loss) for r in reports
    ]


def test_the_first_slice_trains_nothing(slices):
    assert slices[0].checkpoint.epoch == 0
    assert [report.epoch for report in slices[0].reports] == [0]
    torch.manual_seed(2)
    network = torch.nn.LSTM(1, 4, 2)
    np.testing.assert_array_equal(slices[0].checkpoint.weights["weight_hh_l1"], network.state_dict()["weight_hh_l1"])


def test_a_slice_can_be_told_how_many_epochs():
    first = training.train_slice(TASK, None, 1e9)
    second = training.train_slice(TASK, first.checkpoint, 1e9, epochs=2)
    assert [report.epoch for report in second.reports] == [1, 2]
    assert (second.snapshot, second.facts) == (None, None)


def test_the_naive_loss_is_that_of_a_return_of_zero(slices):
    assert [dict(each.baseline_scores) for each in slices[1:]] == [{}] * (len(slices) - 1), "it is told once"
    errors = (0 - MEAN) / DEVIATION - (RETURNS[83:101] - MEAN) / DEVIATION  # asked of days 84 to 101
    assert slices[0].baseline_scores["loss"] == pytest.approx(np.mean(errors**2), rel=1e-5)


def test_each_slice_shows_its_own_weights(slices):
    for each in slices[:3] + slices[-1:]:
        assert_shows(each.snapshot, each.checkpoint.weights, 100)


def test_a_picture_knows_its_age(slices):
    snapshots = [each.snapshot for each in slices if each.snapshot]
    ages = [snapshot.epoch for snapshot in snapshots]
    assert ages == sorted(set(ages))  # it grows with every slice
    assert (ages[0], ages[-1]) == (0, 3)
    for each, age in zip(slices, ages, strict=True):
        assert 0 <= age - each.checkpoint.epoch < 1
        assert (age > each.checkpoint.epoch) == (each.checkpoint.batch > 0)


def test_after_divergence_the_picture_is_of_the_weights_that_are_left(slices):
    middle = next(each.checkpoint for each in slices if each.checkpoint.epoch == 2 and each.checkpoint.batch)
    poisoned = replace(
        middle, weights={**middle.weights, "head.bias": np.array([np.nan], dtype=np.float32)}, best_epoch=1
    )
    after = training.train_slice(TASK, poisoned, 1e9, window_end=100)
    assert after.checkpoint.outcome == "diverged"
    assert after.snapshot is not None
    assert after.snapshot.epoch == 1
    assert_shows(after.snapshot, middle.best_weights, 100)


def assert_predicts_end_to_end(found: judging.Predictions | None, epoch: float, weights, watched: int) -> None:
    """Windows of 8 days that follow one another, 6 scored days each, the watched one among them."""
    assert found is not None
    assert found.epoch == epoch
    expected: dict[int, float] = {}
    for end in (*range(8 + (watched - 8) % 6, 119, 6), 8, 118):
        prices = to_price(predictions(weights, seen(end)), VALUES[end - 7 : end + 1])
        for t in range(2, 8):
            expected.setdefault(end - 7 + t + 1, prices[t])
    np.testing.assert_array_equal(found.days, sorted(expected))
    np.testing.assert_array_equal(found.naive, VALUES[found.days - 1])
    np.testing.assert_allclose(found.values, [expected[day] for day in found.days], rtol=1e-6)


def test_while_it_learns_windows_end_to_end_predict_every_day_beside_naive(kept):
    assert training.train_slice(TASK, None, 0, window_end=100).predictions is None
    begun = training.train_slice(TASK, None, 0, with_predictions=True)
    assert_predicts_end_to_end(begun.predictions, 0, kept[0], 118)
    assert begun.predictions is not None
    np.testing.assert_array_equal(begun.predictions.days, np.arange(4, 120))
    assert begun.predictions_seconds > 0
    later = training.train_slice(TASK, begun.checkpoint, 0, window_end=100, with_predictions=True)
    assert later.snapshot is not None
    assert_predicts_end_to_end(later.predictions, later.snapshot.epoch, later.checkpoint.weights, 100)


@pytest.mark.parametrize("watched", [8, 60, 100, 117, 118, 119])
def test_the_watched_windows_predictions_are_those_of_its_lanes(watched):
    found = training.train_slice(TASK, None, 0, window_end=watched, with_predictions=True)
    assert found.snapshot is not None
    assert found.predictions is not None
    days = np.arange(watched - 4, min(watched + 2, 120))  # after the two that warm up
    at = np.searchsorted(found.predictions.days, days)
    np.testing.assert_array_equal(found.predictions.days[at], days)
    np.testing.assert_allclose(found.predictions.values[at], found.snapshot.values[2 : 2 + len(days)], rtol=1e-6)


def test_of_a_long_series_some_days_are_enough():
    long = wave(1000, noise=0.2)
    found = training.train_slice(Forecasting(SMALL, long), None, 0, window_end=500, with_predictions=True).predictions
    assert found is not None
    assert 240 <= len(found.days) <= 246
    assert (found.days[0], found.days[-1]) == (4, 999)
    assert set(np.diff(found.days)) <= {1, 2, 3, 4, 5}
    assert {*range(496, 502)} <= {*found.days.tolist()}
    np.testing.assert_array_equal(found.naive, long.values[found.days - 1])


def test_where_the_last_step_alone_is_scored_each_day_has_a_window_of_its_own():
    last = replace(SMALL, loss_on="last_step")
    found = training.train_slice(Forecasting(last, SERIES), None, 0, window_end=100, with_predictions=True)
    assert_predicts(found.predictions, 0, found.checkpoint.weights, np.arange(9, 120))


def test_a_warm_worker_computes_on_one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(2)
    training.warm_up()
    assert torch.get_num_threads() == 1
    torch.set_num_threads(before)


UNPICKLE = """
import pickle, sys
sys.modules["torch"] = None  # whoever imports it now fails
for each in pickle.load(sys.stdin.buffer):
    print(type(each).__name__)
"""


def test_results_arrive_where_there_is_no_torch(slices, kept):
    results = [
        slices[-1],
        snapshots.film(SMALL, SERIES, kept, 100),
        judging.judge(SMALL, SERIES, kept[3], 3, horizon=2),
    ]
    done = subprocess.run(
        [sys.executable, "-c", UNPICKLE],
        input=pickle.dumps(results),
        capture_output=True,
        cwd=ROOT,
    )
    assert done.stdout.decode().split() == ["Slice", "Film", "Judgement"], done.stderr.decode()
