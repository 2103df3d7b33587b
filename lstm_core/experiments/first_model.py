"""First model: 50 units and one output learn the mean of a sequence, whatever its length, from packed batches.

The mean shows what padding does: who reads on over zeros is told about a longer sequence, and answers its mean.
"""

from lstm_core.experiments.first_model_task import (
    AGREES,
    BETTER_THAN_NAIVE,
    LONGEST,
    NAIVE_ANSWER,
    Check,
    FirstModel,
    naive_scores,
)
from lstm_core.experiments.state import Settings, State
from lstm_core.network.weights import Weights

__all__ = [
    "AGREES",
    "BETTER_THAN_NAIVE",
    "LONGEST",
    "NAIVE_ANSWER",
    "Check",
    "FirstModel",
    "begin",
    "check",
    "go_on",
    "naive_scores",
]


def begin(settings: FirstModel) -> State:
    """Before the first step. Scores: ``rmse`` on the held-out sequences."""
    from lstm_core.experiments.first_model_session import FirstModelSession
    from lstm_core.experiments.session import start

    return start(settings, FirstModelSession(settings))


def go_on(state: State, seconds: float) -> State:
    """Train on for about ``seconds``, one step at least."""
    from lstm_core.experiments.first_model_session import FirstModelSession
    from lstm_core.experiments.session import advance

    return advance(state, FirstModelSession(_first_model(state.settings), state.weights), seconds)


def check(settings: FirstModel, weights: Weights) -> Check:
    """Run the held-out sequences packed and one by one."""
    from lstm_core.experiments.first_model_session import FirstModelSession

    return FirstModelSession(settings, weights).check()


def _first_model(settings: Settings) -> FirstModel:
    if not isinstance(settings, FirstModel):
        raise TypeError(f"a training of the first model, not {type(settings).__name__}")
    return settings
