"""Checks of what users give to functions, and what many of them expect."""

from collections.abc import Iterable
from typing import TypeVar

from lstm_core.errors import InvalidArgument
from lstm_core.phrases import Choice, Phrase

T = TypeVar("T")


def instance_of(kind: type[T] | tuple[type[T], ...], argument: str, expected: Phrase, given: object) -> T:
    """What was given. Raises `InvalidArgument` where it is not of the kind."""
    if not isinstance(given, kind):
        raise InvalidArgument(argument, expected, given)
    return given


def whole_number(low: int, high: int) -> Phrase:
    """Both bounds allowed."""
    return Phrase("whole_number", low=low, high=high)


def a_number(low: float, high: float) -> Phrase:
    """Both bounds allowed."""
    return Phrase("number", low=low, high=high)


def one_of(names: Iterable[str | Choice]) -> Phrase:
    """Choices are called by their labels where there are any, other names as they are."""
    return Phrase("one_of", choices=tuple(names))
