"""A part of a page that runs again by itself while something changes, or while its browser has not answered."""

from collections.abc import Callable
from typing import Any, NoReturn

import streamlit as st

from dashboard.components import Delivered

REFRESH = 0.25  # seconds between live updates: more than three a second
_ASK_AGAIN = 2.0  # seconds between messages to a browser that has not said yet that it holds what it should
_AT_ONCE = 1.5  # seconds within which it usually has


def live(part: Callable[..., None], *arguments: Any, every: float | None, delivered: Delivered | None = None) -> None:
    """Show it now, and again each so many seconds; None: when somebody does something in it.

    ``delivered``, of a component in it: until its browser confirms the newest message, the part is shown again too.

    It stands alone in a container. Of a fragment that runs again before the browser has heard of it, Streamlit forgets
    what was not sent yet; whatever follows it on the page would have no place to go, and the browser would give up.
    """
    asks = every is None and delivered is not None and not delivered.is_settled
    with st.container():
        st.fragment(_part, run_every=_ASK_AGAIN if asks else every)(part, arguments, every, delivered, asks)


def rests(was_changing: bool, is_changing: bool, delivered: Delivered) -> bool:
    """Whether a part that was shown for ``was_changing`` now needs another pace. One that comes to rest first waits a
    moment for its browser's answer: the page need not begin anew for it."""
    if is_changing or not was_changing:
        return is_changing != was_changing
    return delivered.is_settled or delivered.unsettled_for > _AT_ONCE


def begin_anew(delivered: Delivered) -> NoReturn:
    """Run the page from its beginning. What this run said may not have been sent yet and is dropped then, so that what
    was new in it comes again."""
    delivered.take_back()
    st.rerun()


def _part(
    part: Callable[..., None],
    arguments: tuple[Any, ...],
    every: float | None,
    delivered: Delivered | None,
    asked: bool,
) -> None:
    part(*arguments)
    if every is not None or delivered is None or delivered.is_settled != asked:
        return
    begin_anew(delivered)
