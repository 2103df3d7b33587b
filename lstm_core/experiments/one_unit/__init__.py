"""The smallest LSTM: one unit with one input and no head, which must remember the first of four days.

Two companies end their four days alike; only day one tells what comes next. A prediction is the last hidden state.
"""

from lstm_core.experiments.one_unit.task import (
    COMPANIES,
    HIGHEST_RATE,
    LOW,
    LOWEST_RATE,
    MOST_EPOCHS,
    OneUnitRun,
    OneUnitSettings,
    naive_loss,
    run_of,
)

__all__ = [
    "COMPANIES",
    "HIGHEST_RATE",
    "LOW",
    "LOWEST_RATE",
    "MOST_EPOCHS",
    "OneUnitRun",
    "OneUnitSettings",
    "naive_loss",
    "run_of",
]
