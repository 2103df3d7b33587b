"""120 days of a wave with noise, and what a network of eight timesteps sees of them, by hand."""

import numpy as np

from tests.helpers.series import wave

SERIES = wave(120, noise=0.2)
VALUES = SERIES.values
RETURNS = np.diff(np.log(VALUES))
MEAN, DEVIATION = RETURNS[:83].mean(), RETURNS[:83].std()  # of the first 84 days, 0.7 of 120


def seen(end: int | np.integer) -> np.ndarray:
    """The inputs (T, 1) of the window that ends on a day: scaled log returns."""
    return ((RETURNS[end - 8 : end] - MEAN) / DEVIATION)[:, None]


def to_price(scaled: np.ndarray, today: np.ndarray) -> np.ndarray:
    """Of scaled log returns, and the values of the days before."""
    return today * np.exp(scaled * DEVIATION + MEAN)
