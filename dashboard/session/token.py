"""The token by which a browser commands the trainings that it began: random, and kept in a cookie of that browser."""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st
from streamlit.components import v2

_NAME = "gatescope_visitor"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,64}")
_YEAR = 365 * 24 * 3600
# All that it does: leave the token where there is none, and tell the one that is there. SameSite=Lax: a link from
# elsewhere finds its owner, a form from elsewhere does not.
_SCRIPT = """
export default ({ data, setStateValue }) => {
  const there = () => document.cookie.match(/(?:^|; )%(name)s=([\\w-]+)/)?.[1];
  const place = new URL(".", document.baseURI).pathname;
  const safe = location.protocol === "https:" ? "; secure" : "";
  if (!there()) document.cookie = `%(name)s=${data}; path=${place}; max-age=%(year)d; samesite=lax${safe}`;
  const known = there();
  if (known && known !== data) setTimeout(() => setStateValue("known", known));
};
"""


def token() -> str | None:
    """The one that the browser came with when it connected; None for a new browser, or one that keeps no cookies."""
    return _checked(st.context.cookies.get(_NAME))


def leave(given: str) -> str | None:
    """Leave this one with the browser. Returns another, if a second tab of the browser has left one meanwhile."""
    with st.container(key="visitor-place"):
        result = _component()(key="visitor", data=given, on_known_change=_nothing)
    return _checked(result.get("known"))


def _checked(told: Any) -> str | None:
    """Whatever a browser sends: only what could be a token is taken from it."""
    return told if isinstance(told, str) and _TOKEN.fullmatch(told) else None


@cache
def _component() -> Callable[..., Any]:
    """Registered once a process."""
    return v2.component("gatescope_visitor", js=_SCRIPT % {"name": _NAME, "year": _YEAR}, isolate_styles=False)


def _nothing() -> None:
    """Streamlit hands back only those values that have a callback."""
