"""What the core says, as the page says it: fields by their labels, dates as people write them.

The command line keeps the names of its flags and ISO dates; this is the one place that translates them for a reader of
the page.
"""

import re
from collections.abc import Mapping

import numpy as np

from dashboard.texts import page as words
from dashboard.texts.page import DATA_FIELDS, FIELDS
from lstm_core.errors import InvalidArgument
from lstm_core.formatting import date
from lstm_core.network.cells import BOUNDS

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
_ACTIVATIONS = {name: name.replace("_", " ") for name in BOUNDS}
# No plain word has an underscore: these are translated wherever they stand.
_CODE: Mapping[str, str] = {
    name: label
    for name, label in {**words.CHOICES, **FIELDS, **DATA_FIELDS, **_NAMES, **_ACTIVATIONS}.items()
    if "_" in name
}
_WORD = re.compile(rf"\b({'|'.join(sorted(_CODE, key=len, reverse=True))})\b")
_ISO = re.compile(r"\b\d{4}-\d\d-\d\d\b(?!T)")


def plain(said: str) -> str:
    """A sentence or a note of the core without names from the code: "Window", "every step", "24 Jul 2009"."""
    return _ISO.sub(_day, _WORD.sub(lambda found: _CODE[found[1]], said))


def _day(found: re.Match[str]) -> str:
    try:
        return date(np.datetime64(found[0]))
    except ValueError:  # digits that are no date stay as they came
        return found[0]


def field_name(name: str) -> str:
    """What a sentence calls a field or a parameter of the link."""
    return _NAMES.get(name) or FIELDS.get(name) or DATA_FIELDS.get(name, name)


def refusal(error: Exception) -> str:
    """Why something could not be taken, with the names that the page gives to its fields."""
    if not isinstance(error, InvalidArgument):
        return plain(str(error))
    named, rest = str(error).split(" must be ", 1)
    return f"{field_name(named)} must be {plain(rest)}"


def passed_over(error: InvalidArgument, name: str = "") -> str:
    """One sentence for what a link says and the page cannot take; ``name``: what was dropped."""
    dropped = f"{field_name(name)}, for " if name and name != error.argument else ""
    return f"Passed over in the link: {dropped}{refusal(error)}"


def given_twice(name: str) -> str:
    return f"The link says {field_name(name)} more than once; the last one was taken."


def literal(sentence: str) -> str:
    """For Markdown: what somebody wrote into a link or a file is shown as it stands, and makes no links or pictures."""
    return re.sub(r"([\\`*_{}\[\]<>$~|])", r"\\\1", sentence)
