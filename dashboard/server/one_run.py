"""A request of a live part comes too early while another run is under way or not yet told to the browser: it waits.

When a live part begins to run, Streamlit drops what an earlier run said of it and has not sent yet. The browser would
hear that the earlier run has ended without it, and take its picture off the page until the next one comes.
"""

from dataclasses import dataclass, field

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

_PRESSED = {"trigger_value", "string_trigger_value", "chat_input_value", "json_trigger_value"}  # told once


@dataclass
class Runs:
    """Of one browser tab: whether a run is asked for, whether one is under way, the request that waits for it, and the
    live parts that the page has."""

    is_asked: bool = False
    is_under_way: bool = False
    waiting: BackMsg | None = None
    parts: set[str] = field(default_factory=set)

    @property
    def is_busy(self) -> bool:
        return self.is_asked or self.is_under_way

    def pass_on(self, request: BackMsg) -> BackMsg | None:
        """What the server should hear now. A request of the whole page interrupts; of a live part it may wait: None."""
        if self.waiting is not None:
            request = _merged(self.waiting, request)
        if self.is_busy and request.rerun_script.fragment_id:
            self.waiting = request
            return None
        self.waiting = None
        return self._asked(request)

    def waits(self) -> BackMsg:
        """The request that waits."""
        assert self.waiting is not None
        return self.waiting

    def release(self) -> BackMsg:
        """What waited, now that the server may hear it."""
        request, self.waiting = self.waits(), None
        del request.rerun_script.cached_message_hashes[:]  # the browser may have let go of some meanwhile
        return self._asked(request)

    def _asked(self, request: BackMsg) -> BackMsg:
        """Of a live part that the page does not have any more Streamlit hears nothing, and runs nothing."""
        run = request.rerun_script
        is_gone = bool(run.fragment_id) and run.fragment_id not in self.parts
        if is_gone and not run.is_auto_rerun:
            run.fragment_id, is_gone = "", False  # what was chosen counts, on the page there is
        self.is_asked = self.is_asked or not is_gone
        return request

    def tell(self, told: ForwardMsg) -> None:
        """The server's message, on its way to the browser."""
        kind = told.WhichOneof("type")
        if kind == "new_session":
            self.is_asked, self.is_under_way = False, True
            if not told.metadata.run.fragment_ids:
                self.parts.clear()
        elif kind == "delta" and told.delta.fragment_id:
            self.parts.add(told.delta.fragment_id)
        elif kind == "script_finished":
            self.is_under_way = told.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN


def _merged(before: BackMsg, request: BackMsg) -> BackMsg:
    """The newer request, which knows all fields' values, with what was pressed in the one before it."""
    earlier, run = before.rerun_script, request.rerun_script
    known = {each.id for each in run.widget_states.widgets}
    pressed = [each for each in earlier.widget_states.widgets if each.WhichOneof("value") in _PRESSED]
    run.widget_states.widgets.extend(each for each in pressed if each.id not in known)
    if run.fragment_id != earlier.fragment_id:
        run.fragment_id = ""  # the whole page holds both
    run.is_auto_rerun = run.is_auto_rerun and earlier.is_auto_rerun and bool(run.fragment_id)
    return request
