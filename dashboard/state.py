"""AppState <-> URL, from one table of fields.

Whatever a URL says, the page opens: a parameter that cannot be read keeps its default, and the page says so.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any

from lstm_core.errors import InvalidArgument
from lstm_core.hyperparameters import Hyperparameters

SOURCES = ("sample", "synthetic", "yahoo", "csv")
COMPARISONS = ("ages", "cells", "seeds", "runs")
MOST_COMPARED = 4
_LONGEST_TEXT = 64


@dataclass(frozen=True)
class DataChoice:
    """Which series is asked for; the fields that its source does not need are kept for the way back."""

    source: str = "sample"
    sample: str = "MSFT"
    synthetic: str = "noisy-sine"
    length: int = 1500
    noise: float = 0.1
    series_seed: int = 0
    ticker: str = "AAPL"
    start: date = date(2015, 1, 1)
    end: date | None = None


@dataclass(frozen=True)
class AppState:
    """Everything that a link can carry: the data, the hyperparameters, and what is being looked at.

    compare: what the page Compare sets side by side. race: the jobs begun there together.
    experiment: the one that the page Experiments shows; empty: its first.
    """

    data: DataChoice = field(default_factory=DataChoice)
    hyperparameters: Hyperparameters = field(default_factory=Hyperparameters)
    horizon: int = 20
    job: str | None = None
    compare: str = "ages"
    race: tuple[str, ...] = ()
    experiment: str = ""
    window: int | None = None
    epoch: float | None = None


@dataclass(frozen=True)
class Parameter:
    """One parameter of the URL: where it lives in the state, and how its text is read."""

    owner: str
    read: Callable[[str], Any]
    default: Any

    def write(self, value: Any) -> str:
        return " ".join(value) if isinstance(value, tuple) else str(value)


def to_query(state: AppState) -> dict[str, str]:
    """The parameters that differ from their defaults."""
    query = {}
    for name, parameter in PARAMETERS.items():
        value = getattr(_owner(state, parameter.owner), name)
        if value != parameter.default:
            query[name] = parameter.write(value)
    return query


def from_query(query: Mapping[str, str]) -> tuple[AppState, tuple[str, ...]]:
    """The state that a URL describes, and a sentence for each parameter that was passed over."""
    values: dict[str, dict[str, Any]] = {"": {}, "data": {}, "hyperparameters": {}}
    problems = []
    for name, text in query.items():
        if name not in PARAMETERS:
            continue
        try:
            values[PARAMETERS[name].owner][name] = PARAMETERS[name].read(text)
        except (ValueError, OverflowError) as error:
            problems.append(_passed_over(name, error, text))
    hyperparameters, refused = _accepted(values["hyperparameters"])
    state = AppState(replace(DataChoice(), **values["data"]), hyperparameters, **values[""])
    return state, (*problems, *refused)


def _accepted(values: dict[str, Any]) -> tuple[Hyperparameters, tuple[str, ...]]:
    """All values that can stand together; those that cannot are left at their defaults, one by one."""
    try:
        return replace(Hyperparameters(), **values), ()
    except InvalidArgument as error:
        name = error.argument if error.argument in values else next(iter(values))
        rest, problems = _accepted({other: value for other, value in values.items() if other != name})
        return rest, (_passed_over(name, error, values[name]), *problems)


def _passed_over(name: str, error: Exception, came: object) -> str:
    reason = error if isinstance(error, InvalidArgument) else InvalidArgument(name, "of another form", came)
    return f"The link's {name} was passed over: {reason}"


def _owner(state: AppState, owner: str) -> Any:
    return getattr(state, owner) if owner else state


def _text(text: str) -> str:
    if len(text) > _LONGEST_TEXT or not text.isprintable():
        raise ValueError("too long or not printable")
    return text


def _jobs(text: str) -> tuple[str, ...]:
    return tuple(_text(job) for job in text.split(" ")[:MOST_COMPARED] if job)


def _one_of(name: str, choices: tuple[str, ...]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in choices:
            raise InvalidArgument(name, "one of " + ", ".join(choices), text)
        return text

    return read


def _between(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        value = int(text)
        if not low <= value <= high:
            raise InvalidArgument("horizon", f"a whole number from {low} to {high}", value)
        return value

    return read


def _whole(text: str) -> int:
    value = int(text)
    if abs(value) > 10**9:
        raise ValueError("too large")
    return value


def _age(text: str) -> float:
    """An epoch; a network paused inside one is a fraction older."""
    value = float(text)
    if not 0 <= value <= 1e6:
        raise ValueError("not an age")
    return int(value) if value.is_integer() else value


_READERS: Mapping[type, Callable[[str], Any]] = {
    int: int,
    float: float,
    str: _text,
    tuple: lambda text: tuple(text.split()),
}

PARAMETERS: Mapping[str, Parameter] = {
    "source": Parameter("data", _one_of("source", SOURCES), "sample"),
    "sample": Parameter("data", _text, DataChoice.sample),
    "synthetic": Parameter("data", _text, DataChoice.synthetic),
    "length": Parameter("data", _whole, DataChoice.length),
    "noise": Parameter("data", float, DataChoice.noise),
    "series_seed": Parameter("data", _whole, DataChoice.series_seed),
    "ticker": Parameter("data", _text, DataChoice.ticker),
    "start": Parameter("data", date.fromisoformat, DataChoice.start),
    "end": Parameter("data", date.fromisoformat, DataChoice.end),
    **{
        each.name: Parameter("hyperparameters", _READERS[type(each.default)], each.default)
        for each in fields(Hyperparameters)
    },
    "horizon": Parameter("", _between(1, 250), AppState.horizon),
    "job": Parameter("", _text, None),
    "compare": Parameter("", _one_of("compare", COMPARISONS), AppState.compare),
    "race": Parameter("", _jobs, AppState.race),
    "experiment": Parameter("", _text, AppState.experiment),
    "window": Parameter("", _whole, None),
    "epoch": Parameter("", _age, None),
}
