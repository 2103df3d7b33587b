"""Metrics against their formulas in numpy, naive against itself, and a network that has learnt something."""

import json

import numpy as np
import pytest
from dieboldmariano import dm_test

from lstm_core.data.series import Series
from lstm_core.forecasting.evaluation import Evaluation, evaluate, r_squared
from lstm_core.hyperparameters import Resolved
from lstm_core.network.forecaster import build, save_weights
from lstm_core.runs.run import Run
from lstm_core.runs.train import train_whole
from lstm_core.training.windows import Windows
from tests.helpers.reference import predictions, steady
from tests.helpers.series import series_of, wave

RETURNS = Resolved(hidden_size=4, window_length=6, burn_in=1, inputs=("log_return",), target="log_return", seed=1)
# 100 days: 70 to train on, 15 to validate on, 15 to test on.
PARTS = {"validation": range(70, 85), "test": range(85, 100)}


def evaluated(series: Series, weights=None, part: str = "test") -> Evaluation:
    return evaluate(build(RETURNS, weights), Windows(series.values, RETURNS), series, part)


def always(values: np.ndarray, log_return: float) -> dict[str, np.ndarray]:
    """Weights of a network that predicts the same log return every day."""
    returns = np.diff(np.log(values[:70]))
    return steady(4, 1, (log_return - returns.mean()) / returns.std())


@pytest.mark.parametrize("part", PARTS)
def test_the_metrics_are_their_formulas(part):
    series = wave(100, noise=0.3)
    values, days = series.values, np.array(PARTS[part])
    returns = np.diff(np.log(values))
    scaled = (returns - returns[:69].mean()) / returns[:69].std()
    weights = save_weights(build(RETURNS))
    last = np.array([predictions(weights, scaled[day - 7 : day - 1, None])[-1] for day in days])
    foreseen = {
        "network": values[days - 1] * np.exp(last * returns[:69].std() + returns[:69].mean()),
        "naive": values[days - 1],
        "drift": values[days - 1] + (values[69] - values[0]) / 69,
    }
    result = evaluated(series, part=part)
    assert (result.part, result.days, set(result.metrics)) == (part, 15, set(foreseen))
    for name, predicted in foreseen.items():
        errors, metrics = predicted - values[days], result.metrics[name]
        assert metrics.rmse == pytest.approx(np.sqrt(np.mean(errors**2)), rel=1e-5)
        assert metrics.mae == pytest.approx(np.mean(np.abs(errors)), rel=1e-5)
        naive_mae = np.mean(np.abs(values[days - 1] - values[days]))
        assert metrics.relative_mae == pytest.approx(np.mean(np.abs(errors)) / naive_mae, rel=1e-5)
        if name != "naive":
            rises = (predicted > values[days - 1]) == (values[days] > values[days - 1])
            assert metrics.direction == pytest.approx(np.mean(rises))
    skill = 1 - result.metrics["network"].rmse / result.metrics["naive"].rmse
    assert result.skill == pytest.approx(skill)
    ups = np.mean(values[days] > values[days - 1])
    assert result.majority == pytest.approx(max(ups, 1 - ups))
    squares = {name: list((predicted - values[days]) ** 2) for name, predicted in foreseen.items()}
    nothing = [0.0] * len(days)
    tested = dm_test(
        nothing, squares["network"], squares["naive"], loss=lambda _, square: square, variance_estimator="acf"
    )
    assert (result.diebold_mariano.statistic, result.diebold_mariano.p_value) == pytest.approx(tested, rel=1e-4)


def test_naive_measured_against_itself_is_worth_nothing():
    series = wave(100, noise=0.3)
    result = evaluated(series, always(series.values, 0.0))
    assert result.skill == pytest.approx(0, abs=1e-5)
    assert result.metrics["network"].relative_mae == pytest.approx(1, abs=1e-5)
    assert result.metrics["naive"].relative_mae == 1


def test_naive_never_says_where_it_goes():
    assert evaluated(wave(100, noise=0.3)).metrics["naive"].direction is None


def test_directions_count_only_days_that_move():
    """The test part: 8 days up, 4 down, 3 still. Who always says up is right on 8 of 12, and so is the majority."""
    steps = [1] * 8 + [0] * 3 + [-1] * 4
    values = np.append(wave(85, noise=0.3).values, wave(85, noise=0.3).values[-1] + np.cumsum(steps) * 0.1)
    up, down = (evaluated(series_of(values), always(values, sign * 0.05)) for sign in (1, -1))
    assert up.majority == pytest.approx(8 / 12)
    assert up.metrics["network"].direction == pytest.approx(8 / 12)
    assert down.metrics["network"].direction == pytest.approx(4 / 12)


def test_the_majority_may_be_falling():
    before = wave(85, noise=0.3).values
    values = np.append(before, before[-1] - 0.2 * np.arange(1, 16))
    result = evaluated(series_of(values), always(values, 0.05))
    assert result.majority == 1
    assert result.metrics["network"].direction == 0


def test_a_test_part_that_stands_still():
    """Naive never errs there: nothing can be better or a multiple of it, and JSON has no word for that."""
    values = np.append(wave(84, noise=0.3).values, np.full(16, 10.0))
    result = evaluated(series_of(values))
    said = json.loads(json.dumps(result.to_dict(), allow_nan=False))
    assert said["skill"] is None
    assert said["metrics"]["naive"] == {"rmse": 0, "mae": 0, "relative_mae": None, "direction": None}
    assert said["metrics"]["network"]["direction"] is None
    assert said["diebold_mariano"]["statistic"] > 0
    assert said["majority_direction"] == 1


def test_what_goes_into_json():
    result = evaluated(wave(100, noise=0.3))
    said = json.loads(json.dumps(result.to_dict(), allow_nan=False))
    assert set(said) == {"part", "days", "majority_direction", "skill", "metrics", "diebold_mariano"}
    assert said["skill"] == result.skill
    assert said["diebold_mariano"] == {
        "statistic": result.diebold_mariano.statistic,
        "p_value": result.diebold_mariano.p_value,
    }
    assert said["metrics"]["drift"] == vars(result.metrics["drift"])


def trained_on_a_sine() -> Run:
    series = series_of(10 + np.sin(np.arange(400) / 4))
    settings = Resolved(
        hidden_size=16, window_length=20, burn_in=5, inputs=("level",), target="level", epochs=25, learning_rate=0.01
    )
    return train_whole(settings, series)


def test_a_sine_is_learnt_much_better_than_naive():
    run = trained_on_a_sine()
    result = evaluate(build(run.hyperparameters, run.weights), run.windows(), run.series)
    assert result.skill > 0.5
    assert result.metrics["network"].relative_mae < 0.5
    direction = result.metrics["network"].direction
    assert direction is not None
    assert direction > 0.85


def test_r_squared_by_hand():
    """Around the mean 2.5 the squares add up to 5; errors of 0.5 each to 1."""
    assert r_squared(np.array([1.5, 1.5, 3.5, 3.5]), np.array([1.0, 2.0, 3.0, 4.0])) == pytest.approx(0.8)
