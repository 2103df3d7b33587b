"""Vanishing and exploding gradients: the first value of a sequence has to be remembered over a gap of noise.

Source: Hochreiter 1991; Bengio, Simard and Frasconi 1994; Tallec and Ollivier 2018 (a bias for as long a memory).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import takewhile

import numpy as np

from lstm_core.experiments.sequences import answer
from lstm_core.experiments.sequences.task import SequenceSettings, naive_scores
from lstm_core.experiments.settings import forget_bias
from lstm_core.hyperparameters import number
from lstm_core.network.weights import Weights

__all__ = ["GAPS", "Gap", "answer", "gradient_profile", "naive_scores", "reach"]

# A plain RNN still answers over the first ones, so that the place where its line leaves the others can be seen.
GAPS = (2, 5, 10, 20, 50, 100, 200)
_PROFILED = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap(SequenceSettings):
    """Remember the sign of the first value over ``gap`` steps of noise.

    forget_bias 5 lets a cell state fade by 1 / e within about 150 steps: sigmoid(5) = 0.993.
    """

    gap: int = number(100, 1, 200, "task", "Timesteps of noise between the value to be remembered and the answer.")
    forget_bias: float = forget_bias(5.0)
    steps: int = number(400, 1, 20_000, "training", "Gradient steps, if it is not solved sooner.")

    @property
    def kind(self) -> str:
        return "first_value"

    @property
    def timesteps(self) -> int:
        return self.gap + 1


def reach(solved: Mapping[int, bool]) -> int | None:
    """The longest gap that was solved without a shorter one that was not; None where the shortest was not."""
    reached = takewhile(solved.__getitem__, sorted(solved))
    return max(reached, default=None)


def gradient_profile(settings: SequenceSettings, weights: Weights) -> np.ndarray:
    """Norm of d loss / d hidden state at each timestep, (T,) in float64: a mean over held-out sequences.

    The loss is that of the answer after the last timestep, so what is left at t = 0 is what can teach remembering.
    """
    from lstm_core.experiments.sequences.problem import SequenceProblem

    return SequenceProblem(settings, weights).gradient_profile(_PROFILED)
