"""The stage as a Streamlit component: mount it with what it shows, get back what the person chose."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from streamlit.components import v2

from dashboard.components.buffer import Buffer
from dashboard.components.delivery import Delivered
from dashboard.components.payload import encode, encode_one, pack
from dashboard.components.publish import Published, publish
from dashboard.components.stage_content import Chosen, StageContent

_MOST = 512  # units, layers and timesteps have less
# A choice -> what says that one was made.
_TELLERS = {"window_end": "picked_at", "epoch": "scrubbed", "place": "place", "clamps": "clamps", "pattern": "pattern"}
_CHOICES = ("window", "epoch", "place", "clamps", "pattern", "large")
# All that travels in each message; the modules themselves are static files, cached by their address.
LOADER = """
const base = new URL(%(modules)s, document.baseURI);
const plotly = new URL(%(plotly)s, document.baseURI).href;
const entry = import(new URL("%(entry)s.js", base));
const css = new URL("%(entry)s.css", base).href;
export default async (component) => (await entry).mount(component, { css, plotly });
"""


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

    def after(self, earlier: "StageEvents") -> "StageEvents":
        """A page that was just turned to tells nothing: what was chosen on the one before it still holds."""
        silent = [name for name, teller in _TELLERS.items() if getattr(self, teller) is None]
        kept = {name: getattr(earlier, name) for choice in silent for name in (choice, _TELLERS[choice])}
        return replace(self, **kept)


@dataclass(frozen=True, eq=False)
class Message:
    """What the stage shows, on its way to the component of this key."""

    stage_content: StageContent
    key: str
    data: bytes
    delivered: Delivered


def message(
    content: StageContent,
    key: str,
    delivered: Delivered | None = None,
    *,
    is_still: bool = False,
    is_large: bool = False,
) -> Message:
    """What the stage of this key is handed: with ``delivered`` only what changed since the last message.

    is_still: nobody knows of a reason to hand it another one soon. The first message brings the picture that the stage
    opens on and is small; once the browser has that, it is told that there are more.
    """
    delivered = delivered or Delivered()
    encoded = encode(content if delivered.number else content.opening(), held=delivered.names)
    encoded["header"] |= {"key": key, "large": is_large}
    return Message(content, key, pack(delivered.stamp(encoded, is_still=is_still)), delivered)


def stage(ready: Message) -> StageEvents:
    """Mounts the stage, or hands the mounted one something new: it is never mounted twice under one key."""
    mounted = exchange(_component(), ready.data, ready.key, ready.delivered, _CHOICES)
    return _events(mounted, ready.stage_content)


def exchange(
    component: Callable[..., Any], data: bytes, key: str, delivered: Delivered, choices: Sequence[str] = ()
) -> Any:
    """Mounts any component of ours with a stamped message, hears what its browser holds, returns the choices."""
    callbacks = {f"on_{name}_change": _nothing for name in ("held", *choices)}
    result = component(key=key, data=data, **callbacks)
    delivered.hear(result.get("held"), [result.get(name) for name in choices])
    return result


def show_content(
    component: Callable[..., Any], key: str, body: Callable[[Buffer], dict[str, Any]], delivered: Delivered
) -> None:
    """Mounts a component that shows one thing, or hands the mounted one another."""
    encoded = encode_one(key, body, delivered.names)
    exchange(component, pack(delivered.stamp(encoded, is_still=True)), key, delivered)


@cache
def _component() -> Callable[..., Any]:
    """Published and registered once a process."""
    return register("stage")


def register(entry: str) -> Callable[..., Any]:
    """A component of the module ``entry``.js, which exports `mount`, and of ``entry``.css beside it."""
    return v2.component(f"gatescope_{entry}", js=loader(publish(), entry), isolate_styles=False)


def loader(published: Published, entry: str) -> str:
    return LOADER % {
        "modules": json.dumps(published.stage),
        "plotly": json.dumps(published.plotly),
        "entry": entry,
    }


def _events(result: Any, content: StageContent) -> StageEvents:
    """Choices made on another chart or run are none."""
    window, epoch = result.get("window") or {}, result.get("epoch") or {}
    is_of_this_chart = window.get("chart") == content.chart.id
    is_of_this_run = content.film is not None and epoch.get("run") == content.film.run
    return StageEvents(
        window_end=window.get("end") if is_of_this_chart else None,
        picked_at=window.get("at") if is_of_this_chart else None,
        epoch=epoch.get("epoch") if is_of_this_run else None,
        scrubbed=epoch.get("at") if is_of_this_run else None,
        place=_place(result.get("place"), content),
        clamps=_question(result.get("clamps")),
        pattern=_question(result.get("pattern")),
        is_large=chosen_size(result.get("large")),
    )


def _place(told: Any, content: StageContent) -> Chosen | None:
    """Whatever a browser sends, only whole numbers that can be are taken from it, and only of the run on show."""
    told = told if isinstance(told, dict) else {}
    if content.film is None or told.get("run") != content.film.run:
        return None
    return Chosen(**{name: _counted(told.get(name)) for name in ("unit", "layer", "timestep")})


def _counted(told: Any) -> int | None:
    """From 1, as people count."""
    is_place = isinstance(told, int) and not isinstance(told, bool) and 0 <= told < _MOST
    return told + 1 if is_place else None


def chosen_size(told: Any) -> bool | None:
    """Whatever a browser sends, only yes and no are taken from it."""
    return told if isinstance(told, bool) else None


def _question(told: Any) -> Question | None:
    """Whatever a browser sends, only two texts are taken from it."""
    told = told if isinstance(told, dict) else {}
    run, asked = told.get("run"), told.get("asked")
    return Question(run, asked) if isinstance(run, str) and isinstance(asked, str) else None


def _nothing() -> None:
    """Streamlit hands back only those values that have a callback."""
