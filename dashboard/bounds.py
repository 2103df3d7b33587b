"""What a field, or a parameter of a link, may be: one table of bounds for both (it is in `dashboard.state`)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from lstm_core.hyperparameters import Rule

_LONGEST_TEXT = 64


class NotTaken(ValueError):
    """``came``: the value as far as it could be read, for the sentence that says what came."""

    def __init__(self, came: object) -> None:
        super().__init__(came)
        self.came = came


@dataclass(frozen=True)
class Whole:
    """A whole number, both bounds allowed."""

    low: int
    high: int

    @property
    def expected(self) -> str:
        return f"a whole number from {self.low} to {self.high}"

    def read(self, text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            raise NotTaken(text) from None
        return _within(value, self.low, self.high)


@dataclass(frozen=True)
class Number:
    """A number, both bounds allowed."""

    low: float
    high: float

    @property
    def expected(self) -> str:
        return f"a number from {self.low:g} to {self.high:g}"

    def read(self, text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            raise NotTaken(text) from None
        return _within(value, self.low, self.high)


@dataclass(frozen=True)
class Age(Number):
    """An epoch; a network paused inside one is a fraction older."""

    def read(self, text: str) -> float:
        value = super().read(text)
        return int(value) if value.is_integer() else value


@dataclass(frozen=True)
class Day:
    """A day; the bounds are asked for each time, for one of them is today."""

    first: Callable[[], date]
    last: Callable[[], date]

    @property
    def expected(self) -> str:
        return f"a day from {self.first()} to {self.last()}"

    def read(self, text: str) -> date:
        try:
            value = date.fromisoformat(text)
        except ValueError:
            raise NotTaken(text) from None
        if not self.first() <= value <= self.last():
            raise NotTaken(text)
        return value


@dataclass(frozen=True)
class OneOf:
    """One of several; asked for each time, for what can be had hangs on what is installed."""

    choices: Callable[[], tuple[str, ...]]

    @property
    def expected(self) -> str:
        return "one of " + ", ".join(filter(None, self.choices()))

    def read(self, text: str) -> str:
        if text not in self.choices():
            raise NotTaken(text)
        return text


@dataclass(frozen=True)
class SomeOf:
    """One or more of several, with spaces between them."""

    choices: tuple[str, ...]

    @property
    def expected(self) -> str:
        return "one or more of " + ", ".join(self.choices)

    def read(self, text: str) -> tuple[str, ...]:
        chosen = tuple(text.split())
        if not chosen or any(each not in self.choices for each in chosen):
            raise NotTaken(text)
        return chosen


@dataclass(frozen=True)
class Text:
    """Something short on one line."""

    longest: int = _LONGEST_TEXT

    @property
    def expected(self) -> str:
        return f"1 to {self.longest} characters on one line"

    def read(self, text: str) -> str:
        if not 0 < len(text) <= self.longest or not text.isprintable():
            raise NotTaken(text)
        return text


@dataclass(frozen=True)
class Names:
    """At most so many short names, with spaces between them."""

    most: int

    @property
    def expected(self) -> str:
        return f"1 to {self.most} names with a space between them"

    def read(self, text: str) -> tuple[str, ...]:
        names = tuple(text.split(" "))
        if len(names) > self.most:
            raise NotTaken(text)
        return tuple(Text().read(name) for name in names)


Bounds = Whole | Number | Day | OneOf | SomeOf | Text | Names


def of_rule(rule: Rule, kind: type) -> Bounds:
    """The bounds of a hyperparameter whose default is of this kind."""
    if rule.choices:
        return SomeOf(rule.choices) if kind is tuple else OneOf(lambda: rule.choices)
    return Whole(int(rule.low), int(rule.high)) if kind is int else Number(rule.low, rule.high)


def _within(value: Any, low: Any, high: Any) -> Any:
    if not low <= value <= high:  # NaN is in no range
        raise NotTaken(value)
    return value
