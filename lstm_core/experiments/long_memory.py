"""Long memory: the adding problem and remembering the first value, at growing lengths, by each cell.

Source: Hochreiter and Schmidhuber 1997, experiment 4 (here with values from 0 to 1 and one marked in each half).
"""

from dataclasses import dataclass, replace

from lstm_core.experiments.sequences import answer
from lstm_core.experiments.sequences.task import TASKS, SequenceSettings, naive_scores
from lstm_core.experiments.settings import CLASSIC_CELLS, forget_bias
from lstm_core.hyperparameters import choice, number

__all__ = ["LENGTHS", "LongMemory", "answer", "cells", "naive_scores"]

LENGTHS = (25, 50, 100)
# The first value has to be kept from the first step to the last, so more has to be kept from one step to the next.
_BESIDE_ADDING = {"first_value": {"forget_bias": 5.0, "learning_rate": 0.002, "steps": 400}}


@dataclass(frozen=True, slots=True, kw_only=True)
class LongMemory(SequenceSettings):
    """One task at one length."""

    task: str = choice("adding", tuple(TASKS), "task", "What has to be remembered.")
    length: int = number(50, 4, 200, "task", "Timesteps T of a sequence.")
    forget_bias: float = forget_bias(3.0)
    learning_rate: float = number(0.005, 1e-6, 1.0, "training", "Step size of Adam.")
    steps: int = number(1500, 1, 20_000, "training", "Gradient steps, if it is not solved sooner.")

    @property
    def kind(self) -> str:
        return self.task

    @property
    def timesteps(self) -> int:
        return self.length


def cells(task: str, length: int, seed: int = 0) -> tuple[LongMemory, ...]:
    """The same training for each classic cell, with settings under which those with gates succeed up to length 100."""
    adding = LongMemory(task=task, length=length, seed=seed)
    return tuple(replace(adding, cell=cell, **_BESIDE_ADDING.get(task, {})) for cell in CLASSIC_CELLS)
