"""Synthetic series: waves and a random walk whose best possible forecast is known."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from lstm_core.checks import a_number, one_of, whole_number
from lstm_core.data.series import Series
from lstm_core.errors import InvalidArgument
from lstm_core.phrases import Phrase

FIRST_DATE = np.datetime64("2000-01-01", "s")
LENGTHS = (10, 100_000)
PERIODS = (4.0, 10_000.0)
NOISES = (0.0, 1_000.0)
START_OF_WALK = 100.0

Wave = Callable[[np.ndarray, float], np.ndarray]


def _sine(t: np.ndarray, period: float) -> np.ndarray:
    return np.sin(2 * np.pi * t / period)


def _sum_of_sines(t: np.ndarray, period: float) -> np.ndarray:
    """Three sines whose periods share no common multiple, so that the sum never repeats exactly."""
    return _sine(t, period) + 0.6 * _sine(t, period / np.sqrt(5)) + 0.3 * _sine(t, period * np.sqrt(7))


def _square(t: np.ndarray, period: float) -> np.ndarray:
    return np.where(t % period < period / 2, 1.0, -1.0)


def _sawtooth(t: np.ndarray, period: float) -> np.ndarray:
    return 2 * (t % period) / period - 1


@dataclass(frozen=True)
class Kind:
    """One kind of synthetic series and its defaults; the random walk has neither wave nor period."""

    title: str
    noise: float = 0.0
    wave: Wave | None = None
    period: float | None = 50.0


KINDS: Mapping[str, Kind] = {
    "sine": Kind("Sine", wave=_sine),
    "noisy-sine": Kind("Sine with noise", 0.1, _sine),
    "sum-of-sines": Kind("Sum of three sines with noise", 0.1, _sum_of_sines),
    "square": Kind("Square wave", wave=_square),
    "sawtooth": Kind("Sawtooth", wave=_sawtooth),
    "random-walk": Kind("Random walk", 1.0, period=None),
}


def synthetic(
    kind: str, *, length: int = 1500, noise: float | None = None, seed: int = 0, period: float | None = None
) -> Series:
    """A series of `kind`, one observation a day, without unit. ``None`` takes the kind's default (`KINDS`).

    length: observations N. noise: standard deviation of independent normal noise added to the wave; for the random
    walk, of its steps. period: in observations. A longer series of the same seed begins with the shorter one.
    Columns: ``value``, and for waves ``signal``, the wave without noise.
    Raises `InvalidArgument` when a value is out of its bounds, or for a period where there is none.
    """
    if kind not in KINDS:
        raise InvalidArgument("kind", one_of(KINDS), kind)
    chosen = KINDS[kind]
    noise = chosen.noise if noise is None else noise
    _check_whole("length", length, *LENGTHS)
    _check_whole("seed", seed, 0, 2**31 - 1)
    _check_between("noise", noise, *NOISES)
    _check_period(kind, chosen, period)
    period = chosen.period if period is None else period
    dates = FIRST_DATE + np.arange(length) * np.timedelta64(1, "D")
    return Series(
        name=kind,
        title=chosen.title,
        dates=dates,
        columns=_columns(chosen.wave, length, noise, seed, period),
        unit="",
        source=_source(kind, length, noise, seed, period),
        column="value",
        notes=_notes(noise),
    )


def _columns(wave: Wave | None, length: int, noise: float, seed: int, period: float | None) -> dict[str, np.ndarray]:
    disturbance = noise * np.random.default_rng(seed).standard_normal(length)
    if wave is None or period is None:
        return {"value": START_OF_WALK + np.cumsum(disturbance)}
    signal = wave(np.arange(length), period)
    return {"value": signal + disturbance, "signal": signal}


def _source(kind: str, length: int, noise: float, seed: int, period: float | None) -> Phrase:
    if period is None:
        return Phrase("synthetic_walk", name=kind, length=length, noise=noise, seed=seed)
    return Phrase("synthetic_wave", name=kind, length=length, noise=noise, seed=seed, period=period)


def _notes(noise: float) -> tuple[Phrase, ...]:
    return (Phrase("noise_floor", noise=float(noise)),) if noise else ()


def _check_period(kind: str, chosen: Kind, period: float | None) -> None:
    if period is None:
        return
    if chosen.period is None:
        raise InvalidArgument("period", Phrase("no_period", name=kind), period)
    _check_between("period", period, *PERIODS)


def _check_whole(name: str, value: object, low: int, high: int) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise InvalidArgument(name, whole_number(low, high), value)


def _check_between(name: str, value: object, low: float, high: float) -> None:
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not low <= value <= high:  # NaN is in no range
        raise InvalidArgument(name, a_number(low, high), value)
