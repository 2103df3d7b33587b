"""What workers have answered of the questions that "Inside the cell" asks about one network and one window."""

from collections.abc import Callable
from concurrent.futures import Future, wait
from dataclasses import dataclass, field
from typing import Any

from dashboard.components import Question
from dashboard.run_view.tool_requests import clamps_of, pattern_of
from dashboard.run_view.viewed_run import ViewedRun
from dashboard.session.answers import answer
from dashboard.session.browser_tab import BrowserTab
from dashboard.texts import sentences
from lstm_core.errors import InvalidArgument
from lstm_core.network.weights import Weights
from lstm_core.work import explaining
from lstm_core.work.explaining import ClampedJudgement, Explanation, Matches

_NEARLY_THERE = 0.6  # seconds for which a page that asks for gradients waits, rather than ask again a little later


@dataclass(frozen=True, eq=False)
class Inside:
    """Answers about the network of age ``epoch``, each with the question it answers; None: asked, or not asked."""

    epoch: float
    explanation: Explanation | None = None
    clamped: tuple[str, ClampedJudgement] | None = None
    matches: tuple[str, Matches] | None = None
    futures: tuple[Future[Any], ...] = ()
    problem: str = ""


@dataclass
class _Asking:
    """Collects the answers to come and what was refused while questions are asked."""

    tab: BrowserTab
    viewed: ViewedRun
    age: tuple[float, Weights]
    futures: list[Future[Any]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def ask(
        self, request: Callable[..., Future[Any]], function: Callable[..., Any], argument: Any, patience: float = 0.0
    ) -> Any:
        """The answer, if it is there or comes within so many seconds of the first asking."""
        epoch, weights = self.age
        key = (function.__name__, self.viewed.id, epoch, argument)
        arguments = (self.viewed.hyperparameters, self.viewed.series, weights, argument)
        is_new = self.tab.answers.asked(key) is None
        future = request(key, function, *arguments)
        if is_new and patience:
            wait([future], timeout=patience)
        self.futures.append(future)
        return answer(future)

    def ask_about(self, question: Question | None, read: Callable[[str], Any], function: Callable[..., Any]) -> Any:
        """What the browser asked about this run, if it did: (question, answer)."""
        if question is None or question.run != self.viewed.id:
            return None
        try:
            argument = read(question.asked)
        except InvalidArgument as error:
            self.problems.append(sentences.refusal(error))
            return None
        answer = self.ask(self.tab.answers.ask_in_pieces, function, argument) if argument else None
        return None if answer is None else (question.asked, answer)


def inside(tab: BrowserTab, viewed: ViewedRun, age: tuple[float, Weights] | None, end: int) -> Inside | None:
    """None for a network that is another in a moment: its answers would come too late."""
    if age is None or age[0] not in viewed.kept:
        return None
    asking = _Asking(tab, viewed, age)
    return Inside(
        age[0],
        asking.ask(tab.answers.ask, explaining.explain, end, _NEARLY_THERE),
        asking.ask_about(tab.browser.events.clamps, clamps_of, explaining.judging_clamped),
        asking.ask_about(tab.browser.events.pattern, pattern_of, explaining.finding),
        tuple(asking.futures),
        " ".join(asking.problems),
    )
