"""First model: 50 units and one output learn the mean of a sequence, whatever its length, from packed batches.

The mean shows what padding does: who reads on over zeros is told about a longer sequence, and answers its mean.
"""

from lstm_core.experiments.first_model.task import (
    AGREES,
    BETTER_THAN_NAIVE,
    LONGEST,
    NAIVE_ANSWER,
    Check,
    FirstModel,
    naive_scores,
)
from lstm_core.network.weights import Weights

__all__ = [
    "AGREES",
    "BETTER_THAN_NAIVE",
    "LONGEST",
    "NAIVE_ANSWER",
    "Check",
    "FirstModel",
    "check",
    "naive_scores",
]


def check(settings: FirstModel, weights: Weights) -> Check:
    """Run the held-out sequences packed and one by one."""
    from lstm_core.experiments.first_model.problem import FirstModelProblem

    return FirstModelProblem(settings, weights).check()
