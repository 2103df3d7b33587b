"""What the core says, as the page says it: fields by their labels, dates as people write them.

The command line keeps the names of its flags and ISO dates; this is the one place that translates them for a reader of
the page.
"""

import re
from collections.abc import Mapping

import numpy as np

from dashboard.texts import say, words
from lstm_core.errors import InvalidArgument
from lstm_core.formatting import date
from lstm_core.network.cells import BOUNDS

_ACTIVATIONS = {name: say(f"stage.{name}_name") for name in BOUNDS}
# No plain word has an underscore: these are translated wherever they stand.
_CODE: Mapping[str, str] = {
    name: label for name, label in {**words("choices", "fields", "parameters"), **_ACTIVATIONS}.items() if "_" in name
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
    return words("fields", "parameters").get(name, name)


def refusal(error: Exception) -> str:
    """Why something could not be taken, with the names that the page gives to its fields."""
    if not isinstance(error, InvalidArgument):
        return plain(str(error))
    named, rest = str(error).split(" must be ", 1)
    return f"{field_name(named)} must be {plain(rest)}"


def passed_over(error: InvalidArgument, name: str = "") -> str:
    """One sentence for what a link says and the page cannot take; ``name``: what was dropped."""
    if name and name != error.argument:
        return say("page.passed_over_for", field=field_name(name), refusal=refusal(error))
    return say("page.passed_over", refusal=refusal(error))


def given_twice(name: str) -> str:
    return say("page.given_twice", field=field_name(name))


def literal(sentence: str) -> str:
    """For Markdown: what somebody wrote into a link or a file is shown as it stands, and makes no links or pictures."""
    return re.sub(r"([\\`*_{}\[\]<>$~|])", r"\\\1", sentence)
