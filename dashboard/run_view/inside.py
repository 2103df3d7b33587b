"""What workers have answered of the questions that "Inside the cell" asks about one network and one window."""

from collections.abc import Callable
from concurrent.futures import Future, wait
from dataclasses import dataclass, field
from typing import Any

from dashboard.components import Question
from dashboard.run_view.questions import holds_of, pattern_of
from dashboard.run_view.subject import Subject
from dashboard.session.answers import answer
from dashboard.session.visit import Visit
from dashboard.texts import sentences
from lstm_core.errors import InvalidArgument
from lstm_core.network.weights import Weights
from lstm_core.work import explaining
from lstm_core.work.explaining import Explanation, HeldJudgement, Matches

_NEARLY_THERE = 0.6  # seconds for which a page that asks for gradients waits, rather than ask again a little later


@dataclass(frozen=True, eq=False)
class Inside:
    """Answers about the network of age ``epoch``, each with the question it answers; None: asked, or not asked."""

    epoch: float
    explanation: Explanation | None = None
    held: tuple[str, HeldJudgement] | None = None
    matches: tuple[str, Matches] | None = None
    owed: tuple[Future[Any], ...] = ()
    problem: str = ""


@dataclass
class _Asking:
    """Collects what is owed and what was refused while questions are asked."""

    visit: Visit
    subject: Subject
    age: tuple[float, Weights]
    owed: list[Future[Any]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def ask(
        self, request: Callable[..., Future[Any]], function: Callable[..., Any], argument: Any, patience: float = 0.0
    ) -> Any:
        """The answer, if it is there or comes within so many seconds of the first asking."""
        epoch, weights = self.age
        key = (function.__name__, self.subject.id, epoch, argument)
        arguments = (self.subject.hyperparameters, self.subject.series, weights, argument)
        is_new = self.visit.answers.asked(key) is None
        future = request(key, function, *arguments)
        if is_new and patience:
            wait([future], timeout=patience)
        self.owed.append(future)
        return answer(future)

    def ask_about(self, question: Question | None, read: Callable[[str], Any], function: Callable[..., Any]) -> Any:
        """What the browser asked about this run, if it did: (question, answer)."""
        if question is None or question.run != self.subject.id:
            return None
        try:
            argument = read(question.asked)
        except InvalidArgument as error:
            self.problems.append(sentences.refusal(error))
            return None
        answer = self.ask(self.visit.answers.ask_in_pieces, function, argument) if argument else None
        return None if answer is None else (question.asked, answer)


def inside(visit: Visit, subject: Subject, age: tuple[float, Weights] | None, end: int) -> Inside | None:
    """None for a network that is another in a moment: its answers would come too late."""
    if age is None or age[0] not in subject.kept:
        return None
    asking = _Asking(visit, subject, age)
    return Inside(
        age[0],
        asking.ask(visit.answers.ask, explaining.explain, end, _NEARLY_THERE),
        asking.ask_about(visit.heard.holds, holds_of, explaining.judging_held),
        asking.ask_about(visit.heard.pattern, pattern_of, explaining.finding),
        tuple(asking.owed),
        " ".join(asking.problems),
    )
