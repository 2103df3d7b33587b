"""Small series with known numbers."""

from collections.abc import Iterable

import numpy as np

from lstm_core.data.series import Series
from lstm_core.phrases import Phrase, verbatim


def series_of(values, name: str = "test") -> Series:
    dates = np.datetime64("2020-01-01", "s") + np.arange(len(values)) * np.timedelta64(86_400, "s")
    return Series(name, name, dates, {"close": np.asarray(values, dtype=float)}, "USD", verbatim("made for a test"))


def told(phrases: Iterable[Phrase]) -> tuple[str, ...]:
    """What phrases say on the command line."""
    return tuple(map(str, phrases))


def walk(length: int = 200, seed: int = 0) -> Series:
    """Steps that nobody can foresee: what a training learns of it is noise."""
    return series_of(100 * np.exp(np.cumsum(np.random.default_rng(seed).normal(scale=0.01, size=length))))


def wave(length: int = 300, noise: float = 0.0, seed: int = 0) -> Series:
    """Positive, so that every representation applies."""
    disturbance = np.random.default_rng(seed).normal(scale=noise, size=length) if noise else 0.0
    return series_of(10 + np.sin(np.arange(length) / 5) + disturbance)
