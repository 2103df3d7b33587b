"""What browsers load is there before the server answers; what pages import comes while a browser still boots."""

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio.to_thread
import streamlit as st

from dashboard.components.publish import publish
from dashboard.server.hints import hint_at


@asynccontextmanager
async def get_ready(_app: st.App) -> AsyncIterator[None]:
    """Publishing takes a fifth of a second, the imports more than one."""
    hint_at(await anyio.to_thread.run_sync(publish))
    threading.Thread(target=_import_pages, name="import pages", daemon=True).start()
    yield


def _import_pages() -> None:
    from dashboard.pages import compare, experiments, forecast, inside, one_unit  # noqa: F401
