"""What a browser tells, taken with care: whatever it sends, only what was expected is taken from it."""

import math
from typing import Any, TypeGuard


def fields(told: Any) -> dict[str, Any]:
    """By name; none of anything else."""
    return told if isinstance(told, dict) else {}


def is_whole(told: Any) -> TypeGuard[int]:
    return isinstance(told, int) and not isinstance(told, bool)


def is_number(told: Any) -> TypeGuard[float]:
    return is_whole(told) or (isinstance(told, float) and math.isfinite(told))


def is_large(told: Any, _content: Any) -> bool | None:
    """Whether the letters are to be large; None unless that was chosen just now."""
    return told if isinstance(told, bool) else None
