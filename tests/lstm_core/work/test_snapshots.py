"""Pictures of a window at every kept age: against torch.nn and numpy, and the facts of the window by hand."""

from dataclasses import replace

import numpy as np
import pytest

from lstm_core import pieces
from lstm_core.training.problems.forecasting.task import Forecasting
from lstm_core.work import snapshots, training
from tests.helpers.reference import lstm_trace, predictions, steady
from tests.helpers.series import series_of, wave
from tests.helpers.settings import returns
from tests.helpers.small_slices import SMALL, assert_shows, first_look
from tests.helpers.small_wave import DEVIATION, MEAN, RETURNS, SERIES, VALUES, seen

LARGE = returns(hidden_size=128, num_layers=2, window_length=250)


@pytest.mark.parametrize("end", [8, 60, 119])
def test_a_film_shows_one_window_at_every_kept_age(kept, end):
    film = snapshots.film(SMALL, SERIES, kept, end)
    assert [snapshot.epoch for snapshot in film.snapshots] == [0, 1, 2, 3]
    for snapshot, weights in zip(film.snapshots, kept.values(), strict=True):
        assert_shows(snapshot, weights, end)
    states = [np.abs(lstm_trace(weights, seen(end))["cell_state"]).ravel() for weights in kept.values()]
    assert film.cell_state_bound == pytest.approx(np.percentile(np.concatenate(states), 98), rel=1e-4)


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


@pytest.mark.parametrize(("asked", "given"), [(-5, 8), (0, 8), (8, 8), (119, 119), (120, 119), (10**9, 119)])
def test_a_window_beyond_the_series_is_the_nearest_there_is(asked, given):
    assert first_look(asked)[1].end == given


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


def test_series_of_one_name_are_not_mixed_up():
    """Workers keep windows from one slice to the next."""
    ends = [first_look(50, series=series_of(VALUES * k))[1].target_values[0] for k in (1, 2, 1)]
    assert ends == [VALUES[44], 2 * VALUES[44], VALUES[44]]
    assert [len(first_look(50, replace(SMALL, window_length=length))[1].target) for length in (8, 9)] == [8, 9]


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
