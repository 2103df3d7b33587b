"""A part of a page that runs again by itself while something changes."""

from collections.abc import Callable
from typing import Any

import streamlit as st

REFRESH = 0.25  # seconds between live updates: more than three a second


def live(part: Callable[..., None], *arguments: Any, every: float | None) -> None:
    """Show it now, and again each so many seconds; None: when somebody does something in it.

    It stands alone in a container. Of a fragment that runs again before the browser has heard of it, Streamlit forgets
    what was not sent yet; whatever follows it on the page would have no place to go, and the browser would give up.
    """
    with st.container():
        st.fragment(part, run_every=every)(*arguments)
