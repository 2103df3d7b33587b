"""What the browser holds of what the app has sent: both say it of every message, and what differs is sent again.

A message may never arrive: of two that wait in the queue Streamlit sends the newer, of two that arrive together its
page shows the newer, a run that begins drops what an earlier one has not sent yet, and a line may break. So every
message carries a number and the names of all that the browser should hold by now. The browser answers with the number
and the names that it lacks, or with the message's digest where it lacks nothing. It answers whenever it lacks
something, and where the app asks it to: while nothing else would bring another message.
"""

import hashlib
import time
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any

from dashboard.components.from_browser import fields, is_whole
from dashboard.components.payload import films_of, held_by, names_of_film

FILMS_HELD = 4  # as many as store.js holds
ALL = "all"  # instead of names, from a browser that lacks many things


@dataclass(frozen=True, slots=True)
class Report:
    """The browser's answer to message ``number``: its digest, or the names of what is lacking."""

    number: int
    digest: str | None
    lacks: tuple[str, ...]


@dataclass
class Delivered:
    """One tab's exchange with one component of its page. Keep one for each, as long as the tab lasts.

    A name is taken for held from the message that brought it until the browser says that it lacks it. ``choices``
    counts what a person chose there, as far as the app has heard of it.
    """

    number: int = 0
    digest: str = ""
    choices: int = 0
    _salt: str = field(default_factory=lambda: token_hex(4))  # an answer to an earlier server settles nothing
    _sections: dict[str, int] = field(default_factory=dict)
    _films: OrderedDict[str, dict[str, int]] = field(default_factory=OrderedDict)
    _new_since: int = 0
    _new_at: float = 0.0
    _report: Report | None = None

    @property
    def names(self) -> dict[str, int]:
        """All that the browser should hold: name -> number of the message that brought it."""
        films = (names for names in self._films.values())
        return self._sections | {name: number for names in films for name, number in names.items()}

    @property
    def is_settled(self) -> bool:
        """The browser has said that it holds all that the newest message names."""
        told = self._report
        return told is not None and told.digest == self.digest and told.number >= self._new_since

    @property
    def unsettled_for(self) -> float:
        """Seconds since something new was sent that the browser has not confirmed yet."""
        return 0.0 if self.is_settled else time.monotonic() - self._new_at

    def stamp(self, message: dict[str, Any], *, is_still: bool) -> dict[str, Any]:
        """Number the message and take what it brings for held. ``is_still``: nothing but an answer leads to another."""
        self.number += 1
        before, header = self.names, message["header"]
        films = {film["id"]: names_of_film(film) for film in films_of(header)}
        of_films = {name for names in films.values() for name in names}
        self._sections = self._brought(held_by(message) - of_films, before)
        for film, names in films.items():
            self._films[film] = self._films.pop(film, {}) | self._brought(names, before)
        while len(self._films) > FILMS_HELD:
            self._films.popitem(last=False)
        self._notice(held_by(message), before)
        header |= {"number": self.number, "digest": self.digest, "choices": self.choices}
        header["asks"] = is_still and not self.is_settled
        return message

    def hear(self, told: Any, choices: Iterable[Any] = ()) -> None:
        """Take up the browser's last answer, and how many choices have come. Hearing one twice changes nothing."""
        counts = [fields(each).get("count") for each in (told, *choices)]
        self.choices = max([self.choices, *(count for count in counts if is_whole(count))])
        report = _report(told)
        if report is None:
            return
        self._report = report
        for name in self.names if ALL in report.lacks else report.lacks:
            self._lose(name, report.number)

    def take_back(self) -> None:
        """The newest message is known to be dropped: the next one brings again what it brought."""
        for name, number in self.names.items():
            if number == self.number:
                self._lose(name, number)

    def _brought(self, names: Iterable[str], before: dict[str, int]) -> dict[str, int]:
        return {name: before.get(name, self.number) for name in names}

    def _notice(self, names: set[str], before: dict[str, int]) -> None:
        digest = hashlib.blake2b("\n".join([self._salt, *sorted(names)]).encode(), digest_size=8).hexdigest()
        if digest != self.digest or names - before.keys():
            self.digest, self._new_since, self._new_at = digest, self.number, time.monotonic()

    def _lose(self, name: str, number: int) -> None:
        """It is not there, unless a later message brings it."""
        for names in (self._sections, *self._films.values()):
            if names.get(name, number + 1) <= number:
                del names[name]


def _report(told: Any) -> Report | None:
    """Whatever a browser sends, only a number and names are taken from it."""
    report = fields(told)
    number, digest, lacks = report.get("number"), report.get("digest"), report.get("lacks")
    if not is_whole(number):
        return None
    names = tuple(name for name in lacks if isinstance(name, str)) if isinstance(lacks, list) else ()
    return Report(number, digest if isinstance(digest, str) and not names else None, names)
