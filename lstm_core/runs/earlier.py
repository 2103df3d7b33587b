"""Phrases of a run as run.json has them; earlier versions wrote the sentences themselves."""

import re
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from lstm_core.phrases import Phrase, verbatim

# What earlier versions wrote as the source of a series -> the same as a phrase, of the parts in parentheses.
_SOURCES: Mapping[str, Callable[..., Phrase]] = {
    r"Yahoo Finance, fetched (\d{4}-\d\d-\d\d)": lambda day: Phrase("yahoo", fetched=np.datetime64(day)),
    r"bokeh_sampledata: stocks": lambda: Phrase("bokeh"),
    r"river: sp500, rebuilt from returns": lambda: Phrase("river"),
    r"CSV file (.+)": lambda name: Phrase("csv", file=name),
}


def phrase(told: str | Mapping[str, Any]) -> Phrase:
    """What `Phrase.to_dict` made; a sentence stays as it is."""
    return verbatim(told) if isinstance(told, str) else Phrase.from_dict(told)


def source(told: str | Mapping[str, Any]) -> Phrase:
    """Where a series comes from, so that its kind can be asked for as well."""
    matches = ((re.fullmatch(text, told, re.DOTALL), make) for text, make in _SOURCES.items() if isinstance(told, str))
    return next((make(*match.groups()) for match, make in matches if match), None) or phrase(told)
