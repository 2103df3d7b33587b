"""What the fields of one browser tab keep from one run of the page to the next, beside their values in the link."""

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Fields:
    """generation: grows when fields must show values that nobody typed. steps: of number fields, by key.

    requested: what a button asked for, until the page's fields have been read.
    snapped: the window's end, the day that was typed on Compare, and the last day with an observation until then.
    days_typed: how many were. taken: the steps that a newcomer is led to and has taken.
    """

    generation: int = 0
    steps: dict[str, float] = field(default_factory=dict)
    requested: str = ""
    snapped: tuple[Any, ...] = ()
    days_typed: int = 0
    taken: set[str] = field(default_factory=set)

    def key(self, name: str) -> str:
        """The key of a widget: another one for each generation, so that it takes its new value."""
        return f"{name}-{self.generation}"

    def request(self, what: str) -> None:
        """For what needs the fields' values. A button's callback comes before they are read: whoever types a value and
        clicks at once would get the one before."""
        self.requested = what

    def is_requested(self, what: str) -> bool:
        """Whether a button asked for it; asked once, granted once."""
        is_it = self.requested == what
        self.requested = "" if is_it else self.requested
        return is_it
