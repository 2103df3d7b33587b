"""The one way in which the browser shows something: each component is a description, and all are mounted by this code.

A message travels: `Component.message` encodes what the browser lacks and stamps it, `Component.mount` hands it over,
takes up what the browser has confirmed, and returns what a person chose.
"""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any, Generic, TypeVar

from streamlit.components import v2

from dashboard.components.buffer import Buffer
from dashboard.components.delivery import Delivered
from dashboard.components.payload import VERSION, entry_of, pack
from dashboard.components.publish import Published, publish

Content = TypeVar("Content")
# All that travels in each message; the modules themselves are static files, cached by their address.
LOADER = """
const base = new URL(%(modules)s, document.baseURI);
const plotly = new URL(%(plotly)s, document.baseURI).href;
const entry = import(new URL("%(entry)s.js", base));
const css = new URL("%(entry)s.css", base).href;
export default async (component) => (await entry).mount(component, { css, plotly });
"""


@dataclass(frozen=True, eq=False)
class Message(Generic[Content]):
    """What a component shows, on its way to the one that is mounted under this key."""

    content: Content
    key: str
    data: bytes
    delivered: Delivered


@dataclass(frozen=True, eq=False)
class Component(Generic[Content]):
    """Something that the browser shows.

    entry: the module ``entry``.js, which exports `mount`, with ``entry``.css beside it.
    header: what a message says of a content; what the names held (see `held_by`) have already stays at home.
    opening: that part of a content which the first message brings, where the whole would come late.
    choices: what a person can choose there, by name, and how it is read from what a browser tells, whatever that is.
    """

    entry: str
    header: Callable[[Content, Collection[str], Buffer], dict[str, Any]]
    opening: Callable[[Content], Content] | None = None
    choices: Mapping[str, Callable[[Any, Content], Any]] = field(default_factory=dict)

    def encode(self, content: Content, held: Collection[str] = ()) -> dict[str, Any]:
        """``{"header": dict, "buffer": bytes}``, for `pack`."""
        buffer = Buffer()
        header = {"version": VERSION, **self.header(content, held, buffer)}
        return {"header": header, "buffer": bytes(buffer)}

    def message(
        self, content: Content, key: str, delivered: Delivered, *, is_still: bool, is_large: bool = False
    ) -> Message[Content]:
        """What the component of this key is handed: only what changed since the message before.

        is_still: nobody knows of a reason to hand it another one soon. The first message brings what it opens on and is
        small; once the browser has that, it is told that there is more. is_large: the letters.
        """
        is_first = delivered.number == 0
        encoded = self.encode(self.opening(content) if self.opening and is_first else content, delivered.names)
        encoded["header"] |= {"key": key, "large": is_large}
        return Message(content, key, pack(delivered.stamp(encoded, is_still=is_still)), delivered)

    def mount(self, message: Message[Content]) -> dict[str, Any]:
        """Mounts it, or hands the mounted one something new: it is never mounted twice under one key.

        Returns what was chosen, by name, as `choices` reads it.
        """
        callbacks = {f"on_{name}_change": _nothing for name in ("held", *self.choices)}
        result = _registered(self.entry)(key=message.key, data=message.data, **callbacks)
        told = {name: result.get(name) for name in self.choices}
        message.delivered.hear(result.get("held"), told.values())
        return self.read(told, message.content)

    def read(self, told: Mapping[str, Any], content: Content) -> dict[str, Any]:
        return {name: reader(told.get(name), content) for name, reader in self.choices.items()}

    def show(self, content: Content, key: str, delivered: Delivered) -> dict[str, Any]:
        """What stands still, prepared and mounted at once."""
        return self.mount(self.message(content, key, delivered, is_still=True))


def one_thing(
    body: Callable[[Content, Buffer], dict[str, Any]],
) -> Callable[[Content, Collection[str], Buffer], dict[str, Any]]:
    """The header of a component whose content travels as one: all of it, or none."""
    return lambda content, held, buffer: {"content": entry_of("content", partial(body, content), held, buffer)}


@cache
def _registered(entry: str) -> Callable[..., Any]:
    """Published and registered once a process."""
    return v2.component(f"gatescope_{entry}", js=loader(publish(), entry), isolate_styles=False)


def loader(published: Published, entry: str) -> str:
    return LOADER % {
        "modules": json.dumps(published.stage),
        "plotly": json.dumps(published.plotly),
        "entry": entry,
    }


def _nothing() -> None:
    """Streamlit hands back only those values that have a callback."""
