"""A small training on the small wave, and how its pictures and predictions are held against torch and numpy."""

import numpy as np

from lstm_core.data.series import Series
from lstm_core.hyperparameters import Resolved
from lstm_core.training.problems.forecasting.task import Forecasting
from lstm_core.work import judging, snapshots, training
from tests.helpers.reference import lstm_trace, predictions
from tests.helpers.settings import returns
from tests.helpers.small_wave import SERIES, VALUES, seen, to_price

SMALL = returns(hidden_size=4, num_layers=2, window_length=8, burn_in=2, batch_size=2, stride=3, epochs=3, seed=2)
TASK = Forecasting(SMALL, SERIES)


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


def assert_predicts(found: judging.Predictions | None, epoch: float, weights, days: np.ndarray) -> None:
    assert found is not None
    assert found.epoch == epoch
    np.testing.assert_array_equal(found.days, days)
    np.testing.assert_array_equal(found.naive, VALUES[days - 1])
    expected = [to_price(predictions(weights, seen(day - 1))[-1], VALUES[day - 1]) for day in days]
    np.testing.assert_allclose(found.values, expected, rtol=1e-6)
