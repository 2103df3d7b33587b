"""Sequence in, one answer out: what gap and long_memory train on."""

from lstm_core.experiments.sequences.task import Answers, SequenceSettings
from lstm_core.network.weights import Weights


def answer(settings: SequenceSettings, weights: Weights) -> Answers:
    """What a network with these weights makes of the held-out sequences."""
    from lstm_core.experiments.sequences.problem import SequenceProblem

    return SequenceProblem(settings, weights).answers()
