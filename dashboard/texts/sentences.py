"""What the core says, as the page says it: fields by their labels, dates as people write them.

The command line keeps the names of its flags and ISO dates; this is the one place that fills the core's phrases for a
reader of the page.
"""

import re
from collections.abc import Mapping

from dashboard.texts import page as words
from dashboard.texts.page import DATA_FIELDS, FIELDS
from lstm_core.errors import InvalidArgument, Refusal
from lstm_core.formatting import date
from lstm_core.network.cells import BOUNDS
from lstm_core.phrases import Phrase, Writing, written

# What is no field of the sidebar, and what its label alone would not name in a sentence.
_NAMES: Mapping[str, str] = {
    "inputs": "What the network sees",
    "target": "What it predicts",
    "inputs and target": "What the network sees and predicts",
    "series": "The series",
    "column": "The column",
    "job": "The run",
    "race": "The runs compared",
    "compare": "What is compared",
    "experiment": "The experiment",
    "letters": "The size of the letters",
    "window": "The window's last day",
    "epoch": "The epoch",
    "unit": "The unit",
    "layer": "The layer",
    "timestep": "The timestep",
    "sample": "The sample",
    "synthetic": "The synthetic series",
    "start": "The day from which",
    "end": "The day up to which",
    "at_least": "The shortest stretch",
}
_CHOICES: Mapping[str, str] = {**words.CHOICES, **{name: name.replace("_", " ") for name in BOUNDS}}


def field_name(name: str) -> str:
    """What a sentence calls a field or a parameter of the link."""
    return _NAMES.get(name) or FIELDS.get(name) or DATA_FIELDS.get(name, name)


def _choice_name(name: str) -> str:
    return _CHOICES.get(name, name)


_ON_PAGE = Writing(argument=field_name, choice=_choice_name, date=date)


def say(phrase: Phrase | None) -> str:
    """A phrase of the core without names from the code: "Window", "every step", "24 Jul 2009"; nothing for none."""
    return "" if phrase is None else written(phrase, _ON_PAGE)


def refusal(error: Refusal) -> str:
    """Why something could not be done, with the names that the page gives to its fields."""
    return say(error.phrase)


def passed_over(error: InvalidArgument, name: str = "") -> str:
    """One sentence for what a link says and the page cannot take; ``name``: what was dropped."""
    dropped = f"{field_name(name)}, for " if name and name != error.argument else ""
    return f"Passed over in the link: {dropped}{refusal(error)}"


def given_twice(name: str) -> str:
    return f"The link says {field_name(name)} more than once; the last one was taken."


def literal(sentence: str) -> str:
    """For Markdown: what somebody wrote into a link or a file is shown as it stands, and makes no links or pictures."""
    return re.sub(r"([\\`*_{}\[\]<>$~|])", r"\\\1", sentence)
