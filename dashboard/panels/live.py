"""A part of a page that is still changing: it is shown again by itself, and also while its browser has not answered.

Whatever waits (for a training, for an answer of a worker, for a browser) waits here.
"""

from collections.abc import Callable
from typing import NoReturn, Protocol, TypeVar

import streamlit as st

from dashboard.components import Delivered

WATCHED = 0.25  # seconds between updates of a picture that plays: more than three a second
READ = 0.5  # of tables and curves, which are read, not watched
_ASK_AGAIN = 2.0  # seconds between messages to a browser that has not said yet that it holds what it should
_AT_ONCE = 1.5  # seconds within which it usually has


class Changing(Protocol):
    """What there is to show at one moment."""

    @property
    def is_changing(self) -> bool:
        """Something new may come without anybody doing anything; asked once it has been shown."""
        ...


Seen = TypeVar("Seen", bound=Changing)


def live(
    look: Callable[[], Seen | None],
    show: Callable[[Seen], bool | None],
    *,
    first: Seen | None = None,
    pace: float = WATCHED,
    delivered: Delivered | None = None,
) -> None:
    """Look and show now; and again each ``pace`` seconds while that is changing, else when somebody does something in
    it. Where it begins to change, or comes to rest, the page begins anew: its buttons hang on that.

    look: what there is now; None: there is nothing any more, and the page begins anew. first: what the page has looked
    at already. show: answers whether a person chose something there that the rest of the page hangs on.
    delivered: of a component in it. Until its browser confirms the newest message, the part is shown again too.

    It stands alone in a container. Of a fragment that runs again before the browser has heard of it, Streamlit forgets
    what was not sent yet; whatever follows it on the page would have no place to go, and the browser would give up.
    """
    now = look() if first is None else first
    if now is None:
        return
    changes = now.is_changing
    asks = not changes and delivered is not None and not delivered.is_settled
    every = pace if changes else _ASK_AGAIN if asks else None

    def part(seen: list[Seen]) -> None:
        """``seen``: what was found when the page began, once."""
        found = seen.pop() if seen else look()
        if found is None:
            begin_anew(delivered)
        is_news = show(found)
        if is_news or _needs_another_pace(changes, asks, found.is_changing, delivered):
            begin_anew(delivered)

    with st.container():
        st.fragment(part, run_every=every)([now])


def begin_anew(delivered: Delivered | None) -> NoReturn:
    """Run the page from its beginning. What this run said may not have been sent yet and is dropped then, so that what
    was new in it comes again."""
    if delivered is not None:
        delivered.take_back()
    st.rerun()


def _needs_another_pace(changed: bool, asked: bool, changes: bool, delivered: Delivered | None) -> bool:
    """Whether a part that was begun as one that changed, or asked its browser, is no longer so.

    One that comes to rest first waits a moment for its browser's answer: the page need not begin anew for it.
    """
    if changed and not changes:
        return delivered is None or delivered.is_settled or delivered.unsettled_for > _AT_ONCE
    if changed != changes:
        return True
    return not changes and delivered is not None and delivered.is_settled == asked
