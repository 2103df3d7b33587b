"""What the tools of "Inside the cell" ask: JSON out of a browser -> clamps and patterns, or a sentence why not."""

import json
from typing import Any

from lstm_core.errors import InvalidArgument
from lstm_core.explaining.clamps import Clamp
from lstm_core.explaining.patterns import Pattern
from lstm_core.formatting import number
from lstm_core.phrases import Phrase

_LONGEST = 20_000  # characters
_MOST_CLAMPS = 200


def clamps_of(asked: str) -> tuple[Clamp, ...]:
    told = _read("clamps", asked)
    if not isinstance(told, list) or len(told) > _MOST_CLAMPS or not all(isinstance(each, dict) for each in told):
        raise InvalidArgument("clamps", Phrase("clamps", most=_MOST_CLAMPS), asked[:80])
    return tuple(_made("clamps", Clamp, each, asked) for each in told)


def pattern_of(asked: str) -> Pattern:
    told = _read("pattern", asked)
    if not isinstance(told, dict):
        raise InvalidArgument("pattern", Phrase("object"), asked[:80])
    lists = {name: tuple(value) for name, value in told.items() if isinstance(value, list)}
    return _made("pattern", Pattern, told | lists, asked)


def _made(argument: str, kind: Any, fields: dict[str, Any], asked: str) -> Any:
    try:
        return kind(**fields)
    except TypeError as error:  # other fields than its own
        raise InvalidArgument(argument, Phrase("own_fields", what=kind.__name__.lower()), asked[:80]) from error


def _read(argument: str, asked: str) -> Any:
    if len(asked) > _LONGEST:
        raise InvalidArgument(argument, Phrase("short_json", most=_LONGEST), number(len(asked)))
    try:
        return json.loads(asked)
    except (ValueError, RecursionError) as error:
        raise InvalidArgument(argument, Phrase("json"), asked[:80]) from error
