"""The words of the page Compare around its picture."""

from collections.abc import Mapping

from dashboard.texts.page import STATES
from lstm_core.formatting import seconds
from lstm_core.jobs import JobState

FETCHING = "Fetching one window through each of these networks …"
TRAIN_ALL_FIRST = "Not trained yet: press Train all."
COMPARISONS: Mapping[str, str] = {
    "ages": "Ages",
    "cells": "Cells",
    "seeds": "Seeds",
    "runs": "Runs",
}
COMPARISON_HELP: Mapping[str, str] = {
    "ages": "The run of the other pages, untrained beside trained; choose any two of its epochs above the lanes. "
    "**Look for** gates that stood still before training and answer each jump after it.",
    "cells": "The same data, window, seed and settings for an LSTM, a GRU, a plain RNN and a peephole LSTM. "
    "**Look for** the row of h, which all of them have, and for how little of the error the number of gates changes.",
    "seeds": "The same network from other random weights. **Look for** how different the lanes are and how alike the "
    "errors: a difference between two cells counts only if it is larger than the one between two seeds.",
    "runs": "Runs that were trained in this tab, on the same series with the same window length.",
}
CHOOSE_RUNS = "Choose two to four runs."
ONE_RUN_ONLY = "There is one run only. Train another on the page Watch, on the same series and window length."
EQUAL = (
    "Equal hidden size: an LSTM then has four times the weights of an RNN. Equal parameters: the others get as "
    "many hidden units as bring them nearest to the LSTM's count of numbers learnt."
)


def compare_title(what: str) -> str:
    """``what`` all of them read."""
    return f"Compare networks that read {what}" if what else "Compare networks"


def progress(states: list[JobState], seconds_left: float) -> str:
    """One line for several trainings: what they do, and when the last of them will be done."""
    doing = ", ".join(dict.fromkeys(STATES[state] for state in states))
    return f"{doing} · {seconds(seconds_left)} left" if JobState.TRAINING in states and seconds_left else doing
