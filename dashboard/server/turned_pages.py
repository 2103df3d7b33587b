"""A request of a live part comes too late once its page was turned: it must not bring the old page back.

Streamlit's browser half asks for a live part in the name of the page that it shows, also after a click on another page
until the server has answered that click. Such a request would turn the server back to the old page, or have the browser
take the new page's elements away: it stays empty.
"""

from dataclasses import dataclass

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg


@dataclass
class Pages:
    """Of one browser tab: the page that it asked for and has not got yet, and the page that it was told of last."""

    asked: str = ""
    told: str = ""

    def let_through(self, request: BackMsg) -> bool:
        """Whether the server should hear it; one of the page before may be made one of the page there is."""
        run = request.rerun_script
        current = self.asked or self.told
        if not run.fragment_id:
            self.asked = "" if run.page_script_hash == self.told else run.page_script_hash
        elif current not in ("", run.page_script_hash):
            if run.is_auto_rerun:
                return False  # the new page has live parts of its own
            run.fragment_id, run.page_script_hash = "", current  # what was chosen counts, on the page there is
        return True

    def tell(self, told: ForwardMsg) -> None:
        """The server's message, on its way to the browser."""
        kind = told.WhichOneof("type")
        if kind in ("new_session", "navigation"):  # the second knows which page a tab without a name begins on
            self.told = getattr(told, kind).page_script_hash
            self.asked = "" if self.asked == self.told else self.asked
