"""What a live part's run says reaches the browser in one piece, and only what is new in it.

Streamlit tells its browser half that a run begins, each element, that the run has ended, message by message; for each
of them the whole page is drawn anew. Four updates a second took a third of the browser's time, and a picture that
played meanwhile lost frames. A run that changes nothing but what elements show is told by those elements alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from starlette.types import Message
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

_Places = dict[tuple[int, ...], str]  # an element's path -> the hash of what it shows


@dataclass
class Told:
    """What the server says, and the message that says it; ``is_news``: the browser should hear it."""

    message: Message
    said: ForwardMsg
    is_news: bool = True


@dataclass
class LiveRuns:
    """Of one browser tab: what a live part's run has said so far, and what each live part showed last."""

    kept: list[Told] = field(default_factory=list)
    shown: dict[str, _Places] = field(default_factory=dict)

    def add(self, told: Told) -> list[Told]:
        """All that can be passed on, now that the server has said this too."""
        kind, said = told.said.WhichOneof("type"), told.said
        is_live = kind == "new_session" and bool(said.metadata.run.fragment_ids)
        if kind == "new_session" and not is_live:
            return [*self.open(), told]
        if not self.kept and not is_live:
            return [told]
        self.kept.append(told)
        is_last = kind == "session_status_changed" and not said.session_status_changed.script_is_running
        return list(self._news()) if is_last else []

    def open(self) -> list[Told]:
        """All that was kept, whether new or not: the run goes on, or one of the whole page has begun."""
        kept, self.kept = self.kept, []
        self.shown.clear()  # the next run comes whole
        return kept

    def _news(self) -> Iterator[Told]:
        """The run has ended."""
        kept, self.kept = self.kept, []
        part = ",".join(kept[0].said.metadata.run.fragment_ids)
        before, now = self.shown.get(part), _places(kept)
        self.shown[part] = now or {}
        if now is None or before is None or not _differs_in_elements(before, now, kept):
            yield from kept
            return
        for told in kept:
            path = tuple(told.said.metadata.delta_path)
            told.is_news = now.get(path, "") != before.get(path, "")
            yield _kept_by_nobody(told) if told.is_news else told


def _places(run: list[Told]) -> _Places | None:
    """Of a run that did nothing but show elements and came to its end; else None."""
    places: _Places = {}
    for said in (told.said for told in run):
        kind = said.WhichOneof("type")
        if kind in ("delta", "ref_hash"):
            places[tuple(said.metadata.delta_path)] = said.ref_hash or said.hash
        elif kind == "script_finished":
            if said.script_finished != ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY:
                return None
        elif kind not in ("new_session", "session_status_changed"):
            return None
    return places


def _differs_in_elements(before: _Places, now: _Places, run: list[Told]) -> bool:
    """Whether everything lies where it lay, and only what single elements show is different."""
    elements = {
        tuple(told.said.metadata.delta_path) for told in run if told.said.delta.WhichOneof("type") == "new_element"
    }
    return before.keys() == now.keys() and all(path in elements for path in now if before[path] != now[path])


def _kept_by_nobody(told: Told) -> Told:
    """The browser keeps large messages until runs have ended, and hears of no end here."""
    if told.said.metadata.cacheable:
        told.said.metadata.cacheable = False
        told.message = {**told.message, "bytes": told.said.SerializeToString()}
    return told
