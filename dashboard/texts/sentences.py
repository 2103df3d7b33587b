"""What the core says, as the page says it: fields by their labels, dates as people write them.

The command line keeps the names of its flags and ISO dates; this is the one place that fills the core's phrases for a
reader of the page.
"""

import re
from collections.abc import Mapping

from dashboard.texts import say, words
from lstm_core.errors import InvalidArgument, Refusal
from lstm_core.formatting import date
from lstm_core.network.cells import BOUNDS
from lstm_core.phrases import Phrase, Writing, written

_CHOICES: Mapping[str, str] = {**words("choices"), **{name: say(f"stage.{name}_name") for name in BOUNDS}}


def field_name(name: str) -> str:
    """What a sentence calls a field or a parameter of the link."""
    return words("fields", "parameters").get(name, name)


def _choice_name(name: str) -> str:
    return _CHOICES.get(name, name)


_ON_PAGE = Writing(argument=field_name, choice=_choice_name, date=date)


def sentence_of(phrase: Phrase | None) -> str:
    """A phrase of the core without names from the code: "Window", "every step", "24 Jul 2009"; nothing for none."""
    return "" if phrase is None else written(phrase, _ON_PAGE)


def refusal(error: Refusal) -> str:
    """Why something could not be done, with the names that the page gives to its fields."""
    return sentence_of(error.phrase)


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
