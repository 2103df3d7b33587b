"""Checks of what users give to functions."""

from typing import TypeVar

from lstm_core.errors import InvalidArgument

T = TypeVar("T")


def instance_of(kind: type[T] | tuple[type[T], ...], argument: str, expected: str, given: object) -> T:
    """What was given. Raises `InvalidArgument` where it is not of the kind."""
    if not isinstance(given, kind):
        raise InvalidArgument(argument, expected, given)
    return given
