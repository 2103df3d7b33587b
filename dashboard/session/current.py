"""The only file that touches Streamlit's session state and caches: what the server and each visitor keep."""

import gc
import threading
import time
from collections.abc import Mapping
from secrets import token_urlsafe

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from dashboard import ASSETS
from dashboard.run_view import viewing
from dashboard.run_view.first_run import FirstRun, open_first_run
from dashboard.run_view.unfit_choices import unfit
from dashboard.session import token as visitor
from dashboard.session.browser_tab import BrowserTab
from dashboard.session.link import PARAMETERS, from_query, to_query
from dashboard.texts import sentences
from lstm_core.engine import Engine, open_engine
from lstm_core.jobs import JobBook

_LOOK = 0.02  # seconds between looks whether something was asked for
WARM_UP_AFTER = 3.0  # seconds: workers that read torch beside the first visitor's first picture would hold it up


def tab() -> BrowserTab:
    """This session's browser tab; begun from the page's address when the session is new."""
    if "tab" not in st.session_state:
        st.session_state["tab"] = _begin()
    begun: BrowserTab = st.session_state["tab"]
    _presence(begun.id, begun)
    return begun


def be_known() -> None:
    """Leave the token with a browser that came without one, so that it commands its trainings after a reload too."""
    begun = tab()
    if visitor.token() is None:
        known = visitor.leave(begun.runs.token)
        if known is not None and known != begun.runs.token:
            begun.runs.be_known_as(known)


def offer(pages: Mapping[str, StreamlitPage]) -> None:
    """The pages there are, by name; a page itself cannot know them."""
    st.session_state["pages"] = pages


def go(page: str) -> None:
    """Turn to another page in the same browser tab: what it shows stays."""
    st.switch_page(st.session_state["pages"][page])


def wait(seconds: float) -> None:
    """So long, or until this tab asks for something: Streamlit ends the run then, where its session state is read."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and "tab" in st.session_state:
        time.sleep(_LOOK)


def write_link(shown: BrowserTab) -> None:
    """Put the state into the page's address, as the end of a page. A browser leaves alone what is there already.

    What Streamlit believes to be there may not be: a request that was under way while its page was turned tells the
    address of the page before, and the browser drops that when the new page comes.
    """
    st.query_params.from_dict(to_query(shown.state))


def write_news(shown: BrowserTab) -> None:
    """The same in the midst of a page or a live part, which tell nothing that the address says already."""
    there = {name: st.query_params.get_all(name) for name in st.query_params}
    if there != {name: [text] for name, text in to_query(shown.state).items()}:
        write_link(shown)


def _begin() -> BrowserTab:
    state, problems = from_query(st.query_params.to_dict())
    twice = [name for name in st.query_params if name in PARAMETERS and len(st.query_params.get_all(name)) > 1]
    said = (*map(sentences.given_twice, twice), *problems)
    begun = BrowserTab(token_urlsafe(8), _book(), _first_run(), state, said, visitor.token() or token_urlsafe(16))
    if state.job is not None:
        begun.change(job=None)
        begun.find_again(state.job)
    begun.find_race_again()
    begun.find_experiments_again()
    begun.pass_over(unfit(begun.state, viewing.viewed_run(begun)))
    return begun


def _leave(ended: BrowserTab) -> None:
    ended.book.leave(ended.id)


@st.cache_resource(scope="session", on_release=_leave, show_spinner=False)
def _presence(tab_id: str, _tab: BrowserTab) -> BrowserTab:
    """Released by Streamlit when the tab closes, reloads or loses its connection; made anew when it comes back."""
    _tab.come_back()
    return _tab


@st.cache_resource(show_spinner=False)
def _book() -> JobBook:
    """One for the whole server, its workers warming while the first visitor looks around."""
    engine = open_engine()
    warm_up_later(engine)
    # Modules are here to stay: the collector need not look through them again and again.
    gc.collect()
    gc.freeze()
    return JobBook(engine)


def warm_up_later(engine: Engine) -> threading.Timer:
    timer = threading.Timer(WARM_UP_AFTER, engine.warm_up)
    timer.daemon = True
    timer.start()
    return timer


@st.cache_resource(show_spinner=False)
def _first_run() -> FirstRun:
    return open_first_run(ASSETS / "first_run")
