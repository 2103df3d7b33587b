"""The stage as a component: what travels to it, and what a person chose there."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from dashboard.components.buffer import Buffer, whole_epoch
from dashboard.components.component import Component
from dashboard.components.from_browser import fields, is_large, is_number, is_whole
from dashboard.components.payload import entry, film_entry
from dashboard.components.stage_content import Chosen, StageContent

_MOST = 512  # units, layers and timesteps have less
# A choice -> what says that one was made.
_TELLERS = {"window_end": "picked_at", "epoch": "scrubbed", "place": "place", "clamps": "clamps", "pattern": "pattern"}
_SECTIONS = (
    "words",
    "chart",
    "predictions",
    "forecast",
    "losses",
    "verdict",
    "network",
    "explanation",
    "clamped_test",
    "matches",
    "status",
)


@dataclass(frozen=True, slots=True)
class Question:
    """What the tools of "Inside the cell" ask a worker about one run: JSON, as the browser wrote it."""

    run: str
    asked: str


@dataclass(frozen=True, slots=True)
class StageEvents:
    """What the person chose on the stage.

    window_end: series index of the last input day of the window they picked; None before they picked one of this chart.
    picked_at: when, in the browser's milliseconds: it tells a second pick of the same date from the first.
    epoch: the age of the network they scrubbed to; None while they follow. scrubbed: when; None: not on this page.
    place: unit, layer and timestep at rest; None before they chose any on this page.
    clamps, pattern: what is clamped, and what is looked for; None before anything was.
    is_large: whether the letters are to be large; None unless that was chosen just now.
    """

    window_end: int | None = None
    picked_at: int | None = None
    epoch: float | None = None
    scrubbed: int | None = None
    place: Chosen | None = None
    clamps: Question | None = None
    pattern: Question | None = None
    is_large: bool | None = None

    @classmethod
    def of(cls, chosen: dict[str, Any]) -> "StageEvents":
        """What `STAGE` read, by name."""
        window_end, picked_at = chosen["window"] or (None, None)
        epoch, scrubbed = chosen["epoch"] or (None, None)
        others = {name: chosen[name] for name in ("place", "clamps", "pattern")}
        picked = {"window_end": window_end, "picked_at": picked_at, "epoch": epoch, "scrubbed": scrubbed}
        return cls(**picked, **others, is_large=chosen["large"])

    def after(self, earlier: "StageEvents") -> "StageEvents":
        """A page that was just turned to tells nothing: what was chosen on the one before it still holds."""
        silent = [name for name, teller in _TELLERS.items() if getattr(self, teller) is None]
        kept = {name: getattr(earlier, name) for choice in silent for name in (choice, _TELLERS[choice])}
        return replace(self, **kept)


def _header(content: StageContent, held: Collection[str], buffer: Buffer) -> dict[str, Any]:
    epoch = None if content.epoch is None else whole_epoch(content.epoch)
    window = content.window and [int(each) for each in content.window]
    header: dict[str, Any] = {"page": content.page, "window": window, "epoch": epoch}
    header["chosen"] = _places(content.chosen)
    for name in _SECTIONS:
        section = getattr(content, name)
        header[name] = section and entry(name, section, held, buffer)
    header["film"] = content.film and film_entry(content.film, held, buffer)
    return header


def _places(chosen: Chosen) -> list[Any]:
    """Epoch, unit, layer, timestep; the browser's places count from 0."""
    places = (chosen.unit, chosen.layer, chosen.timestep)
    epoch = None if chosen.epoch is None else whole_epoch(chosen.epoch)
    return [epoch, *(None if place is None else place - 1 for place in places)]


def _window(told: Any, content: StageContent) -> tuple[int, int] | None:
    """The day picked, and when; one of another chart is none."""
    picked = fields(told)
    end, at = picked.get("end"), picked.get("at")
    is_here = picked.get("chart") == content.chart.id
    return (end, at) if is_here and is_whole(end) and is_whole(at) else None


def _epoch(told: Any, content: StageContent) -> tuple[float | None, int] | None:
    """The age scrubbed to (None: they follow again), and when; one of another run is none."""
    scrubbed = fields(told)
    epoch, at = scrubbed.get("epoch"), scrubbed.get("at")
    is_age = epoch is None or is_number(epoch)
    return (epoch, at) if is_age and is_whole(at) and _is_of_run(scrubbed, content) else None


def _place(told: Any, content: StageContent) -> Chosen | None:
    """Only whole numbers that can be are taken, and only of the run on show."""
    place = fields(told)
    if not _is_of_run(place, content):
        return None
    return Chosen(**{name: _counted(place.get(name)) for name in ("unit", "layer", "timestep")})


def _is_of_run(told: dict[str, Any], content: StageContent) -> bool:
    return content.film is not None and told.get("run") == content.film.run


def _counted(told: Any) -> int | None:
    """From 1, as people count."""
    return told + 1 if is_whole(told) and 0 <= told < _MOST else None


def _question(told: Any, _: StageContent) -> Question | None:
    """Only two texts are taken."""
    question = fields(told)
    run, asked = question.get("run"), question.get("asked")
    return Question(run, asked) if isinstance(run, str) and isinstance(asked, str) else None


STAGE = Component(
    "stage",
    _header,
    StageContent.opening,
    {
        "window": _window,
        "epoch": _epoch,
        "place": _place,
        "clamps": _question,
        "pattern": _question,
        "large": is_large,
    },
)
