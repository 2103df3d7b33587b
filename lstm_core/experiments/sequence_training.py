"""Sequence in, one answer out: the training that gap and long_memory share."""

from lstm_core.experiments.sequence_task import Answers, SequenceSettings
from lstm_core.experiments.state import Settings, State
from lstm_core.network.weights import Weights


def begin(settings: SequenceSettings) -> State:
    """Before the first step. Scores: ``loss`` and ``accuracy`` on the held-out sequences."""
    from lstm_core.experiments.sequence_session import SequenceSession
    from lstm_core.experiments.session import start

    return start(settings, SequenceSession(settings))


def go_on(state: State, seconds: float) -> State:
    """Train on for about ``seconds``, one step at least."""
    from lstm_core.experiments.sequence_session import SequenceSession
    from lstm_core.experiments.session import advance

    return advance(state, SequenceSession(_sequence(state.settings), state.weights), seconds)


def answer(settings: SequenceSettings, weights: Weights) -> Answers:
    """What a network with these weights makes of the held-out sequences."""
    from lstm_core.experiments.sequence_session import SequenceSession

    return SequenceSession(settings, weights).answers()


def _sequence(settings: Settings) -> SequenceSettings:
    if not isinstance(settings, SequenceSettings):
        raise TypeError(f"a training on sequences, not {type(settings).__name__}")
    return settings
