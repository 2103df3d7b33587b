"""Synthetic series against closed forms, and the statistics that their noise promises."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.data.synthetic import KINDS, synthetic
from lstm_core.errors import InvalidArgument

WAVES = [name for name in KINDS if name != "random-walk"]


def test_sine_is_numpy_sine():
    t = np.arange(1500)
    np.testing.assert_array_equal(synthetic("sine").values, np.sin(2 * np.pi * t / 50))


def test_square_and_sawtooth_by_hand():
    square, sawtooth = (synthetic(kind, length=10, period=4).values.tolist() for kind in ("square", "sawtooth"))
    assert square == [1, 1, -1, -1, 1, 1, -1, -1, 1, 1]
    assert sawtooth == [-1, -0.5, 0, 0.5, -1, -0.5, 0, 0.5, -1, -0.5]


@pytest.mark.parametrize(
    ("kind", "harmonics"), [("square", {1: 4 / np.pi, 3: 4 / (3 * np.pi)}), ("sawtooth", {1: 2 / np.pi})]
)
def test_waves_have_the_fourier_amplitudes_of_the_textbook(kind, harmonics):
    values = synthetic(kind, length=100_000, period=1000).values
    amplitudes = 2 * np.abs(np.fft.rfft(values)) / len(values)
    for harmonic, amplitude in harmonics.items():
        assert amplitudes[100 * harmonic] == pytest.approx(amplitude, rel=1e-3)


def test_sum_of_sines_is_three_spectral_lines_and_a_known_noise_floor():
    series = synthetic("sum-of-sines", length=100_000, noise=0.25)
    power = np.abs(np.fft.rfft(series.values * np.hanning(100_000))) ** 2
    strongest = np.sort(np.argsort(power)[-9:])
    lines = [100_000 / line.mean() for line in np.split(strongest, np.flatnonzero(np.diff(strongest) > 1) + 1)]
    np.testing.assert_allclose(lines, [50 * np.sqrt(7), 50, 50 / np.sqrt(5)], rtol=2e-3)
    noise = series.values - series.columns["signal"]
    assert np.std(noise) == pytest.approx(0.25, rel=0.01)
    assert abs(np.corrcoef(noise[1:], noise[:-1])[0, 1]) < 0.01
    assert "0.25" in str(series.notes[0])


@pytest.mark.parametrize("kind", WAVES)
def test_without_noise_the_signal_is_all_there_is(kind):
    series = synthetic(kind, noise=0)
    np.testing.assert_array_equal(series.values, series.columns["signal"])
    assert series.notes == ()


def test_noisy_sine_is_sine_with_noise():
    np.testing.assert_array_equal(synthetic("noisy-sine", seed=3).values, synthetic("sine", noise=0.1, seed=3).values)


def test_steps_of_the_random_walk_are_independent_and_as_wide_as_told():
    steps = np.diff(synthetic("random-walk", length=100_000, noise=2.0).values)
    assert np.std(steps) == pytest.approx(2.0, rel=0.01)
    assert abs(np.mean(steps)) < 0.02
    assert abs(np.corrcoef(steps[1:], steps[:-1])[0, 1]) < 0.01
    assert synthetic("random-walk", noise=0).values.tolist() == [100.0] * 1500


@given(st.sampled_from(list(KINDS)), st.integers(10, 200), st.integers(1, 50), st.integers(0, 2**31 - 1))
def test_a_longer_series_begins_with_the_shorter_one(kind, length, more, seed):
    short, long = (synthetic(kind, length=each, noise=0.5, seed=seed) for each in (length, length + more))
    np.testing.assert_array_equal(long.values[:length], short.values)
    np.testing.assert_array_equal(long.dates[:length], short.dates)


def test_seeds_differ_and_repeat():
    one, same, other = (synthetic("random-walk", seed=seed).fingerprint for seed in (1, 1, 2))
    assert one == same != other


def test_one_observation_a_day():
    series = synthetic("sine", length=366)
    assert series.dates[[0, -1]].astype("datetime64[D]").astype(str).tolist() == ["2000-01-01", "2000-12-31"]
    assert (np.diff(series.dates) == np.timedelta64(1, "D")).all()
    assert series.unit == ""


def test_the_source_says_how_to_make_it_again():
    series = synthetic("square", length=99, noise=1 / 3, seed=7, period=11)
    assert str(series.source) == f"synthetic: square(length=99, noise={1 / 3}, seed=7, period=11)"


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ({"kind": "cosine"}, "kind"),
        ({"length": 9}, "length"),
        ({"length": 100_001}, "length"),
        ({"length": 50.0}, "length"),
        ({"length": True}, "length"),
        ({"noise": -0.1}, "noise"),
        ({"noise": float("nan")}, "noise"),
        ({"noise": float("inf")}, "noise"),
        ({"noise": "1"}, "noise"),
        ({"noise": True}, "noise"),
        ({"seed": True}, "seed"),
        ({"seed": -1}, "seed"),
        ({"seed": 2**31}, "seed"),
        ({"period": 3.9}, "period"),
        ({"period": 10**400}, "period"),
        ({"kind": "random-walk", "period": 50}, "period"),
    ],
)
def test_refused(arguments, named):
    with pytest.raises(InvalidArgument) as error:
        synthetic(**({"kind": "sine"} | arguments))
    assert error.value.argument == named
    assert str(error.value).startswith(f"{named} must be ")
