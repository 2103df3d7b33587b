"""Requests of live parts reach Streamlit when it can serve them: neither late, of a page before, nor in the midst of
another run.
"""

import asyncio
from contextlib import suppress

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dashboard.server.live_runs import LiveRuns, Told
from dashboard.server.one_run import Runs
from dashboard.server.turned_pages import Pages

_PATIENCE = 3.0  # seconds: a run of which nothing more is heard keeps nobody waiting for ever
_LONG = 0.25  # seconds: a live part that runs longer is shown as it grows


class LiveRequests:
    """Stands between a browser's connection and Streamlit."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        tab = _Tab(receive, send)
        try:
            await self.app(scope, tab.hear, tab.tell)
        finally:
            tab.close()


class _Tab:
    """One browser tab's connection."""

    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive, self._send = receive, send
        self._pages, self._runs = Pages(), Runs()
        self._coming: asyncio.Task[Message] | None = None  # the browser's next message
        self._is_free = asyncio.Event()
        self._heard = 0.0  # when somebody last said something while a request waits, by the loop's clock
        self._live_runs = LiveRuns()
        self._sending = asyncio.Lock()
        self._is_gone = False
        self._late: asyncio.Task[None] | None = None  # passes on what a long run has said so far

    async def hear(self) -> Message:
        """The next message for the server."""
        while True:
            message = await self._next()
            if message is None:
                # The server may have turned the page meanwhile, and another page's live part can have the same name.
                waits = self._runs.waits()
                if not waits.rerun_script.is_auto_rerun or self._pages.let_through(waits):
                    return _to_server(self._runs.release())
                self._runs.waiting = None
                continue
            if message["type"] != "websocket.receive" or not message.get("bytes"):
                return message
            request = BackMsg.FromString(message["bytes"])
            if request.WhichOneof("type") != "rerun_script":
                return message
            if self._runs.waiting is None:
                self._heard = asyncio.get_running_loop().time()
            passed = self._runs.pass_on(request) if self._pages.let_through(request) else None
            if passed is not None:
                return _to_server(passed)

    async def tell(self, message: Message) -> None:
        """The server's message, to the browser."""
        told = Told(message, ForwardMsg.FromString(message.get("bytes") or b""))
        self._pages.tell(told.said)
        self._heard = asyncio.get_running_loop().time()
        async with self._sending:
            is_last = message["type"] == "websocket.close"
            await self._pass_on([*self._live_runs.open(), told] if is_last else self._live_runs.add(told))

    def close(self) -> None:
        for task in (self._coming, self._late):
            if task is not None:
                task.cancel()

    async def _pass_on(self, parts: list[Told]) -> None:
        """What is news to the browser; of all runs in it, it has been told then."""
        for told in parts:
            if told.is_news and not self._is_gone:
                await self._send_on(told.message)
            self._runs.tell(told.said)
        if not self._runs.is_busy:
            self._is_free.set()
        if self._late is None and self._live_runs.kept:
            self._late = asyncio.ensure_future(self._pass_on_late())
        elif self._late is not None and not self._live_runs.kept:
            self._late.cancel()
            self._late = None

    async def _send_on(self, message: Message) -> None:
        """A browser that has gone is told nothing more. That it has gone is the last that is heard of it, and ends the
        connection; told so here, Streamlit would close what is closed and say that this failed."""
        try:
            await self._send(message)
        except OSError:
            self._is_gone = True

    async def _pass_on_late(self) -> None:
        await asyncio.sleep(_LONG)
        with suppress(RuntimeError):  # the server has hung up meanwhile
            async with self._sending:
                parts, self._late = self._live_runs.open(), None
                await self._pass_on(parts)

    async def _next(self) -> Message | None:
        """The browser's next message; None: instead the request that waits may go now."""
        self._coming = self._coming or asyncio.ensure_future(self._receive())
        if self._runs.waiting is not None and not await self._comes_first():
            return None
        try:
            return await asyncio.shield(self._coming)
        finally:
            if self._coming.done():
                self._coming = None

    async def _comes_first(self) -> bool:
        """Whether the browser says something more before the request that waits may go."""
        assert self._coming is not None
        while self._runs.is_busy and not self._coming.done():
            patience = self._heard + _PATIENCE - asyncio.get_running_loop().time()
            if patience <= 0:
                return False
            self._is_free.clear()
            free = asyncio.ensure_future(self._is_free.wait())
            await asyncio.wait({self._coming, free}, timeout=patience, return_when=asyncio.FIRST_COMPLETED)
            free.cancel()
        return self._runs.is_busy


def _to_server(request: BackMsg) -> Message:
    return {"type": "websocket.receive", "bytes": request.SerializeToString()}
