"""What a field, or a parameter of a link, may be: one table of bounds for both (it is in `dashboard.session.link`)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from lstm_core.checks import a_number, one_of, whole_number
from lstm_core.hyperparameters import Rule
from lstm_core.phrases import Choice, Phrase

_LONGEST_TEXT = 64


class NotTaken(ValueError):
    """``came``: the value as far as it could be read, for the sentence that says what came."""

    def __init__(self, came: object) -> None:
        super().__init__(came)
        self.came = came


@dataclass(frozen=True)
class Number:
    """A number, both bounds allowed. ``convert`` raises `ValueError` for what is none."""

    low: float
    high: float
    convert: Callable[[str], float] = float

    @property
    def expected(self) -> Phrase:
        return whole_number(int(self.low), int(self.high)) if self.convert is int else a_number(self.low, self.high)

    def read(self, text: str) -> Any:
        return _within(_converted(self.convert, text), self.low, self.high)


def whole(low: int, high: int) -> Number:
    return Number(low, high, int)


def age(low: int, high: float) -> Number:
    """An epoch; a network paused inside one is a fraction older."""
    return Number(low, high, _whole_if_it_is)


@dataclass(frozen=True)
class Day:
    """A day; the bounds are asked for each time, for one of them is today."""

    first: Callable[[], date]
    last: Callable[[], date]

    @property
    def expected(self) -> Phrase:
        return Phrase("day", first=np.datetime64(self.first()), last=np.datetime64(self.last()))

    def read(self, text: str) -> date:
        day = _converted(date.fromisoformat, text)
        return _within(day, self.first(), self.last(), Phrase("quoted", what=np.datetime64(day)))


@dataclass(frozen=True)
class OneOf:
    """One of several; asked for each time, for what can be had hangs on what is installed."""

    choices: Callable[[], tuple[str, ...]]

    @property
    def expected(self) -> Phrase:
        return one_of(Choice(name) for name in self.choices() if name)

    def read(self, text: str) -> str:
        if text not in self.choices():
            raise NotTaken(text)
        return text


@dataclass(frozen=True)
class SomeOf:
    """One or more of several, with spaces between them."""

    choices: tuple[str, ...]

    @property
    def expected(self) -> Phrase:
        return Phrase("one_or_more_of", choices=tuple(map(Choice, self.choices)))

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
    def expected(self) -> Phrase:
        return Phrase("characters", most=self.longest)

    def read(self, text: str) -> str:
        if not 0 < len(text) <= self.longest or not text.isprintable():
            raise NotTaken(text)
        return text


@dataclass(frozen=True)
class Names:
    """At most so many short names, with spaces between them."""

    most: int

    @property
    def expected(self) -> Phrase:
        return Phrase("names", most=self.most)

    def read(self, text: str) -> tuple[str, ...]:
        names = tuple(text.split(" "))
        if len(names) > self.most:
            raise NotTaken(text)
        return tuple(Text().read(name) for name in names)


Bounds = Number | Day | OneOf | SomeOf | Text | Names


def of_rule(rule: Rule, kind: type) -> Bounds:
    """The bounds of a hyperparameter whose default is of this kind."""
    if rule.choices:
        return SomeOf(rule.choices) if kind is tuple else OneOf(lambda: rule.choices)
    return whole(int(rule.low), int(rule.high)) if kind is int else Number(rule.low, rule.high)


def _whole_if_it_is(text: str) -> float:
    value = float(text)
    return int(value) if value.is_integer() else value


def _converted(convert: Callable[[str], Any], text: str) -> Any:
    try:
        return convert(text)
    except ValueError:
        raise NotTaken(text) from None


def _within(value: Any, low: Any, high: Any, came: object = None) -> Any:
    if not low <= value <= high:  # NaN is in no range
        raise NotTaken(value if came is None else came)
    return value
