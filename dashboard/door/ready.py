"""While the first browser still loads Streamlit, the server gets ready for the run that it will ask for."""

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st

from dashboard.door.hints import hint_at


@asynccontextmanager
async def get_ready(_app: st.App) -> AsyncIterator[None]:
    threading.Thread(target=_get_ready, name="get ready", daemon=True).start()
    yield


def _get_ready() -> None:
    """Publish what browsers load, then import what every page needs: whoever comes first waits for neither."""
    from dashboard.stage.publish import publish

    hint_at(publish())
    from dashboard.views import compare, experiments, forecast, inside, smallest  # noqa: F401
