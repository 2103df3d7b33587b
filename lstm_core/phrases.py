"""Phrases: what the core has to say, as a kind and its values. The words are data: texts/, a folder a language.

`str` of a phrase is what the command line prints: settings by their names in the code, ISO dates. Whoever writes for
other readers fills the same template with names, dates and a language of their own (`written`). Imports no torch.

A template names values in braces. What may stand behind a colon there: a number of decimals (thousands are set apart);
``exact``, all digits of a number; a noun of nouns.json, or in braces a value that is one, to count it ("3 rows");
``or`` and ``sentences``, what stands between the members of a tuple, where it is no comma.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any, Union

import numpy as np

from lstm_core.formatting import iso_date, number

_TEXTS = Path(__file__).parent / "texts"
_NOUNS = "nouns.json"  # noun -> its forms for one and for several
_BETWEEN = {"": ", ", "or": " or ", "sentences": " "}


@dataclass(frozen=True)
class Argument:
    """A setting, or what else a person gives, by its name in the code."""

    name: str


@dataclass(frozen=True)
class Choice:
    """One of the names that a setting can have as its value, such as every_step; or the name of an activation."""

    name: str


@dataclass(frozen=True)
class Noun:
    """What is counted, by its name in nouns.json."""

    name: str


Value = Union[str, int, float, np.datetime64, Argument, Choice, Noun, "Phrase", tuple["Value", ...]]


@dataclass(frozen=True, init=False)
class Phrase:
    """A kind, and the values that its template names: ``Phrase("rows_without_value", rows=3, column="close")``.

    Raises `TypeError` for a kind without a template, or values that are not those of its template.
    """

    kind: str
    values: Mapping[str, Value] = field(hash=False)

    def __init__(self, kind: str, /, **values: Value) -> None:
        if values.keys() != placeholders(kind):
            raise TypeError(f"no template of kind {kind!r} with the values {sorted(values)}")
        object.__setattr__(self, "kind", kind)
        object.__setattr__(self, "values", values)

    def __str__(self) -> str:
        return written(self, AS_IN_CODE)

    def with_values(self, **values: Value) -> "Phrase":
        """The same kind with some other values."""
        return Phrase(self.kind, **{**self.values, **values})

    def arguments(self) -> Iterator[str]:
        """The name of each `Argument` in it, in the order of its values."""
        return _arguments_in(tuple(self.values.values()))

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON; `from_dict` is its inverse."""
        return {"kind": self.kind, "values": {name: _plain(value) for name, value in self.values.items()}}

    @classmethod
    def from_dict(cls, described: Mapping[str, Any]) -> "Phrase":
        """Raises `TypeError`, `KeyError` or `ValueError` for what `to_dict` does not make."""
        return cls(described["kind"], **{name: _restored(value) for name, value in described["values"].items()})


def verbatim(text: str) -> Phrase:
    """Words that somebody else has chosen already, in whatever language: they stay as they are."""
    return Phrase("verbatim", text=text)


@dataclass(frozen=True)
class Writing:
    """How the values of phrases are written for some readers; language: a folder of texts/."""

    argument: Callable[[str], str]
    choice: Callable[[str], str]
    date: Callable[[np.datetime64], str]
    language: str = "en"


AS_IN_CODE = Writing(argument=str, choice=str, date=iso_date)


def written(phrase: Phrase, writing: Writing) -> str:
    """The template of its kind, filled for these readers."""
    parts = Formatter().parse(templates(writing.language)[phrase.kind])
    return "".join(
        text + ("" if name is None else _value(phrase.values[name], spec or "", phrase.values, writing))
        for text, name, spec, _ in parts
    )


def _value(value: Value, spec: str, others: Mapping[str, Value], writing: Writing) -> str:
    match value:
        case Phrase():
            return written(value, writing)
        case Argument(name):
            return writing.argument(name)
        case Choice(name):
            return writing.choice(name)
        case Noun(name):
            return nouns(writing.language)[name][0]
        case np.datetime64():
            return writing.date(value)
        case tuple():
            return _BETWEEN[spec].join(_value(each, "", others, writing) for each in value)
        case int() | float():
            return _number(value, spec, others, writing)
    return value


def _number(value: float, spec: str, others: Mapping[str, Value], writing: Writing) -> str:
    if spec.isdecimal():
        return number(value, int(spec))
    if spec in ("", "exact"):
        return f"{value:g}" if isinstance(value, float) and not spec else str(value)
    noun = others[spec[1:-1]] if spec.startswith("{") else Noun(spec)
    assert isinstance(noun, Noun)
    one, several = nouns(writing.language)[noun.name]
    return f"{number(value)} {one if value == 1 else several}"


@cache
def templates(language: str) -> Mapping[str, str]:
    """Kind -> template, of all files of the language but the nouns."""
    files = sorted((_TEXTS / language).glob("*.json"))
    return {kind: text for file in files if file.name != _NOUNS for kind, text in _read(file).items()}


@cache
def nouns(language: str) -> Mapping[str, tuple[str, str]]:
    """Noun -> (one, several)."""
    return {noun: (one, several) for noun, (one, several) in _read(_TEXTS / language / _NOUNS).items()}


@cache
def placeholders(kind: str) -> set[str]:
    """What the template of a kind names. Raises `TypeError` for a kind that has none."""
    template = templates("en").get(kind)
    if template is None:
        raise TypeError(f"no template of kind {kind!r}")
    return _names_in(template)


def _names_in(template: str) -> set[str]:
    parts = [(name, spec or "") for _, name, spec, _ in Formatter().parse(template) if name is not None]
    return {name for name, _ in parts}.union(*(_names_in(spec) for _, spec in parts))


def _read(file: Path) -> dict[str, Any]:
    return json.loads(file.read_text(encoding="utf-8"))


def _arguments_in(value: Value) -> Iterator[str]:
    if isinstance(value, Argument):
        yield value.name
    elif isinstance(value, Phrase):
        yield from value.arguments()
    elif isinstance(value, tuple):
        for each in value:
            yield from _arguments_in(each)


def _plain(value: Value) -> Any:
    if isinstance(value, Phrase):
        return value.to_dict()
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, np.datetime64):
        return {"date": str(value)}
    if isinstance(value, Argument | Choice | Noun):
        return {type(value).__name__.lower(): value.name}
    return value


_RESTORED: Mapping[str, Callable[[str], Value]] = {
    "date": np.datetime64,
    "argument": Argument,
    "choice": Choice,
    "noun": Noun,
}


def _restored(value: Any) -> Value:
    if isinstance(value, list):
        return tuple(_restored(each) for each in value)
    if not isinstance(value, dict):
        return value
    if "kind" in value:
        return Phrase.from_dict(value)
    ((name, text),) = value.items()
    return _RESTORED[name](text)
