"""Tasks: the same weights as training in one go, pictures against torch.nn and numpy, results that need no torch."""

import pickle
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from lstm_core import pieces
from lstm_core.data.series import Series
from lstm_core.forecasting.significance import diebold_mariano
from lstm_core.hyperparameters import Resolved
from lstm_core.training.loop import advance, start
from lstm_core.training.problems.forecasting.problem import ForecastingProblem
from lstm_core.training.problems.forecasting.task import Forecasting
from lstm_core.training.windows import Windows
from lstm_core.work import judging, snapshots, training
from tests.core.reference import lstm_trace, predictions, steady
from tests.core.series_for_tests import series_of, wave
from tests.settings_for_tests import returns

SERIES = wave(120, noise=0.2)
VALUES = SERIES.values
RETURNS = np.diff(np.log(VALUES))
MEAN, DEVIATION = RETURNS[:83].mean(), RETURNS[:83].std()  # of the first 84 days, 0.7 of 120
SMALL = returns(hidden_size=4, num_layers=2, window_length=8, burn_in=2, batch_size=2, stride=3, epochs=3, seed=2)
TASK = Forecasting(SMALL, SERIES)


def seen(end: int) -> np.ndarray:
    """The inputs (T, 1) of the window that ends on a day: scaled log returns."""
    return ((RETURNS[end - 8 : end] - MEAN) / DEVIATION)[:, None]


def to_price(scaled: np.ndarray, today: np.ndarray) -> np.ndarray:
    return today * np.exp(scaled * DEVIATION + MEAN)


def chain(seconds: float, hyperparameters: Resolved = SMALL, window_end: int | None = 100) -> list[training.Slice]:
    """Every slice of a training, the one before the first batch included."""
    slices = [training.train_slice(Forecasting(hyperparameters, SERIES), None, seconds, window_end=window_end)]
    while not slices[-1].checkpoint.is_over:
        slices.append(
            training.train_slice(
                Forecasting(hyperparameters, SERIES), slices[-1].checkpoint, seconds, window_end=window_end
            )
        )
        assert len(slices) < 100, "a slice that gets nowhere"
    return slices


def first_look(
    window_end: int, hyperparameters: Resolved = SMALL, series: Series = SERIES
) -> tuple[snapshots.Snapshot, snapshots.WindowFacts]:
    """Of a network that has not been trained."""
    begun = training.train_slice(Forecasting(hyperparameters, series), None, 0, window_end=window_end)
    assert begun.snapshot is not None
    assert begun.facts is not None
    return begun.snapshot, begun.facts


@pytest.fixture(scope="module")
def slices() -> list[training.Slice]:
    return chain(seconds=0)


@pytest.fixture(scope="module")
def kept(slices) -> dict:
    """Weights after 0, 1, 2 and 3 epochs."""
    reports = [report for each in slices for report in each.reports]
    return {report.epoch: report.weights for report in reports}


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


def assert_shows(snapshot: snapshots.Snapshot | None, weights, end: int) -> None:
    """Every number of the picture, from the weights and the series alone."""
    assert snapshot is not None
    expected = lstm_trace(weights, seen(end))
    np.testing.assert_allclose(snapshot.trace.inputs, seen(end), rtol=1e-5, atol=1e-6)
    assert tuple(snapshot.trace.activations) == tuple(expected)
    for name, values in expected.items():
        assert snapshot.trace.activations[name].shape == (2, 8, 4)
        np.testing.assert_allclose(snapshot.trace.activations[name], values, atol=2e-6)
    scaled = predictions(weights, seen(end))
    np.testing.assert_allclose(snapshot.trace.prediction, scaled, atol=2e-6)
    np.testing.assert_allclose(snapshot.values, to_price(scaled, VALUES[end - 7 : end + 1]), rtol=1e-6)
    np.testing.assert_array_equal(snapshot.head_weight, weights["head.weight"][0])
    assert snapshot.head_bias == weights["head.bias"][0]


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


@pytest.mark.parametrize("end", [8, 60, 119])
def test_a_film_shows_one_window_at_every_kept_age(kept, end):
    film = snapshots.film(SMALL, SERIES, kept, end)
    assert [snapshot.epoch for snapshot in film.snapshots] == [0, 1, 2, 3]
    for snapshot, weights in zip(film.snapshots, kept.values(), strict=True):
        assert_shows(snapshot, weights, end)
    states = [np.abs(lstm_trace(weights, seen(end))["cell_state"]).ravel() for weights in kept.values()]
    assert film.cell_state_bound == pytest.approx(np.percentile(np.concatenate(states), 98), rel=1e-4)


@pytest.mark.parametrize(("asked", "given"), [(-5, 8), (0, 8), (8, 8), (119, 119), (120, 119), (10**9, 119)])
def test_a_window_beyond_the_series_is_the_nearest_there_is(asked, given):
    assert first_look(asked)[1].end == given


@pytest.mark.parametrize("cell", ["GRU", "RNN"])
def test_without_a_cell_state_the_bound_is_one(cell):
    small = replace(SMALL, cell=cell)
    weights = training.train_slice(Forecasting(small, SERIES), None, 0).checkpoint.weights
    film = snapshots.film(small, SERIES, {0: weights}, 50)
    assert film.cell_state_bound == 1
    expected = predictions(weights, seen(50), cell)
    np.testing.assert_allclose(film.snapshots[0].trace.prediction, expected, atol=2e-6)


def test_a_cell_state_of_zero_has_a_bound_all_the_same():
    assert snapshots.film(replace(SMALL, num_layers=1), SERIES, {0: steady(4, 1, 0.5)}, 50).cell_state_bound == 1


def test_the_facts_of_a_window_by_hand():
    _, facts = first_look(50)
    assert facts.end == 50
    np.testing.assert_array_equal(facts.naive_values, VALUES[43:51])
    np.testing.assert_array_equal(facts.target_values, VALUES[44:52])
    np.testing.assert_allclose(facts.target, (RETURNS[43:51] - MEAN) / DEVIATION, rtol=1e-4, atol=1e-6)
    assert facts.scale == pytest.approx((MEAN, DEVIATION))


def test_what_follows_the_last_day_is_not_known():
    _, facts = first_look(119)
    np.testing.assert_array_equal(facts.target_values, [*VALUES[113:], np.nan])
    np.testing.assert_array_equal(np.isnan(facts.target), [False] * 7 + [True])
    np.testing.assert_array_equal(facts.naive_values, VALUES[112:])


def assert_predicts(found: judging.Predictions | None, epoch: float, weights, days: np.ndarray) -> None:
    assert found is not None
    assert found.epoch == epoch
    np.testing.assert_array_equal(found.days, days)
    np.testing.assert_array_equal(found.naive, VALUES[days - 1])
    expected = [to_price(predictions(weights, seen(day - 1))[-1], VALUES[day - 1]) for day in days]
    np.testing.assert_allclose(found.values, expected, rtol=1e-6)


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


def test_a_film_of_a_large_network_is_cut_and_the_same_up_to_its_last_bit(monkeypatch):
    small, many = replace(SMALL, num_layers=1), {epoch: steady(4, 1, 0.1 * epoch) for epoch in range(6)}
    whole = snapshots.filming(small, SERIES, many, 100)
    assert len(whole.calls) == 1
    assert len(snapshots.filming(LARGE, wave(2000), {epoch: {} for epoch in range(24)}, 1000).calls) > 2
    monkeypatch.setattr(pieces, "_AT_ONCE", 8.1 * pieces.seconds_of(small, 1))
    cut = snapshots.filming(small, SERIES, many, 100)
    assert len(cut.calls) == 3
    one, other = whole.all_at_once(), cut.all_at_once()
    assert [each.epoch for each in other.snapshots] == list(many)
    assert other.cell_state_bound == one.cell_state_bound
    for mine, its in zip(one.snapshots, other.snapshots, strict=True):
        np.testing.assert_array_equal(mine.trace.activations["cell_state"], its.trace.activations["cell_state"])


def test_series_of_one_name_are_not_mixed_up():
    """Workers keep windows from one slice to the next."""
    ends = [first_look(50, series=series_of(VALUES * k))[1].target_values[0] for k in (1, 2, 1)]
    assert ends == [VALUES[44], 2 * VALUES[44], VALUES[44]]
    assert [len(first_look(50, replace(SMALL, window_length=length))[1].target) for length in (8, 9)] == [8, 9]


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
        cwd=Path(__file__).parents[2],
    )
    assert done.stdout.decode().split() == ["Slice", "Film", "Judgement"], done.stderr.decode()


def test_two_networks_are_held_against_each_other_on_the_days_that_both_were_tested_on(kept):
    one, other = (judging.judge(SMALL, SERIES, kept[epoch], epoch, horizon=1).predictions for epoch in (3, 0))
    windows = Windows(VALUES, SMALL)
    told = one.against(other, windows)
    test = one.days >= 102
    expected = diebold_mariano(VALUES[102:], one.values[test], other.values[test])
    assert told == expected
    assert one.against(other.within(np.arange(110)), windows) is None
