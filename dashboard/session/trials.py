"""Trials: an experiment's trainings side by side, cut into slices that workers do one after the other."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial
from secrets import token_urlsafe
from typing import Any

from dashboard.texts import sentences
from lstm_core.errors import InvalidArgument
from lstm_core.experiments.state import Settings, State
from lstm_core.jobs import JobBook
from lstm_core.network.weights import Weights

SLICE = 0.5  # seconds of a worker
_NO_ANSWER = "A worker could not go on with this."
_AT_ONCE = 3  # slices of one trial under way, whatever it compares: others want workers too

Begin = Callable[[Any], State]
GoOn = Callable[[State, float], State]


@dataclass
class Trial:
    """What an experiment's trainings have come to, by name; each has at most one slice under way.

    initial: the weights each began with. id: tells this trial's answers from another's.

    A closed tab asks for no further slice. problem: one sentence where a worker could not answer.
    """

    settings: Mapping[str, Settings]
    begin: Begin
    go_on: GoOn
    states: dict[str, State] = field(default_factory=dict)
    initial: dict[str, Weights] = field(default_factory=dict)
    under_way: dict[str, Future[State]] = field(default_factory=dict)
    is_stopped: bool = False
    problem: str = ""
    id: str = field(default_factory=lambda: token_urlsafe(6))

    @property
    def runs(self) -> bool:
        return not (self.is_stopped or self.problem) and not all(self._is_over(name) for name in self.settings)

    def step(self, book: JobBook) -> None:
        """Take in what came home, and ask for what comes next."""
        for name, owed in list(self.under_way.items()):
            if owed.done():
                del self.under_way[name]
                self._take(name, owed)
        if not self.runs:
            return
        for name in self._least_advanced()[: max(0, _AT_ONCE - len(self.under_way))]:
            self.under_way[name] = book.ask(self._next(name, self.settings[name]))

    def _least_advanced(self) -> list[str]:
        """Those that may go on, the one that had least of a worker first: a race stays a race."""
        may = [name for name in self.settings if name not in self.under_way and not self._is_over(name)]
        return sorted(may, key=lambda name: self.states[name].seconds if name in self.states else -1.0)

    def _next(self, name: str, settings: Settings) -> Callable[[], State]:
        if name in self.states:
            return partial(self.go_on, self.states[name], SLICE)
        return partial(self.begin, settings)

    def _take(self, name: str, owed: Future[State]) -> None:
        error = owed.exception()
        if error is None:
            self.states[name] = owed.result()
            self.initial.setdefault(name, self.states[name].weights)
        else:
            self.problem = sentences.refusal(error) if isinstance(error, InvalidArgument) else _NO_ANSWER

    def _is_over(self, name: str) -> bool:
        return name in self.states and self.states[name].is_over
