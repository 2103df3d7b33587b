"""A request of a live part comes too late once its page was turned: it must not bring the old page back.

Streamlit's browser half asks for a live part in the name of the page that it shows, also after a click on another page
until the server has answered that click. Such a request would turn the server back to the old page, or have the browser
take the new page's elements away: it stays empty.
"""

from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

_LONGEST = 64 * 2**10  # bytes: what tells of a new page is shorter, pictures are longer


@dataclass
class _Pages:
    """Of one browser tab: the page that it asked for and has not got yet, and the page that it was told of last."""

    asked: str = ""
    told: str = ""

    def hear(self, message: bytes) -> bytes | None:
        """The browser's message, as it should reach the server; None: not at all."""
        request = BackMsg.FromString(message)
        if request.WhichOneof("type") != "rerun_script":
            return message
        run = request.rerun_script
        current = self.asked or self.told
        if not run.fragment_id:
            self.asked = "" if run.page_script_hash == self.told else run.page_script_hash
        elif current not in ("", run.page_script_hash):
            if run.is_auto_rerun:
                return None  # the new page has live parts of its own
            run.fragment_id, run.page_script_hash = "", current  # what was chosen counts, on the page there is
            return request.SerializeToString()
        return message

    def tell(self, message: bytes) -> None:
        """The server's message, on its way to the browser."""
        if len(message) > _LONGEST:
            return
        told = ForwardMsg.FromString(message)
        kind = told.WhichOneof("type")
        if kind in ("new_session", "navigation"):  # the second knows which page a visit without a name begins on
            self.told = getattr(told, kind).page_script_hash
            self.asked = "" if self.asked == self.told else self.asked


class LateRequests:
    """Stands between a browser's connection and Streamlit."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        pages = _Pages()

        async def heard() -> Message:
            while True:
                message = await receive()
                if message["type"] != "websocket.receive" or not message.get("bytes"):
                    return message
                content = pages.hear(message["bytes"])
                if content is not None:
                    return {**message, "bytes": content}

        async def tell(message: Message) -> None:
            if message["type"] == "websocket.send" and message.get("bytes"):
                pages.tell(message["bytes"])
            await send(message)

        await self.app(scope, heard, tell)
