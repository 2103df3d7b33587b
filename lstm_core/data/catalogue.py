"""The catalogue: every series that can be had offline, by name."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from lstm_core.checks import one_of
from lstm_core.data.bundled import REBUILT, STOCKS, has_returns, rebuilt, stock
from lstm_core.data.series import Series
from lstm_core.data.synthetic import KINDS, synthetic
from lstm_core.errors import InvalidArgument
from lstm_core.phrases import Phrase


@dataclass(frozen=True)
class Entry:
    """One series of the catalogue; kind is ``sample`` (real prices) or ``synthetic``."""

    name: str
    title: str
    kind: str


def entries() -> tuple[Entry, ...]:
    """What can be had offline here, samples first; no file is read."""
    return tuple(_entries())


def load(name: str) -> Series:
    """The series of that name.

    Raises `InvalidArgument` for a name that is none, `DataUnavailable` where the package that carries it is missing.
    """
    if name in STOCKS:
        return stock(name)
    if name in REBUILT:
        return rebuilt(name)
    if name in KINDS:
        return synthetic(name)
    raise InvalidArgument("series", _expected(name), name)


def _entries() -> Iterator[Entry]:
    for name, title in STOCKS.items():
        yield Entry(name, title, "sample")
    if has_returns():
        for name, (_, title) in REBUILT.items():
            yield Entry(name, title, "sample")
    for name, kind in KINDS.items():
        yield Entry(name, kind.title, "synthetic")


def _expected(name: object) -> Phrase:
    """What could have been meant, or everything there is."""
    known = {entry.name.casefold(): entry.name for entry in entries()}
    near = get_close_matches(str(name).casefold(), known, n=3)
    if near:
        return Phrase("name_of_catalogue", names=tuple(known[each] for each in near))
    return one_of(known.values())
