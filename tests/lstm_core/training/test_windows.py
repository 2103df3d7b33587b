"""Windows: what is shown, what is asked, and that nothing of a later part is seen."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core.errors import InvalidArgument
from lstm_core.hyperparameters import REPRESENTATIONS, Hyperparameters, Resolved
from lstm_core.training.windows import PARTS, Windows, resolved
from tests.helpers.series import series_of, wave


def windows_of(values, **settings) -> Windows:
    chosen = {"window_length": 4, "burn_in": 1, "inputs": ("level",), "target": "level"} | settings
    return Windows(np.asarray(values, dtype=float), Resolved(**chosen))


def unscaled(windows: Windows, name: str, scaled: np.ndarray) -> np.ndarray:
    return windows.scales[name].undo(scaled.astype(float))


def test_a_window_by_hand():
    values = np.array([1.0, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768] * 3)
    windows = windows_of(values, inputs=("log_return", "level", "relative"), target="relative")
    batch = windows.batch(np.array([5]))
    assert batch.inputs.shape == (1, 4, 3)
    seen = [unscaled(windows, name, batch.inputs[0, :, k]) for k, name in enumerate(windows.hyperparameters.inputs)]
    np.testing.assert_allclose(seen[0], np.log([2, 2, 2, 2]), rtol=1e-5)
    np.testing.assert_allclose(seen[1], [4, 8, 16, 32], rtol=1e-3)
    np.testing.assert_allclose(seen[2], [0, 1, 3, 7], atol=1e-5)
    np.testing.assert_allclose(unscaled(windows, "relative", batch.target[0]), [1, 3, 7, 15], rtol=1e-5)
    np.testing.assert_array_equal(batch.scored, [[False, True, True, True]])


@pytest.mark.parametrize("target", REPRESENTATIONS)
def test_predictions_return_to_the_unit_of_the_series(target):
    """A network that predicted the scaled target exactly would predict tomorrow's value exactly."""
    series = wave(noise=0.3)
    windows = windows_of(series.values, target=target, inputs=(target,))
    ends = windows.ends("test")
    values = windows.to_values(windows.batch(ends).target, series.values[windows.days(ends)])
    np.testing.assert_allclose(values, series.values[windows.days(ends) + 1], rtol=1e-6)


@pytest.mark.parametrize("target", REPRESENTATIONS)
def test_naive_is_todays_value_in_every_representation(target):
    series = wave(noise=0.3)
    windows = windows_of(series.values, target=target, inputs=(target,))
    ends = windows.ends("validation")
    values = windows.to_values(windows.naive(ends), series.values[windows.days(ends)])
    np.testing.assert_allclose(values, series.values[windows.days(ends)], rtol=1e-6)


@pytest.mark.parametrize("inputs", REPRESENTATIONS)
def test_nothing_of_later_parts_reaches_scales_or_training_windows(inputs):
    series = wave(noise=0.3)
    windows = windows_of(series.values, inputs=(inputs,), target=inputs)
    changed = series.values.copy()
    changed[windows.bounds["train"][1] :] *= 17
    other = windows_of(changed, inputs=(inputs,), target=inputs)
    assert windows.scales == other.scales
    ends = windows.training_ends(np.random.default_rng(0))
    for mine, theirs in zip(windows.batch(ends), other.batch(ends), strict=True):
        np.testing.assert_array_equal(mine, theirs)


def test_scales_are_those_of_the_training_part():
    series = wave(noise=0.3)
    windows = windows_of(series.values, inputs=("log_return",), target="level")
    train = series.values[: windows.bounds["train"][1]]
    returns = np.log(train[1:] / train[:-1])
    assert windows.scales["level"] == pytest.approx((train.mean(), train.std()))
    assert windows.scales["log_return"] == pytest.approx((returns.mean(), returns.std()))


@settings(deadline=None, max_examples=150)
@given(
    length=st.integers(60, 400),
    window=st.integers(2, 20),
    burn_in=st.integers(0, 19),
    loss_on=st.sampled_from(["every_step", "last_step"]),
    inputs=st.sampled_from(REPRESENTATIONS),
)
def test_each_day_of_a_part_is_scored_once_and_no_other(length, window, burn_in, loss_on, inputs):
    windows = windows_of(
        np.random.default_rng(length).uniform(1, 2, length),
        window_length=window,
        burn_in=min(burn_in, window - 1),
        loss_on=loss_on,
        inputs=(inputs,),
    )
    for part in PARTS[1:]:
        ends = windows.scoring_ends(part)
        scored = windows.scoring_batch(ends, part).scored
        days = np.sort((windows.days(ends) + 1)[scored])
        np.testing.assert_array_equal(days, np.arange(*windows.bounds[part]))
        np.testing.assert_array_equal(windows.ends(part) + 1, np.arange(*windows.bounds[part]))


@settings(deadline=None, max_examples=100)
@given(seed=st.integers(0, 1000), stride=st.integers(0, 30), window=st.integers(2, 30))
def test_training_windows_lie_in_the_training_part_a_stride_apart(seed, stride, window):
    windows = windows_of(np.arange(200.0), window_length=window, stride=stride, burn_in=0)
    ends = windows.training_ends(np.random.default_rng(seed))
    days = windows.days(ends)
    assert days.min() >= 0
    assert days.max() + 1 < windows.bounds["train"][1]
    distances = np.diff(np.sort(ends))
    assert (distances == windows.hyperparameters.training_stride).all()


@pytest.mark.parametrize("settings", [{"stride": 7}, {"stride": 1}, {"stride": 500}, {"loss_on": "last_step"}])
def test_an_epoch_has_so_many_windows_at_most(settings):
    windows = windows_of(np.arange(200.0), window_length=10, burn_in=0, **settings)
    sizes = {len(windows.training_ends(np.random.default_rng(seed))) for seed in range(40)}
    assert max(sizes) == windows.epoch_size
    assert min(sizes) >= windows.epoch_size - 1


def test_the_day_after_the_last_is_not_scored():
    windows = windows_of(np.arange(1.0, 60.0))
    assert windows.batch(np.array([58])).scored.tolist() == [[False, True, True, False]]


def test_auto_takes_returns_for_prices_and_levels_for_waves():
    auto = Hyperparameters()
    prices, zero = resolved(auto, wave()), resolved(auto, series_of(np.sin(np.arange(50.0))))
    assert (prices.inputs, prices.target) == (("log_return",), "log_return")
    assert (zero.inputs, zero.target) == (("level",), "level")


def test_auto_follows_the_side_that_was_chosen():
    of_target = resolved(Hyperparameters(target="level"), wave())
    of_inputs = resolved(Hyperparameters(inputs=("relative", "level")), wave())
    assert (of_target.inputs, of_target.target) == (("level",), "level")
    assert (of_inputs.inputs, of_inputs.target) == (("relative", "level"), "relative")


@pytest.mark.parametrize("left", [{"inputs": ("level",)}, {"target": "level"}, {}])
def test_what_is_left_to_choose_is_no_resolved_setting(left):
    with pytest.raises(InvalidArgument, match=r"inputs and target must be resolved for the series; got 'auto'\."):
        Resolved(**left)


@pytest.mark.parametrize(
    ("values", "settings", "sentence"),
    [
        (np.ones(100), {}, "series must be changing in its training part"),
        (np.full(100, 0.1), {"inputs": ("log_return",), "target": "log_return"}, "zero variance"),
        (np.arange(-5.0, 95), {"target": "log_return"}, "must be level for a series with values that are not positive"),
        (np.arange(20.0), {"window_length": 30}, "window_length must be shorter for this series of 20 observations"),
        (np.arange(12.0), {"window_length": 2}, "series must be at least 14 observations long"),
    ],
)
def test_what_does_not_fit_is_said_in_one_sentence(values, settings, sentence):
    with pytest.raises(InvalidArgument, match=sentence) as caught:
        windows_of(values, **settings)
    assert "\n" not in str(caught.value)
