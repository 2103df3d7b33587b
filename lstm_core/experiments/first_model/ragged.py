"""Sequences of different lengths as arrays: padded with zeros, a mask beside them, and what can be read off."""

from collections.abc import Sequence

import numpy as np


def walk(rng: np.random.Generator, length: int) -> np.ndarray:
    """A random walk in steps of size 1, (length,) in float32."""
    return rng.standard_normal(length, dtype=np.float32).cumsum()


def pad(sequences: Sequence[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Sequences of different lengths -> values (B, T) with zeros after each end, and mask (B, T)."""
    lengths = np.array([len(each) for each in sequences])
    mask = np.arange(lengths.max()) < lengths[:, None]
    padded = np.zeros(mask.shape, dtype=np.float32)
    padded[mask] = np.concatenate(sequences)
    return padded, mask


def last_where(values: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """The value at the last True of each row: (B, T) twice -> (B,)."""
    return values[np.arange(len(values)), mask.sum(axis=1) - 1]


def means(padded: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """Mean of each row's values, padding left out: (B, T) twice -> (B,)."""
    return (padded.sum(axis=1, where=mask) / mask.sum(axis=1)).astype(np.float32)
