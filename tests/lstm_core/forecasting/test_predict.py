"""Forecasts against a slow loop over torch.nn, and the dates that they are for."""

import numpy as np
import pytest

from lstm_core.data.series import Series
from lstm_core.errors import InvalidArgument
from lstm_core.forecasting.predict import dates_after, forecast, longest_horizon, one_step, roll
from lstm_core.hyperparameters import Resolved
from lstm_core.network.forecaster import build, save_weights, trace_window
from lstm_core.phrases import verbatim
from lstm_core.training.windows import Windows
from tests.helpers.reference import predictions, steady
from tests.helpers.series import series_of, wave

RETURNS = Resolved(hidden_size=5, window_length=6, burn_in=1, inputs=("log_return",), target="log_return", seed=3)
LEVELS = Resolved(hidden_size=1, window_length=3, burn_in=0, inputs=("level",), target="level")


def naive_network(windows: Windows):
    """Predicts a log return of zero."""
    mean, deviation = windows.scales["log_return"]
    size = windows.hyperparameters.hidden_size
    return build(windows.hyperparameters, steady(size, 1, -mean / deviation))


# One step.


@pytest.mark.parametrize("target", ["log_return", "level", "relative"])
def test_one_step_is_the_traces_last_prediction_in_the_unit_of_the_series(target):
    series = wave(noise=0.3)
    windows = Windows(
        series.values, Resolved(hidden_size=5, window_length=6, burn_in=1, target=target, inputs=("level",))
    )
    forecaster = build(windows.hyperparameters)
    train = series.values[:210]
    for end in (8, 150, 299):
        shown = series.values[end - 5 : end + 1]
        last = trace_window(forecaster, ((shown - train.mean()) / train.std())[:, None].astype(np.float32)).prediction[
            -1
        ]
        unscaled = last * windows.scales[target].deviation + windows.scales[target].mean
        expected = {
            "log_return": shown[-1] * np.exp(unscaled),
            "level": unscaled,
            "relative": shown[0] * (1 + unscaled),
        }
        np.testing.assert_allclose(one_step(forecaster, windows, np.array([end])), expected[target], rtol=1e-6)


def test_many_windows_are_predicted_like_one_at_a_time():
    windows = Windows(wave(700, noise=0.3).values, RETURNS)
    forecaster = build(RETURNS)
    ends = np.arange(windows.first_end, 699)
    together = one_step(forecaster, windows, ends)
    assert together.shape == (693,)
    for k in (0, 511, 512, 513, 692):  # around the size of a batch
        np.testing.assert_allclose(together[k], one_step(forecaster, windows, ends[k : k + 1])[0], rtol=1e-6)
    assert one_step(forecaster, windows, ends[:0]).shape == (0,)


# Several steps.


def slow_roll(
    weights, cell: str, values: np.ndarray, end: int, inputs: tuple, target: str, horizon: int
) -> list[float]:
    """Each prediction is appended to the series, and the window moves on by one: all written out."""
    train = values[: round(0.7 * len(values))]
    length = 6
    relative = np.concatenate(
        [train[k + 1 : k + 7] / train[k + 1] - 1 for k in range(first_day(inputs), len(train) - 7)]
    )
    fitted = {"log_return": np.diff(np.log(train)), "level": train, "relative": relative}
    scales = {name: (numbers.mean(), numbers.std()) for name, numbers in fitted.items()}
    known = list(values[: end + 1])
    for _ in range(horizon):
        shown, before = np.array(known[-length:]), np.array(known[-length - 1 : -1])
        views = {"log_return": np.log(shown / before), "level": shown, "relative": shown / shown[0] - 1}
        seen = np.stack([(views[name] - scales[name][0]) / scales[name][1] for name in inputs], axis=1)
        predicted = predictions(weights, seen, cell)[-1] * scales[target][1] + scales[target][0]
        known.append(
            {"log_return": shown[-1] * np.exp(predicted), "level": predicted, "relative": shown[0] * (1 + predicted)}[
                target
            ]
        )
    return known[end + 1 :]


def first_day(inputs: tuple) -> int:
    """The day before the first training window, less one: windows of log returns begin a day later."""
    return 0 if "log_return" in inputs else -1


@pytest.mark.parametrize(
    ("cell", "inputs", "target", "layers"),
    [
        ("LSTM", ("log_return",), "log_return", 1),
        ("LSTM", ("level",), "level", 2),
        ("GRU", ("log_return", "level", "relative"), "relative", 1),
        ("RNN", ("log_return", "relative"), "log_return", 2),
        ("PeepholeLSTM", ("log_return",), "log_return", 2),
    ],
)
def test_a_forecast_is_the_network_fed_with_its_own_predictions(cell, inputs, target, layers):
    settings = Resolved(
        cell=cell, hidden_size=5, num_layers=layers, window_length=6, burn_in=1, inputs=inputs, target=target, seed=4
    )
    series = wave(120, noise=0.3)
    windows, forecaster = Windows(series.values, settings), build(settings)
    ends = np.array([40, 111, 119])
    paths = roll(forecaster, windows, ends, 9)  # longer than a window: in the end it sees nothing else
    for end, path in zip(ends, paths, strict=True):
        expected = slow_roll(save_weights(forecaster), cell, series.values, end, inputs, target, 9)
        np.testing.assert_allclose(path, expected, rtol=1e-5)
    ahead = forecast(forecaster, windows, series, 9)
    np.testing.assert_array_equal(ahead.values, roll(forecaster, windows, np.array([119]), 9)[0])
    assert (ahead.lower < ahead.values).all()
    assert (ahead.values < ahead.upper).all()


def test_naive_stands_beside_every_forecast():
    series = wave(120, noise=0.3)
    windows = Windows(series.values, RETURNS)
    ahead = forecast(build(RETURNS), windows, series, 4)
    np.testing.assert_array_equal(ahead.naive, [series.values[-1]] * 4)
    np.testing.assert_allclose(forecast(naive_network(windows), windows, series, 4).values, ahead.naive, rtol=1e-6)


@pytest.mark.parametrize("horizon", [0, -1, 19, 251, 10**30, True, 1.0, "3", None])
def test_a_horizon_that_nobody_can_judge_is_refused(horizon):
    """120 days: 18 of them for validation."""
    series = wave(120, noise=0.3)
    with pytest.raises(InvalidArgument) as caught:
        forecast(build(RETURNS), Windows(series.values, RETURNS), series, horizon)
    assert str(caught.value) == f"horizon must be a whole number from 1 to 18 for this series; got {horizon!r}."


def test_the_longest_horizon():
    series = wave(120, noise=0.3)
    assert longest_horizon(Windows(series.values, RETURNS)) == 18
    assert longest_horizon(Windows(wave(2000).values, RETURNS)) == 250
    assert len(forecast(build(RETURNS), Windows(series.values, RETURNS), series, 18).values) == 18
    series = wave(2000, noise=0.3)
    with pytest.raises(InvalidArgument, match="a whole number from 1 to 250 for this series; got 251"):
        forecast(build(RETURNS), Windows(series.values, RETURNS), series, 251)


@pytest.mark.parametrize("level", [0, 1, 1.5, -0.1, float("nan")])
def test_a_level_is_a_share(level):
    series = wave(120, noise=0.3)
    with pytest.raises(InvalidArgument, match="level must be a share between 0 and 1"):
        forecast(build(RETURNS), Windows(series.values, RETURNS), series, 1, level)


def test_a_network_that_leaves_the_positive_numbers_is_not_followed():
    """It sees log returns and predicts levels: of a negative price there is no log return."""
    settings = Resolved(hidden_size=2, window_length=5, burn_in=1, inputs=("log_return",), target="level")
    series = wave(120, noise=0.3)
    ahead = forecast(build(settings, steady(2, 1, -1000.0)), Windows(series.values, settings), series, 4)
    assert ahead.values[0] < 0
    assert np.isfinite([ahead.lower[0], ahead.upper[0]]).all()
    assert np.isnan(np.stack([ahead.values, ahead.lower, ahead.upper])[:, 1:]).all()
    assert np.isfinite(ahead.naive).all()


def test_a_network_that_grows_beyond_all_bounds_is_not_followed():
    series = wave(120, noise=0.3)
    ahead = forecast(build(RETURNS, steady(5, 1, 1e6)), Windows(series.values, RETURNS), series, 2)
    assert np.isnan([ahead.values, ahead.lower, ahead.upper]).all()


def test_a_network_that_sees_levels_may_predict_below_zero():
    series = series_of(np.sin(np.arange(120) / 3))
    ahead = forecast(build(LEVELS, steady(1, 1, -2.0)), Windows(series.values, LEVELS), series, 4)
    assert (ahead.values < 0).all()
    assert np.isfinite([ahead.values, ahead.lower, ahead.upper]).all()


# Dates.


def dated(dates) -> Series:
    return Series(
        "d", "d", np.array(dates, dtype="datetime64[s]"), {"close": np.ones(len(dates))}, "", verbatim("test")
    )


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        # Monday to Friday: after Thursday come Friday and Monday.
        (np.arange("2024-01-01", "2024-01-06", dtype="datetime64[D]")[:4], ["2024-01-05", "2024-01-08", "2024-01-09"]),
        # Ends on a Friday; a holiday on the way (Monday the 15th) changes nothing.
        (
            ["2024-01-12", "2024-01-16", "2024-01-17", "2024-01-18", "2024-01-19"],
            ["2024-01-22", "2024-01-23", "2024-01-24"],
        ),
        # Every day of the week.
        (np.arange("2024-01-01", "2024-01-06", dtype="datetime64[D]") + 2, ["2024-01-08", "2024-01-09", "2024-01-10"]),
        # Weekly, on Mondays.
        (["2024-01-01", "2024-01-08", "2024-01-15"], ["2024-01-22", "2024-01-29", "2024-02-05"]),
        # Hourly.
        (["2024-01-05T22", "2024-01-05T23", "2024-01-06T00"], ["2024-01-06T01", "2024-01-06T02", "2024-01-06T03"]),
        # At the close of business days.
        (["2024-01-04T16:30", "2024-01-05T16:30"], ["2024-01-08T16:30", "2024-01-09T16:30", "2024-01-10T16:30"]),
    ],
    ids=["business days", "from a Friday", "every day", "weekly", "hourly", "time of day"],
)
def test_dates_go_on_as_they_came(dates, expected):
    following = dates_after(dated(dates), 3)
    assert following.dtype == "datetime64[s]"
    np.testing.assert_array_equal(following, np.array(expected, dtype="datetime64[s]"))
