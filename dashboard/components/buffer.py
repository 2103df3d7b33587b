"""How numbers travel: arrays in one binary buffer, and in the header only what JSON can write."""

import math
from typing import Any

import numpy as np


class Buffer:
    """Arrays one behind the other; `put` answers with the reference that goes into the header."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._size = 0

    def put(self, values: Any, dtype: str) -> dict[str, Any]:
        array = np.ascontiguousarray(values, dtype=np.dtype(dtype).newbyteorder("<"))
        padding = -self._size % 8
        self._parts += [bytes(padding), array.tobytes()]
        reference = {"dtype": dtype, "offset": self._size + padding, "shape": list(array.shape)}
        self._size += padding + array.nbytes
        return reference

    def __bytes__(self) -> bytes:
        return b"".join(self._parts)


def whole_epoch(epoch: float) -> int | float:
    """Whole epochs as whole numbers; pictures also come from within an epoch."""
    return int(epoch) if epoch == int(epoch) else float(epoch)


def finite(value: float | None) -> float | None:
    return float(value) if value is not None and math.isfinite(value) else None
