"""AppState <-> URL, from one table of fields with their bounds; the page's fields have theirs from the same table.

Whatever a URL says, the page opens: a parameter that cannot be taken keeps its default, and the page says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from typing import Any

import numpy as np

from dashboard.session.bounds import Bounds, Day, Names, NotTaken, Number, OneOf, Text, age, of_rule, whole
from dashboard.texts import sentences
from lstm_core.data import catalogue
from lstm_core.data.synthetic import KINDS, LENGTHS, NOISES
from lstm_core.errors import InvalidArgument
from lstm_core.hyperparameters import RULES, Hyperparameters
from lstm_core.phrases import Phrase

SOURCES = ("sample", "synthetic", "yahoo", "csv")
LETTERS = ("usual", "large")
COMPARISONS = ("ages", "cells", "seeds", "runs")
EXPERIMENTS = (
    "sine",
    "three_ways",
    "variable_length",
    "gap",
    "gaps",
    "long_memory",
    "amazon",
    "stacked",
    "scratch",
)
MOST_COMPARED = 4
LONGEST_TICKER = 24
FIRST_DAY = date(1960, 1, 1)


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

    @property
    def is_at_hand(self) -> bool:
        """Nobody else has to be asked for it."""
        return self.source != "yahoo"


@dataclass(frozen=True)
class AppState:
    """Everything that a link can carry: the data, the hyperparameters, and what is being looked at.

    compare: what the page Compare sets side by side. race: the jobs begun there together.
    experiment: the one that the page Experiments shows; empty: its first. trainings: the group of jobs that it began.
    smallest: the training that the page Smallest LSTM shows.
    letters: of the whole page; large for a projector.
    window: the position in the series of the day on which the window ends. epoch: the age of the network.
    unit, layer, timestep: as the stage counts them, from 1; None: as it opens. A timestep is known while nothing plays.
    """

    data: DataChoice = field(default_factory=DataChoice)
    hyperparameters: Hyperparameters = field(default_factory=Hyperparameters)
    horizon: int = 20
    job: str | None = None
    compare: str = "ages"
    race: tuple[str, ...] = ()
    experiment: str = ""
    trainings: str = ""
    smallest: str = ""
    letters: str = "usual"
    window: int | None = None
    epoch: float | None = None
    unit: int | None = None
    layer: int | None = None
    timestep: int | None = None


@dataclass(frozen=True)
class Parameter:
    """One parameter of the URL: where it lives in the state, and what it may be."""

    owner: str
    bounds: Bounds
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
        if name in PARAMETERS and (text or PARAMETERS[name].default not in ("", ())):
            try:
                values[PARAMETERS[name].owner][name] = read(name, text)
            except InvalidArgument as error:
                problems.append(sentences.passed_over(error))
    hyperparameters, refused = _accepted(values["hyperparameters"])
    data, disordered = _in_order(replace(DataChoice(), **values["data"]))
    return AppState(data, hyperparameters, **values[""]), (*problems, *refused, *disordered)


def read(name: str, text: str) -> Any:
    """The value of a parameter. Raises `InvalidArgument`."""
    bounds = PARAMETERS[name].bounds
    try:
        return bounds.read(text)
    except NotTaken as error:
        raise InvalidArgument(name, bounds.expected, error.came) from None


def _accepted(values: dict[str, Any]) -> tuple[Hyperparameters, tuple[str, ...]]:
    """All values that can stand together; those that cannot are left at their defaults, one by one."""
    try:
        return replace(Hyperparameters(), **values), ()
    except InvalidArgument as error:
        name = next(each for each in error.phrase.arguments() if each in values)
        rest, problems = _accepted({other: value for other, value in values.items() if other != name})
        return rest, (sentences.passed_over(error, name), *problems)


def _in_order(data: DataChoice) -> tuple[DataChoice, tuple[str, ...]]:
    """A series that ends before it begins has no end of its own."""
    if data.end is None or data.start <= data.end:
        return data, ()
    expected = Phrase("on_or_after", day=np.datetime64(data.start))
    error = InvalidArgument("end", expected, Phrase("quoted", what=np.datetime64(data.end)))
    return replace(data, end=None), (sentences.passed_over(error),)


def _owner(state: AppState, owner: str) -> Any:
    return getattr(state, owner) if owner else state


def _samples() -> tuple[str, ...]:
    return tuple(entry.name for entry in catalogue.entries() if entry.kind == "sample")


def _tomorrow() -> date:
    return date.today() + timedelta(days=1)


_START = Day(lambda: FIRST_DAY, date.today)
_END = Day(lambda: FIRST_DAY + timedelta(days=1), _tomorrow)

PARAMETERS: Mapping[str, Parameter] = {
    "source": Parameter("data", OneOf(lambda: SOURCES), DataChoice.source),
    "sample": Parameter("data", OneOf(_samples), DataChoice.sample),
    "synthetic": Parameter("data", OneOf(lambda: tuple(KINDS)), DataChoice.synthetic),
    "length": Parameter("data", whole(*LENGTHS), DataChoice.length),
    "noise": Parameter("data", Number(*NOISES), DataChoice.noise),
    "series_seed": Parameter("data", whole(0, 10**6), DataChoice.series_seed),
    "ticker": Parameter("data", Text(LONGEST_TICKER), DataChoice.ticker),
    "start": Parameter("data", _START, DataChoice.start),
    "end": Parameter("data", _END, DataChoice.end),
    **{
        each.name: Parameter("hyperparameters", of_rule(RULES[each.name], type(each.default)), each.default)
        for each in fields(Hyperparameters)
    },
    "horizon": Parameter("", whole(1, 250), AppState.horizon),
    "job": Parameter("", Text(), None),
    "compare": Parameter("", OneOf(lambda: COMPARISONS), AppState.compare),
    "race": Parameter("", Names(MOST_COMPARED), AppState.race),
    "experiment": Parameter("", OneOf(lambda: EXPERIMENTS), AppState.experiment),
    "trainings": Parameter("", Text(), AppState.trainings),
    "smallest": Parameter("", Text(), AppState.smallest),
    "letters": Parameter("", OneOf(lambda: LETTERS), AppState.letters),
    "window": Parameter("", whole(0, 10**9), None),
    "epoch": Parameter("", age(0, RULES["epochs"].high), None),
    "unit": Parameter("", whole(1, int(RULES["hidden_size"].high)), None),
    "layer": Parameter("", whole(1, int(RULES["num_layers"].high)), None),
    "timestep": Parameter("", whole(1, int(RULES["window_length"].high)), None),
}
