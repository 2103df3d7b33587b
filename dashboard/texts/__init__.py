"""All words that people read: JSON files in a folder a language, named by what they hold, for both sides of the app.

`say` gives one text by its file and its name, `counted` the form that a number asks for, `words` whole files, as a
message carries them to the browser. Placeholders have names: ``{count}``. A text of which there are several forms ends
with ``_one`` or ``_other``; one that differs from cell to cell ends with the cell. What is put together of several
texts is a function in the modules beside this one, and knows no word itself.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from string import Formatter
from types import MappingProxyType

from lstm_core.formatting import number

FOLDER = Path(__file__).resolve().parent
LANGUAGE = "en"


class MissingText(LookupError):
    """A text, or a value that one of its placeholders asks for, that is not there."""


@cache
def load(language: str) -> Mapping[str, Mapping[str, str]]:
    """File -> name -> text, all that there is in one language."""
    files = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in FOLDER.glob(f"{language}/*.json")}
    return MappingProxyType({name: MappingProxyType(texts) for name, texts in files.items()})


def words(*files: str) -> Mapping[str, str]:
    """The texts of these files; where two have one of the same name, the later file's."""
    return {name: text for file in files for name, text in _file(file).items()}


def say(key: str, /, **values: object) -> str:
    """The text of this key ("page.tagline": file and name), with ``values`` in its placeholders."""
    file, _, name = key.partition(".")
    if name not in _file(file):
        raise MissingText(f"There is no text {name} in {LANGUAGE}/{file}.json.")
    text = _file(file)[name]
    missing = placeholders(text) - values.keys()
    if missing:
        raise MissingText(f"The text {key} asks for {', '.join(sorted(missing))}.")
    return text.format(**values)


def counted(key: str, quantity: int, /, **values: object) -> str:
    """The text of ``key`` in the form for so many things; its placeholder ``count`` is the number as people read it."""
    return say(f"{key}_{form(quantity)}", count=number(quantity), **values)


def form(quantity: float) -> str:
    """Which form of a text a number asks for, as format.js tells it; these two do for most languages of Europe."""
    return "one" if quantity == 1 else "other"


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def _file(name: str) -> Mapping[str, str]:
    files = load(LANGUAGE)
    if name not in files:
        raise MissingText(f"There is no file {LANGUAGE}/{name}.json.")
    return files[name]
